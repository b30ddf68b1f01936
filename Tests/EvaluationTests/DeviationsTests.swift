import Evaluation
import Testing

/// Which figures count as far off from their floors.
@Suite struct DeviationsTests {
  private func figure(_ generated: Double, _ floor: Double) -> EvaluationResult.Figure {
    EvaluationResult.Figure(generated: generated, floor: floor)
  }

  private func deviations(
    precision: Double = 0.8, recall: Double = 0.6, coverage: Double = 0.8, msSsim: Double = 0.6,
    distance: Double = 20
  ) -> EvaluationResult.Deviations {
    EvaluationResult.Deviations(
      precision: figure(precision, 0.9), recall: figure(recall, 0.8),
      coverage: figure(coverage, 1), msSsim: figure(msSsim, 0.5),
      slicedWasserstein: figure(distance, 10))
  }

  @Test func aGoodRunHasNone() {
    let none = deviations()
    #expect(!none.isUnlike && !none.isCollapsed)
    // At the bounds themselves neither.
    let most = deviations(
      precision: 0.45, recall: 0.4, coverage: 0.5, msSsim: 0.75, distance: 30)
    #expect(!most.isUnlike && !most.isCollapsed)
  }

  @Test func whatIsUnlikeIsNotCollapsed() {
    let noise = deviations(precision: 0.1, recall: 0, coverage: 0.01)
    #expect(noise.isImprecise && noise.isUnlike)
    #expect(!noise.missesKinds && !noise.leavesGaps && !noise.isCollapsed)
    let distant = deviations(distance: 30.1)
    #expect(distant.isDistant && distant.isUnlike && !distant.isImprecise)
    #expect(!distant.isCollapsed)
  }

  @Test func `collapse shows in recall, coverage or similarity`() {
    #expect(deviations(recall: 0.39).missesKinds)
    #expect(deviations(coverage: 0.49).leavesGaps)
    #expect(deviations(msSsim: 0.76).isRepetitive)
    for one in [deviations(recall: 0.39), deviations(coverage: 0.49), deviations(msSsim: 0.76)] {
      #expect(one.isCollapsed && !one.isUnlike)
    }
    // One unlike image over and over is both.
    let both = deviations(precision: 0, recall: 0, coverage: 0, msSsim: 1)
    #expect(both.isUnlike && both.isCollapsed)
  }
}
