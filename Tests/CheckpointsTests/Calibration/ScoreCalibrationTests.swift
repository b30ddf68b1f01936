import Checkpoints
import DCGAN
import Foundation
import Support
import Testing

@Suite struct ScoreCalibrationTests {
  private let real: [Float] = [2.5, 0.25, 3, -0.5, 1.75, 4, 0.5, 1]
  private let fakes: [Float] = [-3, -1.25, 0.75, -2, -4.5, 0.125]

  /// The numbers are those of SciPy's BFGS on the same likelihood.
  @Test func fitsAsSciPyDoes() throws {
    let fit = try #require(ScoreCalibration(real: real, fakes: fakes, isHeldOut: true))
    #expect(abs(fit.slope - 0.67690997173491) < 1e-6)
    #expect(abs(fit.intercept - 0.20773834818806564) < 1e-6)
    #expect(abs(fit.brierScoreBefore - 0.11670702515705113) < 1e-12)
    #expect(abs(fit.brierScore - 0.12260713437606983) < 1e-6)
    #expect(abs(fit(1) - 0.70778454) < 1e-6)
    #expect((fit.realImages, fit.fakes, fit.isHeldOut) == (8, 6, true))
  }

  /// The numbers are those of NumPy's histogram.
  @Test func bothCurvesAreKept() throws {
    let fit = try #require(ScoreCalibration(real: real, fakes: fakes, isHeldOut: true))
    let reliability = try #require(fit.reliability)
    #expect(reliability.before.bins.map(\.real) == [0, 0, 0, 1, 0, 1, 1, 1, 1, 3])
    #expect(reliability.before.bins.map(\.fakes) == [2, 1, 1, 0, 0, 1, 1, 0, 0, 0])
    #expect(reliability.after.bins.map(\.real) == [0, 0, 0, 0, 1, 1, 1, 1, 2, 2])
    #expect(reliability.after.bins.map(\.fakes) == [1, 1, 1, 1, 0, 1, 1, 0, 0, 0])
    let before = reliability.before.bins.map { $0.meanPrediction ?? -1 }
    let after = reliability.after.bins.map { $0.meanPrediction ?? -1 }
    for (found, expected) in [
      (before[0], 0.02920640790407998), (before[5], 0.5466929371297771), (before[4], -1),
      (before[9], 0.9529099122796995), (after[4], 0.46736729317127323),
      (after[9], 0.9261263011958101),
    ] { #expect(abs(found - expected) < 1e-6) }
  }

  /// A discriminator that is sure of itself without reason loses its sureness, not its order.
  @Test func scoresThatSayNothingBecomeAHalf() throws {
    let logits = (0..<40).map { Float($0 % 8) * 10 - 35 }
    let fit = try #require(ScoreCalibration(real: logits, fakes: logits, isHeldOut: false))
    for logit in logits { #expect(abs(fit(logit) - 0.5) < 1e-6) }
    #expect(fit.brierScoreBefore > 0.49 && abs(fit.brierScore - 0.25) < 1e-9)
  }

  /// Where scores divide the kinds wholly, the likeliest slope is finite all the same.
  @Test func kindsThatAreDividedGiveAFiniteSlope() throws {
    let fit = try #require(
      ScoreCalibration(real: [300, 301, 302], fakes: [-300, -301, -302], isHeldOut: true))
    #expect(fit.slope.isFinite && fit.slope > 0)
    // Platt's targets for three of a kind.
    #expect(abs(fit(301) - 0.8) < 1e-3 && abs(fit(-301) - 0.2) < 1e-3)
  }

  @Test func whatIsNoNumberGivesNoCalibration() {
    #expect(ScoreCalibration(real: [1, .nan], fakes: [0], isHeldOut: true) == nil)
    #expect(ScoreCalibration(real: [1], fakes: [-.infinity], isHeldOut: true) == nil)
    #expect(ScoreCalibration(real: [], fakes: [0], isHeldOut: true) == nil)
  }

  private func metadata(_ calibration: ScoreCalibration?) -> CheckpointMetadata {
    CheckpointMetadata(
      epoch: 1, step: 2, seed: 3,
      settings: ModelSettings(size: 32, channels: 1, nz: 2, ngf: 1, ndf: 1),
      generatorOptimizerStep: 2, discriminatorOptimizerStep: 2, averageDecay: 0.999,
      calibration: calibration)
  }

  @Test func aCheckpointKeepsIt() throws {
    let fit = try #require(ScoreCalibration(real: real, fakes: fakes, isHeldOut: true))
    let kept = metadata(fit)
    #expect(try CheckpointMetadata(parsing: kept.strings) == kept)
    #expect(try CheckpointMetadata(parsing: metadata(nil).strings).calibration == nil)
  }

  @Test func anOlderOneHasNoCurves() throws {
    let fit = try #require(ScoreCalibration(real: real, fakes: fakes, isHeldOut: true))
    let strings = metadata(fit).strings.filter { !$0.key.contains("reliability") }
    #expect(strings.count == metadata(fit).strings.count - 2)
    let read = try #require(try CheckpointMetadata(parsing: strings).calibration)
    #expect(read.reliability == nil && read.brierScore == fit.brierScore)
  }

  private static let curve = "ten bins of real:fakes:mean with 8 real images and 6 fakes, found "

  @Test(
    arguments: [
      ("calibration.slope", "steep", "a finite number, found 'steep'"),
      ("calibration.slope", "inf", "a finite number, found 'inf'"),
      ("calibration.intercept", nil, "a finite number, found none"),
      ("calibration.fakes", "0", "a whole number from 1 to 1000000000, found '0'"),
      ("calibration.source", "seen", "'held out' or 'trained on', found 'seen'"),
      ("generator.average_decay", "1", "a number above 0 and below 1, found '1'"),
      ("calibration.reliability", nil, curve + "none"),
      ("calibration.reliability_before", "0:0:-", curve + "'0:0:-'"),
      (
        "calibration.reliability", "8:6:0.5" + String(repeating: " 0:0:0", count: 9),
        curve + "'8:6:0.5 0:0:0"
      ),
      (
        "calibration.reliability", "8:6:-0.5" + String(repeating: " 0:0:-", count: 9),
        curve + "'8:6:-0.5 0:0:-"
      ),
      (
        "calibration.reliability", "6:8:0.05" + String(repeating: " 0:0:-", count: 9),
        curve + "'6:8:0.05 0:0:-"
      ),
      (
        "calibration.reliability", "8:6:0.11" + String(repeating: " 0:0:-", count: 9),
        curve + "'8:6:0.11 0:0:-"
      ),
      (
        "calibration.reliability", "more 8:6:0.05" + String(repeating: " 0:0:-", count: 9),
        curve + "'more 8:6:0.05 0:0:-"
      ),
      (
        "calibration.reliability", "9:6:0.5 -1:0:0.5" + String(repeating: " 0:0:-", count: 8),
        curve + "'9:6:0.5 -1:0:0.5"
      ),
    ] as [(String, String?, String)])
  func aDamagedOneIsNamed(_ key: String, _ value: String?, _ message: String) throws {
    var strings = metadata(ScoreCalibration(real: real, fakes: fakes, isHeldOut: true)).strings
    strings[key] = value
    #expect {
      try CheckpointMetadata(parsing: strings)
    } throws: {
      "\($0)".contains("metadata \(key): expected \(message)")
    }
  }
}
