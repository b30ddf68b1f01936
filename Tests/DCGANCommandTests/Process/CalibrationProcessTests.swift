import Checkpoints
import Foundation
import Support
import TestSupport
import Testing

/// `dcgan sample --min-real-calibrated` on checkpoints whose calibration is worth more or less.
@Suite(.slow) struct CalibrationProcessTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try FileManager.default.copyItem(atPath: PracticeRun.path, toPath: folder.file("run"))
  }

  private func sample(
    calibrated calibration: ScoreCalibration?, _ options: String
  ) throws -> Executable.Outcome {
    let path = folder.file("run/\(PracticeRun.checkpoint(3))")
    var checkpoint = try Checkpoint(contentsOf: path)
    checkpoint.metadata.calibration = calibration
    try checkpoint.write(to: path)
    return try Executable.run(
      ["sample", "--run", folder.file("run"), "--out", folder.file("samples"), "--quiet"]
        + Executable.words(options, [:]))
  }

  private func calibration(slope: Double, isHeldOut: Bool = true) -> ScoreCalibration {
    ScoreCalibration(
      slope: slope, intercept: 30, realImages: 9, fakes: 9, isHeldOut: isHeldOut,
      brierScoreBefore: 0.2, brierScore: 0.1)
  }

  @Test func aCheckpointWithoutOneIsRefused() throws {
    let outcome = try sample(calibrated: nil, "--count 1 --min-real-calibrated 0.5")
    #expect(outcome.code == 1)
    #expect(
      outcome.error == "dcgan sample: --min-real-calibrated 0.5: the checkpoint of epoch 3 has "
        + "no calibration, as older versions wrote none; use --min-real, or train longer\n")
    #expect(try sample(calibrated: nil, "--count 1").code == 0)
    let table = String(decoding: try folder.read("samples/samples.csv"), as: UTF8.self)
    #expect(table.hasSuffix(",\n"))
  }

  @Test func oneThatTurnsTheOrderRoundIsRefused() throws {
    let outcome = try sample(
      calibrated: calibration(slope: -1), "--count 1 --min-real-calibrated 0.5")
    #expect(outcome.code == 1)
    #expect(
      outcome.error.hasPrefix(
        "dcgan sample: --min-real-calibrated 0.5: the checkpoint of epoch 3 scores fakes above the "
          + "real images"))
  }

  @Test func oneOfSeenImagesIsWarnedOf() throws {
    for isHeldOut in [true, false] {
      let outcome = try sample(
        calibrated: calibration(slope: 1, isHeldOut: isHeldOut),
        "--count 2 --min-real-calibrated 0.9")
      #expect(outcome.code == 0)
      #expect(outcome.output.hasPrefix("2 of 2 candidates kept (calibrated >= 0.9,"))
      let warning =
        "warning: there were no held-out images, so scores were calibrated on training images, "
        + "which score better than unseen ones\n"
      #expect(outcome.error.hasPrefix("warning:") == !isHeldOut)
      #expect(outcome.error.hasPrefix(warning) == !isHeldOut)
    }
  }

  @Test func aShortfallNamesTheThreshold() throws {
    let outcome = try sample(
      calibrated: ScoreCalibration(
        slope: 1, intercept: -30, realImages: 9, fakes: 9, isHeldOut: true, brierScoreBefore: 0.2,
        brierScore: 0.1),
      "--count 2 --min-real-calibrated 0.9 --max-tries 64")
    #expect(outcome.code == 1)
    #expect(
      outcome.output.contains(
        "\nfound 0 of 2; lower --min-real-calibrated or leave it out, raise --max-tries, use another "
          + "epoch (--epoch) or --select realism, or train longer\n"))
    // What is shown is what the threshold goes by, and not D's own score.
    #expect(outcome.outputLines.filter { $0.contains(" of all candidates: min ") }.count == 1)
    #expect(outcome.output.contains("\ncalibrated scores of all candidates: min "))
    #expect(outcome.output.contains("\n0.0-0.1 64 " + String(repeating: "#", count: 50) + "\n"))
  }

  @Test func aShortfallOfBothThresholdsShowsBoth() throws {
    let outcome = try sample(
      calibrated: calibration(slope: 1),
      "--count 2 --min-real 1 --min-real-calibrated 0.9 --max-tries 64 --json")
    #expect(outcome.code == 1)
    let result = try TemporaryFolder.object(Data(outcome.output.utf8))
    let calibrated = try #require(result["calibrated_scores"] as? [String: any Sendable])
    // The intercept of 30 makes all of them sure.
    #expect(calibrated["histogram"] as? [Int] == [0, 0, 0, 0, 0, 0, 0, 0, 0, 64])
    let words = try sample(
      calibrated: calibration(slope: 1),
      "--count 2 --min-real 1 --min-real-calibrated 0.9 --max-tries 64")
    #expect(words.outputLines.filter { $0.contains("scores of all candidates: min ") }.count == 2)
  }
}
