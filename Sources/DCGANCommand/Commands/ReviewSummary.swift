import Checkpoints
import Review
import Support

/// Writes the result of verdicts, as text or as JSON.
package struct ReviewSummary: Encodable, Equatable, Sendable {
  /// A share with its interval; the shares are nil where nothing was counted.
  struct Share: Encodable, Equatable, Sendable {
    let right: Int
    let count: Int
    let share: Double?
    let low: Double?
    let high: Double?

    init(_ proportion: Proportion) {
      right = proportion.successes
      count = proportion.count
      share = proportion.share
      low = proportion.interval?.lowerBound
      high = proportion.interval?.upperBound
    }

    /// Writes `61.9 % (52.2-70.6)`.
    var text: String {
      guard let share, let low, let high else { return "none" }
      let ends = [low, high].map { Formatting.fixed($0 * 100, decimals: 1) }
      return "\(Formatting.percent(share)) (\(ends[0])-\(ends[1]))"
    }
  }

  /// What one reader did, or all of them did together.
  struct Reading: Encodable, Equatable, Sendable {
    let reader: String?
    let verdicts: Int
    let unsure: Int
    let accuracy: Share
    let sensitivity: Share
    let specificity: Share

    init(_ reader: String?, _ reading: ReviewResult.Reading) {
      self.reader = reader
      (verdicts, unsure) = (reading.verdicts, reading.unsure)
      accuracy = Share(reading.accuracy)
      sensitivity = Share(reading.sensitivity)
      specificity = Share(reading.specificity)
    }
  }

  /// The agreement of two readers; κ is nil where it is not defined.
  struct Pair: Encodable, Equatable, Sendable {
    let readers: [String]
    let images: Int
    let kappa: Double?
  }

  let review: String
  let images: Int
  let synthetic: Int
  let readers: [Reading]
  let together: Reading
  /// What all did with the images of each class, under its name; nil where images have none.
  let classes: [Reading]?
  let agreement: [Pair]
  let passed: [String]
  let passedFolder: String

  /// Collects what is to be written.
  package init(_ result: ReviewResult, _ key: ReviewKey, passedPath: String) {
    review = key.review
    images = key.images.count
    synthetic = key.images(.synthetic).count
    readers = result.readings.map { Reading($0.reader, $0.reading) }
    together = Reading(nil, result.together)
    let byClass = result.byClass.map { Reading($0.name, $0.reading) }
    classes = byClass.isEmpty ? nil : byClass
    agreement = result.agreements.map {
      Pair(readers: $0.readers, images: $0.images, kappa: $0.kappa)
    }
    passed = result.passed.map(\.image.file)
    passedFolder = passedPath
  }

  /// Writes the tables, without a last line break.
  package var text: String {
    let head =
      "review \(printable(review)): \(Formatting.counted(readers.count, "reader")), "
      + "\(Formatting.counted(images, "image")), \(synthetic) of them synthetic"
    let byClass = classes.map { [table($0, "class")] } ?? []
    return ([head, readings] + byClass + agreements + [passing]).joined(separator: "\n")
  }

  private var readings: String {
    let all = readers.count == 1 ? readers : readers + [together]
    let together =
      readers.count == 1
      ? "" : "\n  all together treats several verdicts on one image as independent"
    return """
      \(table(all, "reader"))
        accuracy: right verdicts; sensitivity: synthetic images detected;
        specificity: real images accepted; shares of the verdicts that are not unsure,
        with the 95 % interval (Wilson) in brackets\(together)
      """
  }

  /// Arranges readings under one another, each beside its name.
  private func table(_ readings: [Reading], _ what: String) -> String {
    Formatting.columns(
      [what, "verdicts", "unsure", "accuracy", "sensitivity", "specificity"],
      readings.map { reading in
        [
          reading.reader ?? "all together", "\(reading.verdicts)", "\(reading.unsure)",
          reading.accuracy.text, reading.sensitivity.text, reading.specificity.text,
        ]
      }, texts: 1)
  }

  private var agreements: [String] {
    guard !agreement.isEmpty else { return [] }
    let table = Formatting.columns(
      ["agreement of", "and", "images", "kappa"],
      agreement.map { pair in
        pair.readers + [
          "\(pair.images)",
          pair.kappa.map { Formatting.fixed($0, decimals: 2) } ?? "undefined",
        ]
      }, texts: 2)
    return [table + "\n  Cohen's kappa over real, synthetic and unsure: 1 full agreement, 0 chance"]
  }

  private var passing: String {
    "\(passed.count) of \(Formatting.counted(synthetic, "synthetic image")) passed "
      + "(\(PassedSamples.rule)): \(printable(passedFolder))"
  }
}
