import Files
import Foundation

/// The figures of an evaluation that a card shows, without anything that names a file.
public struct EvaluationSummary: Sendable, Equatable {
  /// A figure and its floor.
  struct Figure: Decodable, Sendable, Equatable {
    let generated: Double
    let floor: Double
  }

  /// The figures in a file of `dcgan evaluate`.
  private struct Content: Decodable {
    struct Figures: Decodable {
      let size: Int
      let compared: Int
      let slicedWassersteinMean: Figure
      let precision: Figure
      let recall: Figure
      let density: Figure
      let coverage: Figure
      let msSsim: Figure
      let copying: Figure
    }
    let findings: [String]
    let figures: Figures
  }

  private let figures: [(name: String, better: String, figure: Figure)]
  private let findings: [String]
  private let compared: Int
  private let size: Int

  /// More than such a file takes.
  private static let maximumBytes = 20_000_000

  /// Reads a file that `dcgan evaluate --out` wrote; throws `FileError`, and `TableError` where it is
  /// none.
  public init(contentsOf path: String) throws {
    let bytes = try FileReader(path: path).readAll(atMost: Self.maximumBytes)
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    guard let content = try? decoder.decode(Content.self, from: Data(bytes)) else {
      throw TableError(
        path: path, expected: "the figures that dcgan evaluate writes with its option for a file",
        found: "something else")
    }
    let found = content.figures
    figures = [
      ("sliced Wasserstein distance", "lower", found.slicedWassersteinMean),
      ("precision", "higher", found.precision), ("recall", "higher", found.recall),
      ("density", "higher", found.density), ("coverage", "higher", found.coverage),
      ("MS-SSIM of pairs", "near the floor", found.msSsim),
      ("copying z", "near 0; below -3: copies", found.copying),
    ]
    (findings, compared, size) = (content.findings, found.compared, found.size)
  }

  /// The figures as a table, and what they say.
  var text: String {
    let rows = figures.map { name, better, figure in
      "| \(name) | \(better) | \(Self.fixed(figure.generated)) | \(Self.fixed(figure.floor)) |"
    }
    let findings =
      findings.isEmpty
      ? "The figures show neither copies nor a collapse."
      : "The figures speak against the images: \(findings.joined(separator: ", "))."
    return """
      Measured by `dcgan evaluate` on \(compared) generated images of \(size) pixels. Each figure stands \
      beside its floor, that of real images against other real ones.

      | figure | better | generated | floor |
      | --- | --- | --- | --- |
      \(rows.joined(separator: "\n"))

      \(findings)
      """
  }

  private static func fixed(_ number: Double) -> String { String(format: "%.4f", number) }

  /// Compares the texts, which say all there is.
  public static func == (a: EvaluationSummary, b: EvaluationSummary) -> Bool { a.text == b.text }
}
