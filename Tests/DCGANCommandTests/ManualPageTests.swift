import CommandTestSupport
import DCGANCommand
import Foundation
import Support
import TestSupport
import Testing

@Suite struct ManualPageTests {
  private static let commands = Program.dcgan.commands.map(\.specification)

  private func page() throws -> String {
    let recording = RecordingConsole()
    #expect(Program.dcgan.run(["manual"], console: recording.console) == .done)
    #expect(recording.error.isEmpty)
    return recording.output
  }

  @Test func everyCommandAndOptionHasItsParagraph() throws {
    let page = try page()
    for command in Self.commands {
      let name = ".SS dcgan \(command.name)"
      let start = try #require(page.range(of: "\n\(name)"))
      let rest = page[start.upperBound...]
      let section = rest.prefix(upTo: rest.range(of: "\n.S")?.lowerBound ?? rest.endIndex)
      for option in command.options {
        let label = option.synopsis.replacing("-", with: #"\-"#)
        #expect(section.contains("\n.TP\n.B \(label)\n"), "\(command.name) \(option.spelling)")
      }
      for example in command.examples {
        #expect(
          section.contains(example.line.replacing("-", with: #"\-"#).replacing("~", with: #"\(ti"#))
        )
      }
    }
  }

  @Test(arguments: OptionHeading.commands)
  func optionsStandUnderTheirHeadings(_ command: String, _ headings: [OptionHeading]) throws {
    let sections = try page().components(separatedBy: "\n.SS ")
    let section = try #require(sections.first { $0.hasPrefix("dcgan \(command) ") })
    let parts = section.components(separatedBy: "\n.PP\n.B ").dropFirst()
    let found = parts.map { part in
      let lines = part.replacing(#"\-"#, with: "-").split(separator: "\n").map(String.init)
      let labels = lines.filter { $0.hasPrefix(".B --") }
      return OptionHeading(lines[0], labels.map { String($0.dropFirst(5).prefix { $0 != " " }) })
    }
    #expect(found == headings)
  }

  @Test func rangesAndDefaultsAreStated() throws {
    let words = try page().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(
      words.contains(
        #".B \-\-epochs N Passes over the images. Expects a whole number from 1 to 1000000. "#
          + "Default: 100."))
    #expect(words.contains(".SH EXIT STATUS"))
    #expect(words.contains(".B DCGAN_VARIANT"))
    #expect(words.contains(".B 130 interrupted by Ctrl"))
  }

  @Test func nothingIsTakenForARequest() throws {
    for line in try page().split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      #expect(!line.isEmpty)
      #expect(!line.hasPrefix("'"))
      let request = line.prefix { $0 != " " }
      let known = [#".\""#, ".TH", ".SH", ".SS", ".TP", ".PP", ".B", ".br"]
      if line.hasPrefix(".") { #expect(known.contains(String(request)), "\(line)") }
      #expect(line.allSatisfy { $0.isASCII }, "\(line)")
    }
  }

  /// Programs that check a manual page, with the arguments that make them tell of everything.
  private static let checkers = [
    "mandoc -T lint -W style", "groff -man -Tascii -ww -z", "man --warnings -E UTF-8 -l",
  ]

  private static func isInstalled(_ line: String) -> Bool {
    FileManager.default.isExecutableFile(atPath: "/usr/bin/\(line.prefix { $0 != " " })")
  }

  @Test(.slow, arguments: checkers.filter(isInstalled))
  func checkersFindNothing(_ checker: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(try page(), to: "dcgan.1")
    let outcome = try Executable.Running(
      [folder.file("dcgan.1")], script: "\(checker) \"$1\" > \"$1.text\"; cat \"$1.text\""
    ).outcome()
    #expect(outcome.error == "")
    // The page itself has hundreds of lines, a list of complaints would not have its headings.
    if !checker.hasPrefix("man ") { #expect(outcome.output == "") }
  }
}
