import Samples
import Support

/// What to say of a threshold that few candidates pass, and what to do where too few are found.
struct SampleAdvice {
  /// The settings.
  let options: SampleOptions
  /// The latents; a file's may end before enough samples are found.
  let latents: LatentSource
  /// Whether the checkpoint has calibrated scores to go by instead.
  let hasCalibration: Bool

  /// The share of candidates below which those that pass are the discriminator's oversights.
  private static let leastShare = 0.1

  /// Explains what it means that few candidates pass a threshold; nil where at least one in ten does,
  /// where none was found, and where there is no threshold.
  func meaning(kept: Int, tried: Int) -> String? {
    guard hasThreshold, kept > 0, Double(kept) < Self.leastShare * Double(tried) else {
      return nil
    }
    let gap = Int((Double(tried) / Double(kept)).rounded())
    return
      "one candidate in \(Formatting.grouped(gap)) passes: these are not the best images but those "
      + "that the discriminator has not learned to see through; consider "
      + alternatives(["no threshold"] + others)
  }

  /// Says how to get as many samples as were asked for.
  func forShortfall(tried: Int) -> String {
    let alternatives = alternatives(others)
    let remedies = "lower \(threshold) or leave it out, "
    guard let given = latents.count, tried >= given else {
      if !hasThreshold && options.selection != nil {
        return "too few candidates were tried for the share; raise --max-tries, or lower --count"
      }
      return remedies + "raise --max-tries, use \(alternatives), or train longer"
    }
    let used = "all \(given) vectors of \(options.latents ?? "the file") are used"
    return hasThreshold
      ? "\(used): \(remedies)give more vectors, use \(alternatives), or train longer"
      : "\(used): give more, or lower --count"
  }

  private var hasThreshold: Bool { max(options.minimumReal, options.minimumCalibrated) > 0 }

  /// Ways to better images other than a threshold that few pass.
  private var others: [String] {
    let isCalibratedFree = hasCalibration && options.minimumCalibrated <= 0
    // Networks of files do not know the images that a selection compares with.
    let isSelectionFree = options.selection == nil && options.generator == nil
    return ["another epoch (--epoch)"]
      + (isCalibratedFree ? ["the calibrated score (--min-real-calibrated)"] : [])
      + (isSelectionFree ? ["--select realism"] : [])
  }

  /// The options that keep candidates back.
  private var threshold: String {
    switch (options.minimumReal > 0, options.minimumCalibrated > 0) {
    case (true, true): "--min-real or --min-real-calibrated"
    case (false, true): "--min-real-calibrated"
    default: "--min-real"
    }
  }
}
