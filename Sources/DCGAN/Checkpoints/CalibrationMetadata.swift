/// How a calibration stands among a checkpoint's strings: all keys or none.
extension ScoreCalibration {
  private static let slopeKey = "calibration.slope"
  private static let interceptKey = "calibration.intercept"
  private static let realKey = "calibration.real_images"
  private static let fakesKey = "calibration.fakes"
  private static let sourceKey = "calibration.source"
  private static let beforeKey = "calibration.brier_score_before"
  private static let brierKey = "calibration.brier_score"
  private static let heldOut = "held out"
  private static let trainedOn = "trained on"

  /// Prints the strings.
  var strings: [String: String] {
    [
      Self.slopeKey: "\(slope)", Self.interceptKey: "\(intercept)",
      Self.realKey: "\(realImages)", Self.fakesKey: "\(fakes)",
      Self.sourceKey: isHeldOut ? Self.heldOut : Self.trainedOn,
      Self.beforeKey: "\(brierScoreBefore)", Self.brierKey: "\(brierScore)",
    ]
  }

  /// Takes the strings from the others; nil where there is none of them.
  ///
  /// Throws `CheckpointError` where one of them is missing or not what it should be.
  init?(parsing reader: inout MetadataReader) throws {
    guard
      let slope = try reader.optionalNumber(
        Self.slopeKey, "a finite number", where: { $0.isFinite })
    else { return nil }
    func number(_ key: String, _ reader: inout MetadataReader) throws -> Double {
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
      brierScore: try number(Self.brierKey, &reader))
  }
}
