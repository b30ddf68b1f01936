import Foundation
import Testing

/// The links of the guide and the README lead somewhere, on GitHub and in a folder alike.
@Suite struct LinkTests {
  /// The pages whose links are paths.
  private static func pages() throws -> [String] {
    try Page.all().filter { $0.hasPrefix(Page.guide) || $0 == "README.md" }
  }

  @Test(arguments: try pages())
  func everyLinkLeadsToAFileAndAHeading(_ path: String) throws {
    let folder = Page.root.appending(path: path).deletingLastPathComponent()
    for link in try Self.links(in: path) where !link.contains("://") {
      let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      let target =
        parts[0].isEmpty
        ? Page.root.appending(path: path) : folder.appending(path: String(parts[0]))
      try #require(FileManager.default.fileExists(atPath: target.path), "\(path): \(link)")
      guard parts.count == 2 else { continue }
      let text = try String(contentsOf: target, encoding: .utf8)
      #expect(Self.anchors(of: text).contains(String(parts[1])), "\(path): \(link)")
    }
  }

  @Test func `the guide's first page leads to every other`() throws {
    let links = Set(try Self.links(in: "\(Page.guide)/DCGANCommand.md"))
    for path in try Page.all() where path.hasPrefix(Page.guide) {
      let name = (path as NSString).lastPathComponent
      #expect(links.contains(name) || name == "DCGANCommand.md", "\(name) is not listed")
    }
  }

  @Test func picturesAreSmallAndShown() throws {
    let resources = "\(Page.guide)/Resources"
    let shown = Set(
      try Self.pages().flatMap { try Self.links(in: $0) }.map { ($0 as NSString).lastPathComponent }
    )
    let pictures = try FileManager.default.contentsOfDirectory(
      atPath: Page.root.appending(path: resources).path
    ).filter { $0.hasSuffix(".png") || $0.hasSuffix(".svg") }
    #expect(pictures.count == 5)
    for picture in pictures {
      let data = try Data(contentsOf: Page.root.appending(path: "\(resources)/\(picture)"))
      #expect(data.count < 300_000, "\(picture)")
      #expect(shown.contains(picture), "no page shows \(picture)")
    }
  }

  /// Whoever opens the README finds what the program is without scrolling far.
  @Test func theReadmeIsShort() throws {
    #expect(try Page("README.md").text.split(separator: "\n").count < 130)
  }

  /// Returns where the links of a page lead, outside of code.
  private static func links(in path: String) throws -> [String] {
    let lines = try Page(path).text.split(separator: "\n").filter { !$0.hasPrefix("    ") }
    return lines.joined(separator: "\n").matches(of: /\]\(([^)\s]+)\)/).map { String($0.output.1) }
  }

  /// Returns the anchors that GitHub gives to the headings of a page.
  private static func anchors(of text: String) -> Set<String> {
    Set(
      text.split(separator: "\n").filter { $0.hasPrefix("#") }.map { line in
        line.drop { $0 == "#" || $0 == " " }.lowercased().replacing(" ", with: "-")
          .filter { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
      })
  }
}
