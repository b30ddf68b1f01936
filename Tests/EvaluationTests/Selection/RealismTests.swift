import Evaluation
import Tensor
import Testing

/// The realism of points on a line, worked out by hand.
@Suite struct RealismTests {
  private let backend = Backend(threads: 2)

  private func points(_ values: [Float]) -> Tensor {
    Tensor(values, shape: Shape(values.count, 1, 1, 1))
  }

  private func scores(_ places: [Float], real: [Float], k: Int = 1) -> [Float] {
    Realism(real: points(real), k: k, backend.pool).scores(of: points(places), backend.pool)
  }

  /// The nearest others of 0, 1, 3 and 7 are at 1, 1, 2 and 4; the median is 1, so 0 and 1 count.
  @Test func itIsTheLargestRatioOfRadiusToDistance() {
    let found = scores([0.5, 2, -1, 7, 101], real: [0, 1, 3, 7])
    #expect(found == [2, 1, 1, Float(1.0 / 36).squareRoot(), 0.01])
  }

  /// Three others of each: their third nearest are at 7, 6, 4 and 7; 3 and 1 count.
  @Test func theRadiusReachesTheKthNeighbour() {
    let found = scores([5, -3], real: [0, 1, 3, 7], k: 3)
    #expect(found == [2, Float(36.0 / 16).squareRoot()])
  }

  /// 20 lies amid images that are far from each other, whose balls are left out.
  @Test func imagesThatLieFarFromOthersMakeNothingReal() {
    let real: [Float] = [0, 1, 2, 3, 15, 26, 40]
    #expect(scores([20, 1.5], real: real) == [Float(1.0 / 289).squareRoot(), 2])
  }

  @Test func aCopyIsInfinitelyReal() {
    #expect(scores([1], real: [0, 1, 3, 7]) == [.infinity])
    // Those that are there twice have no ball, and a point that is none of them is nothing to them.
    #expect(scores([1, 2], real: [1, 1, 5, 5]) == [.infinity, 0])
  }
}
