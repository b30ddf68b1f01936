import Foundation
import Tensor
import Testing

extension ConvolutionCase: CustomTestStringConvertible {
  /// The name and the shapes.
  package var testDescription: String { description }

  /// The lines of `Fixtures/shapes/dcgan.txt` that the tests go through; none where it cannot be
  /// read.
  package static let tested: [ConvolutionCase] = {
    let path = Fixtures.path("shapes/dcgan.txt")
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return [] }
    return (try? parse(text, file: path, uses: [.test, .both])) ?? []
  }()
}
