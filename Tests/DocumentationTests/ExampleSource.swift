import Foundation

/// The sources of the examples, in which what the pages show stands between `// page` and `// end`.
enum ExampleSource {
  /// Returns the marked regions of every file, without the indentation of their marks.
  static func regions() throws -> Set<String> {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Examples")
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    return Set(
      try files.flatMap { try regions(of: String(contentsOf: $0, encoding: .utf8)) })
  }

  private static func regions(of source: String) -> [String] {
    var regions: [String] = []
    var open: (indentation: Int, lines: [Substring])?
    for line in source.split(separator: "\n", omittingEmptySubsequences: false) {
      let words = line.drop { $0 == " " }
      if words == "// page" {
        open = (line.count - words.count, [])
      } else if words == "// end", let region = open {
        let text = region.lines.joined(separator: "\n")
        regions.append(text.trimmingCharacters(in: .newlines))
        open = nil
      } else {
        let indentation = open?.indentation ?? 0
        open?.lines.append(line.dropFirst(indentation))
      }
    }
    return regions
  }
}
