import CommandTestSupport
import DCGANCommand
import Foundation
import Support
import TestSupport
import Testing

/// The guide's page of commands is what the option tables say.
@Suite struct CommandsPageTests {
  private static let page =
    Fixtures.folder.deletingLastPathComponent()
    .appending(path: "Sources/DCGANCommand/DCGANCommand.docc/Commands.md")

  private func printed() -> String {
    let recording = RecordingConsole()
    #expect(Program.dcgan.run(["manual", "--markdown"], console: recording.console) == .done)
    #expect(recording.error.isEmpty)
    return recording.output
  }

  @Test func theGuidesPageIsCurrent() throws {
    let page = try String(contentsOf: Self.page, encoding: .utf8)
    #expect(
      page == printed(),
      "write it again: dcgan manual --markdown > Sources/DCGANCommand/DCGANCommand.docc/Commands.md"
    )
  }

  @Test func `every option has a row in its command's section`() throws {
    let sections = printed().components(separatedBy: "\n## ")
    for command in Program.dcgan.commands.map(\.specification) {
      let section = try #require(sections.first { $0.hasPrefix("dcgan \(command.name)\n") })
      for option in command.options {
        #expect(section.contains("\n| `\(option.synopsis)` | "), "\(command.name) \(option.name)")
      }
    }
  }

  @Test(arguments: OptionHeading.commands)
  func optionsStandUnderTheirHeadings(_ command: String, _ headings: [OptionHeading]) throws {
    let sections = printed().components(separatedBy: "\n## ")
    let section = try #require(sections.first { $0.hasPrefix("dcgan \(command)\n") })
    let found = section.components(separatedBy: "\n### ").dropFirst().map { part in
      let lines = part.split(separator: "\n").map(String.init)
      let rows = lines.filter { $0.hasPrefix("| `--") }
      return OptionHeading(
        lines[0], rows.map { String($0.dropFirst(5).prefix { !" `".contains($0) }) })
    }
    #expect(found == headings)
  }

  @Test func `characters with a meaning in Markdown are escaped`() {
    let page = printed()
    #expect(page.contains(#"Its \_\_metadata\_\_ has nz, ngf or ndf"#))
    #expect(page.contains(#"tensor 'latents' \[N, nz\]"#))
  }
}
