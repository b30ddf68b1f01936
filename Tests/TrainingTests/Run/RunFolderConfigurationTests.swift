import DCGAN
import Foundation
import Support
import TestSupport
import Testing
import Training

@Suite struct RunFolderConfigurationTests {
  private let text = """
    {
      "batch" : 9,
      "beta1" : 0.4,
      "channels" : 1,
      "checkpoint_every" : 3,
      "class" : [
        "NORMAL",
        "PNEUMONIA"
      ],
      "data" : "./chest_xray/é",
      "data_digest" : "abc",
      "epochs" : 7,
      "images" : 23,
      "keep" : 4,
      "keep_every" : 5,
      "limit" : 17,
      "lr" : 0.0001,
      "ndf" : 15,
      "ngf" : 13,
      "nz" : 11,
      "seed" : 18446744073709551615,
      "size" : 64,
      "skipped" : 2,
      "split" : "all",
      "steps" : 19,
      "strict" : true,
      "threads" : 2,
      "variant" : "avx2",
      "version" : "1.2.3"
    }

    """

  @Test func writesSortedKeysAndTheWholeSeed() throws {
    let folder = try TemporaryFolder()
    try runConfiguration.write(to: folder.file("config.json"))
    #expect(String(decoding: try folder.read("config.json"), as: UTF8.self) == text)
    #expect(try RunConfiguration(contentsOf: folder.file("config.json")) == runConfiguration)
    #expect(try folder.names() == ["config.json"])
  }

  @Test(arguments: [0, 9_007_199_254_740_993, .max - 1, .max] as [UInt64])
  func seedsComeBack(_ seed: UInt64) throws {
    let folder = try TemporaryFolder()
    var configuration = runConfiguration
    configuration.seed = seed
    try configuration.write(to: folder.file("config.json"))
    #expect(try RunConfiguration(contentsOf: folder.file("config.json")).seed == seed)
  }

