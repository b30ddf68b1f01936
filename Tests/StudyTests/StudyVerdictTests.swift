import Foundation
import Study
import Testing

/// What a study says of figures that are made up.
@Suite struct StudyVerdictTests {
  private func row(_ arm: StudyArm, _ seed: Int, _ auroc: Double, ratio: Double = 0) throws
    -> StudyRow
  {
    let text = """
      {"arm": "\(arm.rawValue)", "share": 1, "ratio": \(ratio), "seed": \(seed), "auroc": \(auroc),
      "aurocLow": 0, "aurocHigh": 1, "auprc": 0, "balancedAccuracy": 0, "sensitivity": 0,
      "specificity": 0, "brier": 0, "threshold": 0, "images": 1, "syntheticImages": 0,
      "mayHaveSeenMore": false}
      """
    return try JSONDecoder().decode(StudyRow.self, from: Data(text.utf8))
  }

  private func comparison(
    _ control: StudyArm, _ difference: Double, pHolm: Double, arm: StudyArm = .synthetic
  ) throws -> StudyComparison {
    let text = """
      {"share": 1, "arm": "\(arm.rawValue)", "ratio": 1, "control": "\(control.rawValue)",
      "difference": \(difference), "low": -1, "high": 1, "p": 0.01, "pHolm": \(pHolm)}
      """
    return try JSONDecoder().decode(StudyComparison.self, from: Data(text.utf8))
  }

  private func text(
    real: [Double] = [0.8, 0.8, 0.8], synthetic: [Double], patients: Int = 20,
    _ comparisons: [StudyComparison]
  ) throws -> String {
    let rows =
      try real.enumerated().flatMap { seed, auroc in
        [try row(.real, seed, auroc), try row(.repeated, seed, auroc, ratio: 1)]
      }
      + synthetic.enumerated().map { try row(.synthetic, $0, $1, ratio: 1) }
    return StudyVerdict.text(
      share: 1, images: 100, leastTestPatients: patients, rows: rows, comparisons: comparisons)
  }

  private func both(_ difference: Double, pHolm: Double) throws -> [StudyComparison] {
    [
      try comparison(.real, difference, pHolm: pHolm),
      try comparison(.repeated, difference, pHolm: pHolm),
    ]
  }

  @Test func anArmHelpsThatIsBetterThanBothControlsInEveryTraining() throws {
    let verdict = try text(synthetic: [0.9, 0.9, 0.9], both(0.1, pHolm: 0.01))
    #expect(
      verdict.hasPrefix("With 100 real images (share 1), synthetic images helped: synthetic 1:1"))
    #expect(verdict.contains("AUROC 0.900 instead of 0.800"))
  }

  @Test func theControlOfEqualSizeIsNeededForHelp() throws {
    let verdict = try text(
      synthetic: [0.9, 0.9, 0.9], [comparison(.real, 0.1, pHolm: 0.01)])
    #expect(verdict.contains("stays open"))
  }

  @Test func anArmDoesHarmThatIsWorseThanItsOwnControl() throws {
    let verdict = try text(
      synthetic: [0.7, 0.7, 0.7],
      [comparison(.real, -0.1, pHolm: 0.01), comparison(.repeated, -0.1, pHolm: 0.2)])
    #expect(verdict.contains("synthetic images did harm: synthetic 1:1"))
  }

  @Test func oneTrainingOnTheOtherSideLeavesItOpen() throws {
    let verdict = try text(synthetic: [0.95, 0.95, 0.79], both(0.1, pHolm: 0.01))
    #expect(verdict.contains("no difference was shown"))
  }

  @Test func aDifferenceThatChanceExplainsLeavesItOpen() throws {
    let verdict = try text(synthetic: [0.9, 0.9, 0.9], both(0.1, pHolm: 0.06))
    #expect(verdict.contains("no difference was shown"))
  }

  @Test func twoTrainingsOrFewPatientsShowNothing() throws {
    let twice = try text(
      real: [0.8, 0.8], synthetic: [0.9, 0.9], both(0.1, pHolm: 0.01))
    #expect(twice.contains("2 trainings of each classifier cannot tell a difference from chance"))
    let few = try text(synthetic: [0.9, 0.9, 0.9], patients: 9, both(0.1, pHolm: 0.01))
    #expect(few.contains("the test has 9 patients of a class"))
  }

  @Test func anArmWithoutItsControlIsNotJudged() throws {
    let verdict = try text(
      synthetic: [0.9, 0.9, 0.9], [comparison(.real, 0.1, pHolm: 0.01, arm: .both)])
    #expect(verdict.contains("no synthetic images were compared with the control that lacks them"))
  }
}
