import Checkpoints

/// Arranges a checkpoint's calibration for JSON.
struct CalibrationContent: Encodable {
  /// Arranges a bin of a reliability curve.
  private struct Bin: Encodable {
    let real: Int
    let fakes: Int
    let meanPrediction: Double?

    init(_ bin: ReliabilityCurve.Bin) {
      (real, fakes, meanPrediction) = (bin.real, bin.fakes, bin.meanPrediction)
    }
  }

  /// Arranges both curves, bin by bin from the least predictions on.
  private struct Reliability: Encodable {
    let before: [Bin]
    let after: [Bin]

    init(_ reliability: ScoreCalibration.Reliability) {
      before = reliability.before.bins.map(Bin.init)
      after = reliability.after.bins.map(Bin.init)
    }
  }

  private let slope: Double
  private let intercept: Double
  private let realImages: Int
  private let fakes: Int
  private let heldOut: Bool
  private let brierScoreBefore: Double
  private let brierScore: Double
  private let reliability: Reliability?

  /// Arranges a calibration.
  init(_ calibration: ScoreCalibration) {
    slope = calibration.slope
    intercept = calibration.intercept
    realImages = calibration.realImages
    fakes = calibration.fakes
    heldOut = calibration.isHeldOut
    brierScoreBefore = calibration.brierScoreBefore
    brierScore = calibration.brierScore
    reliability = calibration.reliability.map(Reliability.init)
  }
}
