import Tensor
import Testing

@Suite struct ReferencePointTests {
  /// Small cases of every sort: each has all its elements compared.
  static let cases = ConvolutionCase.tested.filter { $0.directOperations < 4e6 }

  @Test func thereAreCasesOfEverySort() {
    #expect(Self.cases.count >= 10)
    #expect(Set(Self.cases.map(\.geometry)).count >= 6)
  }

  /// The naive reference adds the same products in other orders: equal but for Double's rounding.
  @Test(arguments: cases)
  func pointsAreTheElementsOfTheWholeReference(_ shape: ConvolutionCase) {
    let large = Tensor.random(shape.large, seed: 1)
    let small = Tensor.random(shape.small, seed: 2)
    let filter = Tensor.random(shape.filter, seed: 3)
    let (x, y, w) = (ReferenceTensor(large), ReferenceTensor(small), ReferenceTensor(filter))
    let geometry = shape.geometry
    expectEqual(
      Reference.convolve(x, w, geometry),
      Reference.convolve(x.magnitudes, w.magnitudes, geometry)
    ) { Reference.convolvePoint(large, filter, geometry, at: $0) }
    expectEqual(
      Reference.convolveTransposed(y, w, geometry),
      Reference.convolveTransposed(y.magnitudes, w.magnitudes, geometry)
    ) { Reference.convolveTransposedPoint(small, filter, geometry, at: $0) }
    expectEqual(
      Reference.filterGradient(large: x, small: y, geometry),
      Reference.filterGradient(large: x.magnitudes, small: y.magnitudes, geometry)
    ) { Reference.filterGradientPoint(large: large, small: small, geometry, at: $0) }
  }

  private func expectEqual(
    _ values: ReferenceTensor, _ magnitudes: ReferenceTensor, _ point: (Int) -> ReferencePoint,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let isEqual = values.values.indices.allSatisfy { index in
      let found = point(index)
      let bound = 1e-12 * magnitudes.values[index]
      return abs(found.value - values.values[index]) <= bound
        && abs(found.magnitude - magnitudes.values[index]) <= bound
    }
    #expect(isEqual, sourceLocation: sourceLocation)
  }
}