  @Test func defaultsAreThoseOfTheCommandLine() throws {
    let folder = try TemporaryFolder()
    let configuration = RunConfiguration(
      data: RunData(dataPath: "d", split: "train", dataDigest: "x", images: 5),
      training: RunTraining(seed: 1),
      program: RunProgram(version: "1", variant: "baseline", threads: 8))
    #expect(
      configuration
        == RunConfiguration(
          data: RunData(
            dataPath: "d", split: "train", classes: [], limit: nil, strict: false, dataDigest: "x",
            images: 5, skipped: 0),
          model: ModelSettings(size: 128, channels: 3, nz: 100, ngf: 64, ndf: 64),
          training: RunTraining(
            epochs: 100, steps: nil, batch: 64, learningRate: 0.0002, beta1: 0.5, seed: 1),
          checkpoints: RunCheckpoints(checkpointEvery: 1, keep: 3, keepEvery: 10),
          program: RunProgram(version: "1", variant: "baseline", threads: 8)))
    try configuration.write(to: folder.file("config.json"))
    #expect(try RunConfiguration(contentsOf: folder.file("config.json")) == configuration)
    let written = String(decoding: try folder.read("config.json"), as: UTF8.self)
    #expect(written.contains("\"lr\" : 0.0002,"))
    #expect(!written.contains("limit"))
  }

  private static let techniques = TrainingTechniques(
    labelSmoothing: 0.1, discriminatorLearningRate: 1e-4, finalLearningRate: 1e-5,
    instanceNoise: 0.2,
    instanceNoiseEpochs: 7, augmentations: [.translation, .colour], spectralNormalization: true,
    realPenalty: 2.5)

  @Test func techniquesComeBack() throws {
    let folder = try TemporaryFolder()
    var configuration = runConfiguration
    configuration.techniques = Self.techniques
    configuration.stopOnCollapse = true
    configuration.precision = .bfloat16
    configuration.heldOutDigest = "abcdef"
    configuration.program.ranks = 4
    try configuration.write(to: folder.file("config.json"))
    #expect(try RunConfiguration(contentsOf: folder.file("config.json")) == configuration)
    let written = String(decoding: try folder.read("config.json"), as: UTF8.self)
    #expect(written.contains("  \"held_out_digest\" : \"abcdef\",\n"))
    #expect(written.contains("  \"precision\" : \"bfloat16\",\n"))
    #expect(written.contains("  \"ranks\" : 4,\n"))
    #expect(
      written.contains(
        """
          "stop_on_collapse" : true,
          "strict" : true,
          "techniques" : {
            "augment" : [
              "translation",
              "colour"
            ],
            "final_lr" : 1e-05,
            "instance_noise" : 0.2,
            "instance_noise_epochs" : 7,
            "label_smoothing" : 0.1,
            "lr_d" : 0.0001,
            "r1" : 2.5,
            "spectral_norm" : true
          },
        """))
  }

  @Test(arguments: [
    ("0.1", "0.6", "label_smoothing': expected a number from 0.0 to 0.5, found 0.6"),
    ("0.2", "-1", "instance_noise': expected a number from 0.0 to 1.0, found -1.0"),
    ("0.0001", "0", "lr_d': expected a number above 0 and at most 1, found 0.0"),
    ("1e-05", "2", "final_lr': expected a number from 0.0 to 1.0, found 2.0"),
    ("2.5", "-2", "r1': expected a number from 0.0 to 1000.0, found -2.0"),
    ("7", "0", "instance_noise_epochs': expected a whole number from 1 to 1000000, found 0"),
    ("colour", "translation", "augment': expected each name once, found translation,translation"),
    ("colour", "mirror", "augment.Index 1': "), ("0.1", "true", "label_smoothing': expected a num"),
  ])
  func namesTheTechniqueThatIsWrong(_ old: String, _ new: String, _ expected: String) throws {
    let folder = try TemporaryFolder()
    var configuration = runConfiguration
    configuration.learningRate = 0.5
    configuration.epochs = 3
    configuration.techniques = Self.techniques
    let path = folder.file("config.json")
    try configuration.write(to: path)
    let text = String(decoding: try folder.read("config.json"), as: UTF8.self)
    let start = try #require(text.range(of: "\"techniques\""))
    let changed = text.replacingOccurrences(
      of: old, with: new, range: start.lowerBound..<text.endIndex)
    try folder.write(changed, to: "config.json")
    let shown = try #require(message { _ = try RunConfiguration(contentsOf: path) })
    #expect(shown.hasPrefix("\(path): the key 'techniques.\(expected)"), "\(shown)")
  }

  @Test(arguments: [
    ("\"batch\" : 9,", "", "the key 'batch' is missing"),
    (
      "\"batch\" : 9", "\"batch\" : 9223372036854775807",
      "the key 'batch': expected a whole number from 2 to 4096, found 9223372036854775807"
    ),
    ("\"batch\" : 9", "\"batch\" : 1", "the key 'batch': expected a whole number from 2 to 4096,"),
    (
      "\"ngf\" : 13", "\"ngf\" : 65536",
      "the key 'ngf': expected a whole number from 1 to 1024, found 65536"
    ),
    ("\"ndf\" : 15", "\"ndf\" : 0", "the key 'ndf': expected a whole number from 1 to 1024,"),
    ("\"nz\" : 11", "\"nz\" : 4097", "the key 'nz': expected a whole number from 1 to 4096,"),
    (
      "\"epochs\" : 7", "\"epochs\" : 1000001",
      "the key 'epochs': expected a whole number from 1 to 1000000, found 1000001"
    ),
    (
      "\"images\" : 23", "\"images\" : -5",
      "the key 'images': expected a whole number from 0 to 1000000000, found -5"
    ),
    (
      "\"threads\" : 2", "\"ranks\" : 0, \"threads\" : 2",
      "the key 'ranks': expected a whole number from 1 to 1000000000, found 0"
    ),
    ("\"skipped\" : 2", "\"skipped\" : -1", "the key 'skipped': expected a whole number from 0 "),
    ("\"keep_every\" : 5", "\"keep_every\" : -1", "the key 'keep_every': expected a whole number "),
    (
      "\"size\" : 64", "\"size\" : 65", "the key 'size': expected one of 32, 64, 128, 256, found 65"
    ),
    ("\"channels\" : 1", "\"channels\" : 2", "the key 'channels': expected one of 1, 3, found 2"),
    (
      "\"split\" : \"all\"", "\"split\" : \"../x\"",
      "the key 'split': expected one of train, test, val, all, found '../x'"
    ),
    (
      "\"lr\" : 0.0001", "\"lr\" : 1e-60", "the key 'lr': expected a number above 0 and at most 1, "
    ),
    (
      "\"beta1\" : 0.4", "\"beta1\" : 1", "the key 'beta1': expected a number from 0 to less than 1"
    ),
    ("\"batch\" : 9", "\"batch\" : \"9\"", "the key 'batch': expected a whole number, "),
    ("\"batch\" : 9", "\"batch\" : null", "the key 'batch': expected a whole number, "),
    ("\"strict\" : true", "\"strict\" : 1", "the key 'strict': expected true or false, "),
    ("\"split\" : \"all\"", "\"split\" : 1", "the key 'split': expected a string, "),
    ("\"beta1\" : 0.4", "\"beta1\" : []", "the key 'beta1': expected a number, "),
    (
      "18446744073709551615", "18446744073709551616",
      "the key 'seed': expected at most 18446744073709551615, found 18446744073709551616"
    ),
    ("{\n", "{,", "the whole file: expected a key in quotes, found ',' at byte 1"),
    ("\"nz\"", "\"size\"", "the whole file: expected every key once, found 'size' a second "),
  ])
  func namesTheKeyThatIsWrong(_ old: String, _ new: String, _ expected: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(text.replacingOccurrences(of: old, with: new), to: "config.json")
    let path = folder.file("config.json")
    let shown = try #require(message { _ = try RunConfiguration(contentsOf: path) })
    #expect(shown.hasPrefix("\(path): \(expected)"))
    #expect(shown.hasSuffix("; correct the file, or start a new run in another 'run' folder"))
  }

  @Test func aMissingFileIsNamed() throws {
    let path = try TemporaryFolder().file("config.json")
    #expect(
      message { _ = try RunConfiguration(contentsOf: path) }
        == "cannot read \(path): no such file or folder")
  }
}
