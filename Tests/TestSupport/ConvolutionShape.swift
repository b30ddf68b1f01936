import Foundation
import Tensor
import Testing

/// One line of `Fixtures/shapes/dcgan.txt`.
public struct ConvolutionShape: Sendable, CustomTestStringConvertible {
  /// The name, for messages.
  public let name: String
  /// Who goes through the line: `test`, `speed` or `both`.
  public let use: String
  /// The large map.
  public let large: Shape
  /// The filter.
  public let filter: Shape
  /// The window.
  public let geometry: ConvolutionGeometry

  /// The name and the shapes.
  public var testDescription: String { "\(name) \(large) \(filter)" }

  /// The small map's shape.
  public var small: Shape { geometry.smallShape(large: large, filter: filter) }

  /// The lines that the tests go through.
  public static let tested: [ConvolutionShape] = all.filter { $0.use != "speed" }

  private static let all: [ConvolutionShape] = {
    let path = Fixtures.path("shapes/dcgan.txt")
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return [] }
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap(parse)
  }()

  private static func parse(_ line: Substring) -> ConvolutionShape? {
    let words = line.split(separator: " ")
    let n = words.dropFirst(2).compactMap { Int($0) }
    guard words.count == 9, n.count == 7 else { return nil }
    return ConvolutionShape(
      name: String(words[1]), use: String(words[0]), large: Shape(n[0], n[1], n[1], n[2]),
      filter: Shape(n[4], n[4], n[2], n[3]),
      geometry: ConvolutionGeometry(kernelSize: n[4], stride: n[5], padding: n[6]))
  }
}
