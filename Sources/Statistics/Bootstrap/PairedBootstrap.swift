import Support
import Tensor

/// Test sets drawn again from one test set, the same for all classifiers that are compared on it.
///
/// Groups of cases, such as the images of a patient, are drawn with replacement and never split, for
/// cases of a group are no independent evidence (B. Efron, R. Tibshirani, "An Introduction to the
/// Bootstrap", 1993, §8 and §13.3). They are drawn in strata: a group changes places only with groups
/// that hold cases of the same classes, so every draw holds every class, and where each patient has
/// one class the number of patients in each class stays what it is.
///
/// A group that is alone in its stratum is in every draw once.
public struct PairedBootstrap: Sendable {
  /// What decides the draws.
  struct Plan: Sendable, Equatable {
    let groups: [Int]
    let classes: [Int]
    let replicates: Int
    let confidence: Double
    let random: RandomStream
  }

  let plan: Plan
  /// How often each draw holds each case, [draw, case].
  private let weights: [Int32]

  /// Draws test sets.
  ///
  /// - Parameters:
  ///   - groups: The group of each case; any numbers, equal ones for cases that belong together.
  ///   - classes: The class of each case.
  ///   - replicates: The number of draws.
  ///   - confidence: That of all intervals.
  ///   - random: What is drawn from: equal streams give equal draws.
  /// - Precondition: There is at least one case and a class for each, `replicates` > 0, and
  ///   0 < `confidence` < 1.
  public init(
    groups: [Int], classes: [Int], replicates: Int = 2_000, confidence: Double = 0.95,
    random: RandomStream
  ) {
    require(!groups.isEmpty, "a bootstrap of no cases")
    require(
      groups.count == classes.count, "groups of \(groups.count) cases, classes of \(classes.count)")
    require(replicates > 0, "\(replicates) draws")
    require(confidence > 0 && confidence < 1, "a confidence of \(confidence)")
    plan = Plan(
      groups: groups, classes: classes, replicates: replicates, confidence: confidence,
      random: random)
    weights = Self.weights(plan)
  }

  /// Computes a statistic of every draw, given as the list of its cases, with repetitions, in rising
  /// order.
  ///
  /// - Precondition: The statistic is finite for every draw.
  public func resample(_ statistic: ([Int]) -> Double) -> ResampledStatistic {
    var list: [Int] = []
    return resample { (weights: UnsafeBufferPointer<Int32>) in
      list.removeAll(keepingCapacity: true)
      for (number, weight) in weights.enumerated() {
        for _ in 0..<weight { list.append(number) }
      }
      return statistic(list)
    }
  }

  /// Computes of every draw the area under the ROC curve, as the mean over runs of one classifier
  /// with several seeds.
  ///
  /// - Precondition: There is at least one run, and each has scores of all cases.
  /// - Complexity: O(runs · draws · cases): nothing is sorted again.
  public func resampleAUROC(_ runs: [BinaryOutcomes]) -> ResampledStatistic {
    require(!runs.isEmpty, "the mean area of no runs")
    for run in runs { requireCases(run.scores.count) }
    return resample { (weights: UnsafeBufferPointer<Int32>) in
      runs.reduce(0) { $0 + $1.ranking.weightedAUROC(weights) } / Double(runs.count)
    }
  }

  /// Computes of every draw the mean area under the ROC curves of each class against the others, as
  /// the mean over runs of one classifier with several seeds.
  ///
  /// - Precondition: There is at least one run, and each has probabilities of all cases.
  /// - Complexity: O(runs · classes · draws · cases): nothing is sorted again.
  public func resampleAUROC(_ runs: [MulticlassOutcomes]) -> ResampledStatistic {
    require(!runs.isEmpty, "the mean area of no runs")
    for run in runs { requireCases(run.labels.count) }
    return resample { (weights: UnsafeBufferPointer<Int32>) in
      runs.reduce(0) { $0 + $1.weightedAUROC(weights) } / Double(runs.count)
    }
  }

  /// Returns how often draw `number` holds each case.
  package func weights(ofDraw number: Int) -> [Int32] {
    let cases = plan.groups.count
    return Array(weights[number * cases..<(number + 1) * cases])
  }

  /// Computes a statistic of weighted cases: of the test set itself, and of every draw.
  private func resample(_ statistic: (UnsafeBufferPointer<Int32>) -> Double) -> ResampledStatistic {
    let cases = plan.groups.count
    let once = [Int32](repeating: 1, count: cases)
    return ResampledStatistic(
      estimate: once.withUnsafeBufferPointer(statistic),
      draws: weights.withUnsafeBufferPointer { weights in
        (0..<plan.replicates).map { number in
          statistic(.init(rebasing: weights[number * cases..<(number + 1) * cases]))
        }
      }, plan: plan)
  }

  private func requireCases(_ count: Int) {
    require(
      count == plan.groups.count, "scores of \(count) cases, drawn from \(plan.groups.count)")
  }
}
