import Evaluation
import Tensor
import Testing

@Suite struct MissingImagesTests {
  private let backend = Backend(threads: 2)

  private func points(_ values: [Float]) -> Tensor {
    Tensor(values, shape: Shape(values.count, 1, 1, 1))
  }

  /// The nearest others of 0, 1, 3, 7 and 20 are at 1, 1, 2, 4 and 13, the nearest generated ones at 10,
  /// 9, 7, 3 and 10. So 20, the furthest from any other, is not the first.
  @Test func theOrderGoesByTheDistanceInRadii() {
    let found = MissingImages(
      real: points([0, 1, 3, 7, 20]), generated: points([10, 30]), count: 4, k: 1, backend.pool)
    #expect(
      found.images == [
        .init(row: 0, distance: 10, radii: 10), .init(row: 1, distance: 9, radii: 9),
        .init(row: 2, distance: 7, radii: 3.5), .init(row: 4, distance: 10, radii: 10 / 13),
      ])
  }

  @Test func imagesThatAreThereTwiceHaveNoRadius() {
    let found = MissingImages(
      real: points([0, 0, 3, 7]), generated: points([10]), count: 9, k: 1, backend.pool)
    #expect(found.images.map(\.row) == [2, 3])
  }
}
