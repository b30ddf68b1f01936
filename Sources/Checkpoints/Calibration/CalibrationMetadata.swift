import DCGAN

/// How a calibration stands among a checkpoint's strings: all keys or none, but for the two of the
/// reliability, which files of older versions lack.
extension ScoreCalibration {
  private static let slopeKey = "calibration.slope"
  private static let interceptKey = "calibration.intercept"
  private static let realKey = "calibration.real_images"
  private static let fakesKey = "calibration.fakes"
  private static let sourceKey = "calibration.source"
  private static let beforeKey = "calibration.brier_score_before"
  private static let brierKey = "calibration.brier_score"
  private static let reliabilityBeforeKey = "calibration.reliability_before"
  private static let reliabilityKey = "calibration.reliability"
  private static let heldOut = "held out"
  private static let trainedOn = "trained on"

  /// Prints the strings.
  var strings: [String: String] {
    var strings = [
      Self.slopeKey: "\(slope)", Self.interceptKey: "\(intercept)",
      Self.realKey: "\(realImages)", Self.fakesKey: "\(fakes)",
      Self.sourceKey: isHeldOut ? Self.heldOut : Self.trainedOn,
      Self.beforeKey: "\(brierScoreBefore)", Self.brierKey: "\(brierScore)",
    ]
    strings[Self.reliabilityBeforeKey] = reliability?.before.string
    strings[Self.reliabilityKey] = reliability?.after.string
    return strings
  }

  /// Takes the strings from the others; nil where there is none of them.
  ///
  /// Throws `CheckpointProblems` where one of them is missing or not what it should be.
  init?(parsing reader: inout MetadataReader) throws(CheckpointProblems) {
    guard
      let slope = try reader.optionalNumber(
        Self.slopeKey, "a finite number", where: { $0.isFinite })
    else { return nil }
    func number(_ key: String, _ reader: inout MetadataReader) throws(CheckpointProblems) -> Double
    {
      guard
        let value = try reader.optionalNumber(key, "a finite number", where: { $0.isFinite })
      else { throw reader.failure(key, "a finite number", nil) }
      return value
    }
    let intercept = try number(Self.interceptKey, &reader)
    let real = try reader.number(Self.realKey, in: SettingBounds.count)
    let fakes = try reader.number(Self.fakesKey, in: SettingBounds.count)
    let source = try reader.text(Self.sourceKey)
    guard [Self.heldOut, Self.trainedOn].contains(source) else {
      throw reader.failure(
        Self.sourceKey, "'\(Self.heldOut)' or '\(Self.trainedOn)'", source)
    }
    self.init(
      slope: slope, intercept: intercept, realImages: real, fakes: fakes,
      isHeldOut: source == Self.heldOut, brierScoreBefore: try number(Self.beforeKey, &reader),
      brierScore: try number(Self.brierKey, &reader),
      reliability: try Self.reliability(real: real, fakes: fakes, &reader))
  }

  /// Takes both curves, which hold as many images as the calibration was fitted to, or none.
  private static func reliability(
    real: Int, fakes: Int, _ reader: inout MetadataReader
  ) throws(CheckpointProblems) -> Reliability? {
    let before = reader.optionalText(reliabilityBeforeKey)
    let after = reader.optionalText(reliabilityKey)
    if before == nil && after == nil { return nil }
    func curve(_ key: String, _ text: String?) throws(CheckpointProblems) -> ReliabilityCurve {
      guard let text, let curve = ReliabilityCurve(parsing: text),
        curve.bins.reduce(0, { $0 + $1.real }) == real,
        curve.bins.reduce(0, { $0 + $1.fakes }) == fakes
      else {
        throw reader.failure(
          key, "ten bins of real:fakes:mean with \(real) real images and \(fakes) fakes", text)
      }
      return curve
    }
    return Reliability(
      before: try curve(reliabilityBeforeKey, before), after: try curve(reliabilityKey, after))
  }
}

/// How a curve stands in one string: its bins as `real:fakes:mean`, divided by blanks, with `-` for the
/// mean of an empty one.
extension ReliabilityCurve {
  fileprivate var string: String {
    bins.map { bin in
      "\(bin.real):\(bin.fakes):\(bin.meanPrediction.map { "\($0)" } ?? "-")"
    }.joined(separator: " ")
  }

  fileprivate init?(parsing text: String) {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    let bins = parts.enumerated().compactMap { index, part -> Bin? in
      guard let bin = Bin(parsing: part) else { return nil }
      let mean = bin.meanPrediction.map { $0 * Double(ReliabilityCurve.binCount) - Double(index) }
      return mean.map { (-1e-9...1 + 1e-9).contains($0) } == false ? nil : bin
    }
    guard bins.count == parts.count else { return nil }
    self.init(bins: bins)
  }
}

extension ReliabilityCurve.Bin {
  fileprivate init?(parsing text: Substring) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3, let real = Int(parts[0]), let fakes = Int(parts[1]) else { return nil }
    let mean = Double(parts[2])
    let counts = 0...SettingBounds.count.upperBound
    guard counts.contains(real), counts.contains(fakes),
      real + fakes == 0 ? parts[2] == "-" : mean.map((0...1).contains) == true
    else { return nil }
    self.init(real: real, fakes: fakes, meanPrediction: mean)
  }
}
