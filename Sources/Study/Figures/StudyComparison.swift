import DCGAN
import Statistics

/// How an arm compares with a control at one share: the difference of their areas under the ROC curve,
/// each the mean over the trainings.
public struct StudyComparison: Codable, Equatable, Sendable {
  /// The share of the real training images.
  public let share: Double
  /// The arm.
  public let arm: StudyArm
  /// Its ratio.
  public let ratio: Double
  /// The control.
  public let control: StudyArm
  /// The arm's area less the control's.
  public let difference: Double
  /// The 95 % interval, by a bootstrap over patients.
  public let low: Double
  /// The upper bound.
  public let high: Double
  /// The two-sided p-value.
  public let p: Double
  /// The same, corrected after Holm for the arms that are compared with the control at the share.
  public let pHolm: Double

  /// The level below which a corrected p-value shows a difference.
  public static let level = 0.05

  /// The arm and the ratio.
  public var mixture: StudyMixture { StudyMixture(arm: arm, ratio: ratio) }
  /// Whether the arm is shown to be better.
  public var isBetter: Bool { pHolm < Self.level && difference > 0 }
  /// Whether the arm is shown to be worse.
  public var isWorse: Bool { pHolm < Self.level && difference < 0 }
}

/// Compares the arms of a share.
struct StudyComparing {
  let data: StudyData
  let seed: UInt64

  private static let replicates = 2000

  /// Returns the comparisons of every arm with every control that was trained at a share, a control with
  /// those before it alone.
  ///
  /// - Parameter cells: what the trainings of the share predicted, by arm and ratio.
  func comparisons(
    share: Double, _ cells: [(mixture: StudyMixture, records: [CellRecord])]
  ) -> [StudyComparison] {
    let bootstrap = PairedBootstrap(
      groups: data.test.patients, classes: data.test.labels, replicates: Self.replicates,
      random: RandomUse.studyBootstrap.stream(seed: seed))
    let figures = cells.map { (mixture: $0.mixture, areas: areas($0.records, bootstrap)) }
    return StudyArm.controls.flatMap { control -> [StudyComparison] in
      guard let base = figures.first(where: { $0.mixture.arm == control }) else { return [] }
      // Two controls are compared once: the later with the earlier.
      let earlier = StudyArm.controls.prefix { $0 != control } + [control]
      let others = figures.filter { !earlier.contains($0.mixture.arm) }
      let differences = others.map { $0.areas.difference(from: base.areas) }
      let corrected = holmAdjusted(differences.map(\.pValue))
      return others.indices.map { index in
        let interval = differences[index].interval
        return StudyComparison(
          share: share, arm: others[index].mixture.arm, ratio: others[index].mixture.ratio,
          control: control, difference: interval.estimate, low: interval.lower,
          high: interval.upper, p: differences[index].pValue, pHolm: corrected[index])
      }
    }
  }

  private func areas(_ records: [CellRecord], _ bootstrap: PairedBootstrap) -> ResampledStatistic {
    data.classes.count == 2
      ? bootstrap.resampleAUROC(records.map { $0.binary($0.test, data.test.labels) })
      : bootstrap.resampleAUROC(
        records.map { $0.multiclass($0.test, data.test.labels, data.classes.count) })
  }
}
