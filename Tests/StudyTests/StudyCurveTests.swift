import Statistics
import Study
import Testing

@Suite struct StudyCurveTests {
  private func curve(_ scores: [Double], _ isPositive: [Bool]) -> StudyCurve {
    StudyCurve(
      share: 1, mixture: StudyMixture(arm: .real, ratio: 0),
      outcomes: BinaryOutcomes(scores: scores, isPositive: isPositive))
  }

  @Test func onlyCornersAreKept() {
    // Two positive images, two negative ones, then one of each.
    let curve = curve(
      [0.9, 0.8, 0.7, 0.6, 0.5, 0.4], [true, true, false, false, true, false])
    let points = curve.points.map { [$0.falsePositiveRate * 3, $0.truePositiveRate * 3] }
    #expect(points == [[0, 0], [0, 2], [2, 2], [2, 3], [3, 3]])
  }

  @Test func equalScoresMakeASlope() {
    let curve = curve([0.5, 0.5, 0.5, 0.1], [true, false, false, true])
    #expect(curve.points.map(\.falsePositiveRate) == [0, 1, 1])
    #expect(curve.points.map(\.truePositiveRate) == [0, 0.5, 1])
  }

  @Test func sensitivitiesAreTheGreatestOfAtLeastTheSpecificity() {
    // Ten negative images, and a positive one above each: after k of each, both rates are k / 10.
    let scores = (0..<20).map { 1 - Double($0) / 32 }
    let curve = curve(scores, (0..<20).map { $0.isMultiple(of: 2) })
    #expect(StudyCurve.specificities == [0.5, 0.7, 0.8, 0.9, 0.95])
    // One positive image more than there are false alarms.
    #expect(curve.sensitivities == [0.6, 0.4, 0.3, 0.2, 0.1])
  }

  @Test func aLongCurveHas80PointsFromEndToEnd() {
    let scores = (0..<1000).map { -Double($0) }
    let curve = curve(scores, (0..<1000).map { $0.isMultiple(of: 2) })
    #expect(curve.points.count == 80)
    #expect(curve.points.first.map { [$0.falsePositiveRate, $0.truePositiveRate] } == [0, 0])
    #expect(curve.points.last.map { [$0.falsePositiveRate, $0.truePositiveRate] } == [1, 1])
    #expect(
      zip(curve.points, curve.points.dropFirst()).allSatisfy {
        $0.falsePositiveRate <= $1.falsePositiveRate && $0.truePositiveRate <= $1.truePositiveRate
      })
  }
}
