import Checkpoints
import DCGAN
import TestSupport
import Testing

@Suite struct CheckpointMetadataTests {
  private let strings = [
    "format": "dcgan-1", "version": "1.0", "epoch": "3", "step": "240",
    "seed": "18446744073709551615", "size": "32", "channels": "1", "nz": "2", "ngf": "1",
    "ndf": "2", "optimizer.generator.step": "240", "optimizer.discriminator.step": "241",
    "random.noise": "9",
  ]

  @Test func readsAndPrintsEveryKey() throws {
    let metadata = try CheckpointMetadata(parsing: strings)
    #expect(
      metadata
        == CheckpointMetadata(
          version: "1.0", epoch: 3, step: 240, seed: .max,
          settings: ModelSettings(size: 32, channels: 1, nz: 2, ngf: 1, ndf: 2),
          generatorOptimizerStep: 240, discriminatorOptimizerStep: 241,
          extra: ["random.noise": "9"]))
    #expect(metadata.strings == strings)
  }

  @Test func whatARunAddsIsReadAndPrinted() throws {
    let added = ["augment_probability": "0.015", "discriminator.minibatch_std": "true"]
    let metadata = try CheckpointMetadata(parsing: strings.merging(added) { $1 })
    #expect(metadata.augmentationProbability == 0.015)
    #expect(metadata.settings.hasMinibatchDeviation)
    #expect(metadata.strings == strings.merging(added) { $1 })
  }

  @Test func extraKeysDoNotHideOthers() throws {
    var metadata = try CheckpointMetadata(parsing: strings)
    metadata.extra["epoch"] = "99"
    #expect(metadata.strings["epoch"] == "3")
  }

  @Test(arguments: [("480", 0), ("240", 1), ("100", 2), ("0", 3), ("x", 3), (nil, 3)])
  func wholeEpochsAreCountedInSteps(_ stepsPerEpoch: String?, _ epochs: Int) throws {
    var metadata = try CheckpointMetadata(parsing: strings)
    metadata.extra["steps_per_epoch"] = stepsPerEpoch
    #expect(metadata.epochsDone == epochs)
  }

  @Test(
    arguments: [
      ("format", nil, "'dcgan-1'"), ("format", "dcgan-2", "'dcgan-1'"),
      ("version", nil, "a value"),
      ("epoch", nil, "a whole number from 0 to 1000000"),
      ("epoch", "-1", "a whole number from 0 to 1000000"),
      ("epoch", "1000001", "a whole number from 0 to 1000000"),
      ("step", "1.5", "a whole number from 0 to 1099511627776"),
      ("step", "", "a whole number from 0 to 1099511627776"),
      ("step", "9223372036854775807", "a whole number from 0 to 1099511627776"),
      ("seed", "18446744073709551616", "a whole number from 0"),
      ("size", "100", "one of 32, 64, 128, 256"), ("size", nil, "one of 32, 64, 128, 256"),
      ("channels", "2", "one of 1, 3"),
      ("nz", "4097", "a whole number from 1 to 4096"),
      ("ngf", "65536", "a whole number from 1 to 1024"),
      ("ndf", " 1", "a whole number from 1 to 1024"),
      ("optimizer.generator.step", nil, "a whole number from 0 to 1099511627776"),
      (
        "optimizer.generator.step", "9223372036854775807",
        "a whole number from 0 to 1099511627776"
      ),
      ("augment_probability", "1.5", "a number from 0 to 1"),
      ("discriminator.minibatch_std", "false", "'true' or nothing"),
      ("optimizer.discriminator.step", "x", "a whole number from 0 to 1099511627776"),
    ] as [(String, String?, String)])
  func namesTheKeyThatIsWrong(_ key: String, _ value: String?, _ expected: String) {
    var wrong = strings
    wrong[key] = value
    let shown = message { _ = try CheckpointMetadata(parsing: wrong) }
    let found = value.map { "'\($0)'" } ?? "none"
    #expect(
      shown == "not a usable checkpoint: metadata \(key): expected \(expected), found "
        + "\(found)")
  }
}
