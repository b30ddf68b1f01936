import Foundation
import TestSupport

/// A page in Markdown, and the blocks of code that stand in it between fences.
struct Page: Sendable {
  /// The text.
  let text: String
  private let blocks: [(language: String, text: String)]

  /// The package's folder.
  static let root = Fixtures.folder.deletingLastPathComponent()

  /// The folder of the guide's pages, below the package's.
  static let guide = "Sources/DCGANCommand/DCGANCommand.docc"

  /// The folders of the modules' pages, below the package's.
  static let catalogs = [
    "Support", "Files", "Tensor", "DCGAN", "DataSets", "Phantoms", "Checkpoints", "Training",
    "Samples",
    "Evaluation", "Review", "Reporting", "Statistics", "Study",
  ].map { "Sources/\($0)/\($0).docc" }

  /// Reads the page at a path below the package's folder.
  init(_ path: String) throws {
    text = try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
    var blocks: [(language: String, text: String)] = []
    var open: (language: String, lines: [Substring])?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if let block = open {
        if line == "```" {
          blocks.append((block.language, block.lines.joined(separator: "\n")))
          open = nil
        } else {
          open?.lines.append(line)
        }
      } else if line.hasPrefix("```") {
        open = (String(line.dropFirst(3)), [])
      }
    }
    self.blocks = blocks
  }

  /// Returns the blocks of a language, in order.
  func blocks(_ language: String) -> [String] {
    blocks.filter { $0.language == language }.map(\.text)
  }

  /// Returns the paths of all pages of the modules and of the guide, and of the README.
  static func all() throws -> [String] {
    try (catalogs + [guide]).flatMap { catalog in
      try FileManager.default.contentsOfDirectory(atPath: root.appending(path: catalog).path)
        .filter { $0.hasSuffix(".md") }.sorted().map { "\(catalog)/\($0)" }
    } + ["README.md"]
  }
}
