import Checkpoints
import CommandTestSupport
import DCGAN
import DCGANCommand
import Foundation
import Imaging
import Support
import Tensor
import TestSupport
import Testing
import Training

@Suite struct InfoCommandTests {
  private static let supported = Variant.supported.map(\.rawValue).joined(separator: ", ")
  private static let cores = ProcessInfo.processInfo.activeProcessorCount

  private static let formats = (ImageKind.all.map(\.name) + ["zip archives"])
    .joined(separator: ", ")

  /// The end of every report on this machine with `DCGAN_VARIANT=baseline`.
  private static let machine = """
    dcgan \(DCGANVersion.current)
      kernels  baseline, of \(supported)
      cores    \(cores)
      reads    \(formats)

    """

  private func info(
    _ path: String?, json: Bool = false, defaultRun: String = "nowhere",
    variant: String = "baseline"
  ) throws -> String {
    let recording = RecordingConsole()
    let arguments = ["info"] + (path.map { [$0] } ?? []) + (json ? ["--json"] : [])
    let code = try InfoCommand.run(
      InfoOptions(parsed(arguments)), recording.console, defaultRun: defaultRun,
      environment: ["DCGAN_VARIANT": variant])
    #expect(code == .done)
    #expect(recording.error.isEmpty)
    return recording.output
  }

  /// Makes a run of two epochs with a checkpoint.
  private func makeRun(in folder: TemporaryFolder) throws -> RunFolder {
    let run = try RunFolder.create(
      at: folder.file("run"),
      configuration: RunConfiguration(
        data: RunData(
          dataPath: "./chest_xray", split: "train", classes: ["NORMAL"], dataDigest: "0",
          images: 1341, skipped: 2),
        model: ModelSettings(size: 32, channels: 1, nz: 2, ngf: 1, ndf: 2),
        training: RunTraining(epochs: 3, batch: 3, seed: 42),
        program: RunProgram(version: "0.0.9", variant: "avx2", threads: 2)))
    let log = try MetricsLog(path: run.metricsPath, afterStep: 0)
    try log.append(
      StepMetrics(
        step: 1234, epoch: 2, lossD: 0.75, lossG: .nan, realScore: 0.5, fakeScore: 0.25,
        updatedFakeScore: 0.125,
        imagesPerSecond: 10))
    let metadata = CheckpointMetadata(
      epoch: 2, step: 1234, seed: 42,
      settings: ModelSettings(size: 32, channels: 1, nz: 2, ngf: 1, ndf: 2),
      generatorOptimizerStep: 1234, discriminatorOptimizerStep: 1234)
    let entries = metadata.expectedShapes.map { name, shape in
      SafeTensors.Entry(
        name: name, shape: shape, values: Array(repeating: 0, count: shape.reduce(1, *)))
    }
    try Checkpoint(metadata: metadata, entries: entries).write(to: run.checkpointPath(epoch: 2))
    try folder.write("", to: "run/progress/epoch-0001.png")
    try folder.write("", to: "run/progress/epoch-0002.png")
    return run
  }

  @Test func withoutARunTheMachineIsDescribed() throws {
    #expect(try info(nil) == Self.machine)
  }

  @Test func aRunInWords() throws {
    let folder = try TemporaryFolder()
    let run = try makeRun(in: folder)
    let text = try info(run.path)
    // Weights by hand: 2·8·2² + 4² · (8·4 + 4·2 + 2 + 1) and γ, β of 8 + 4 + 2 + 1 channels;
    // 4² · (2 + 2·4 + 4·8 + 8·16) + 16·2² and γ, β of 4 + 8 + 16.
    #expect(
      text == """
        run \(run.path)
          data         ./chest_xray, split train, NORMAL: 1,341 images, 2 more unreadable
          networks     32x32 pixels, 1 channel, nz 2, ngf 1, ndf 2
          parameters   generator 782, discriminator 2,840
          training     batch 3, lr 0.0002, beta1 0.5, seed 42
          trained by   dcgan 0.0.9, kernels avx2, 2 threads
          done         2 of 3 epochs, 1,234 steps
          last step    loss_d 0.750, loss_g nan, D(x) 0.50, D(G(z)) 0.25, after D's step 0.12, 10.0 images/s
          checkpoints  1, \(try size(run)) in all: epoch 2
          sheets       2: epochs 1, 2

        \(Self.machine)
        """)
    #expect(try info(nil, defaultRun: run.path) == text)
  }

  @Test(arguments: [("images.cache", true), ("/far/set.cache", false), ("none", false)])
  func aCacheIsNamedWhereItLies(_ recorded: String, _ isInRun: Bool) throws {
    let folder = try TemporaryFolder()
    let run = try makeRun(in: folder)
    var settings = try run.configuration()
    settings.program.cache = recorded
    try run.write(settings)
    let line = try info(run.path).split(separator: "\n").first { $0.hasPrefix("  cache ") }
    let path = isInRun ? "\(run.path)/\(recorded)" : recorded
    #expect(line == (recorded == "none" ? nil : "  cache        \(path)"))
  }

  @Test func `ranks are told beside the threads`() throws {
    let folder = try TemporaryFolder()
    let run = try makeRun(in: folder)
    var configuration = try run.configuration()
    configuration.program.ranks = 4
    try run.write(configuration)
    #expect(
      try info(run.path).contains(
        "\n  trained by   dcgan 0.0.9, kernels avx2, 4 ranks of 2 threads\n"))
    let value = try JSONSerialization.jsonObject(with: Data(info(run.path, json: true).utf8))
    let content = (value as? [String: Any])?["run"] as? [String: Any]
    let settings = try #require(content?["settings"] as? [String: Any])
    #expect(settings["ranks"] as? Int == 4 && settings["threads"] as? Int == 2)
  }

  private func size(_ run: RunFolder) throws -> String {
    Formatting.bytes(try Data(contentsOf: URL(filePath: run.checkpointPath(epoch: 2))).count)
  }

  @Test func aCheckpointInWords() throws {
    let folder = try TemporaryFolder()
    let run = try makeRun(in: folder)
    let path = run.checkpointPath(epoch: 2)
    #expect(
      try info(path) == """
        checkpoint \(path)
          networks    32x32 pixels, 1 channel, nz 2, ngf 1, ndf 2
          parameters  generator 782, discriminator 2,840
          done        2 epochs, 1,234 steps
          seed        42
          calibrated  no
          written by  dcgan \(DCGANVersion.current)
          file        \(try size(run)), 86 tensors in float32

        \(Self.machine)
        """)
  }

  @Test func aRunAsJSON() throws {
    let folder = try TemporaryFolder()
    let run = try makeRun(in: folder)
    let value = try JSONSerialization.jsonObject(with: Data(info(run.path, json: true).utf8))
    let result = try #require(value as? [String: Any])
    #expect(Set(result.keys) == ["version", "processor", "formats", "run"])
    #expect((result["formats"] as? [String])?.starts(with: ["JPEG", "PNG"]) == true)
    let processor = try #require(result["processor"] as? [String: Any])
    #expect(processor["variant"] as? String == "baseline")
    #expect(processor["supported"] as? [String] == Variant.supported.map(\.rawValue))
    #expect(processor["cores"] as? Int == Self.cores)
    let content = try #require(result["run"] as? [String: Any])
    #expect(
      Set(content.keys) == [
        "path", "settings", "parameters", "epochs_done", "steps_done", "last_step", "checkpoints",
        "progress_epochs",
      ])
    #expect(content["epochs_done"] as? Int == 2)
    #expect(content["progress_epochs"] as? [Int] == [1, 2])
    #expect(content["parameters"] as? [String: Int] == ["generator": 782, "discriminator": 2840])
    let settings = try #require(content["settings"] as? [String: Any])
    #expect(settings["lr"] as? Double == 2e-4)
    #expect(settings["checkpoint_every"] as? Int == 1)
    let step = try #require(content["last_step"] as? [String: Double])
    #expect(
      step == [
        "step": 1234, "epoch": 2, "loss_d": 0.75, "d_x": 0.5, "d_g_z1": 0.25, "d_g_z2": 0.125,
        "images_per_second": 10,
      ])
    let checkpoints = try #require(content["checkpoints"] as? [[String: Int]])
    #expect(checkpoints.map { $0["epoch"] } == [2])
  }

  @Test func aCheckpointAsJSON() throws {
    let folder = try TemporaryFolder()
    let path = try makeRun(in: folder).checkpointPath(epoch: 2)
    let value = try JSONSerialization.jsonObject(with: Data(info(path, json: true).utf8))
    let result = try #require(value as? [String: Any])
    let content = try #require(result["checkpoint"] as? [String: Any])
    #expect(content["epoch"] as? Int == 2)
    #expect(content["step"] as? Int == 1234)
    #expect(content["tensors"] as? Int == 86)
    #expect(content["version"] as? String == DCGANVersion.current)
    #expect(content["calibration"] == nil)
    #expect(content["average_decay"] == nil && content["spectral_norm"] == nil)
  }

  @Test func aCalibrationAsJSON() throws {
    let folder = try TemporaryFolder()
    let path = try makeRun(in: folder).checkpointPath(epoch: 2)
    let plain = try Checkpoint(contentsOf: path)
    var metadata = plain.metadata
    metadata.calibration = ScoreCalibration(
      slope: 0.5, intercept: 2, realImages: 3, fakes: 2, isHeldOut: true, brierScoreBefore: 0.25,
      brierScore: 0.125,
      reliability: .init(
        before: ReliabilityCurve(real: [0.5, 0.5, 0.5], fakes: [0.5, 0.5]),
        after: ReliabilityCurve(real: [1, 1, 1], fakes: [0, 0])))
    try Checkpoint(metadata: metadata, entries: plain.tensors.entries).write(to: path)
    let value = try JSONSerialization.jsonObject(with: Data(info(path, json: true).utf8))
    let checkpoint = try #require((value as? [String: Any])?["checkpoint"] as? [String: Any])
    let content = try #require(checkpoint["calibration"] as? [String: Any])
    #expect(content["slope"] as? Double == 0.5 && content["intercept"] as? Double == 2)
    #expect(content["real_images"] as? Int == 3 && content["fakes"] as? Int == 2)
    #expect(content["held_out"] as? Bool == true)
    #expect(content["brier_score_before"] as? Double == 0.25)
    #expect(content["brier_score"] as? Double == 0.125)
    let reliability = try #require(content["reliability"] as? [String: [[String: Double]]])
    #expect(reliability["before"]?.count == 10)
    #expect(reliability["before"]?[5] == ["real": 3, "fakes": 2, "mean_prediction": 0.5])
    #expect(reliability["after"]?[1] == ["real": 0, "fakes": 0])
    #expect(reliability["after"]?[9] == ["real": 3, "fakes": 0, "mean_prediction": 1])
  }

  @Test func whatIsNeitherRunNorCheckpointIsRefused() throws {
    let folder = try TemporaryFolder()
    try folder.write("hello, world", to: "notes.txt")
    for (path, words) in [
      (folder.file("gone"), "cannot read \(folder.file("gone")): no such file or folder\n"),
      (
        folder.path,
        "\(folder.path): is not a run: it has no config.json; name a run's folder or a "
          + "checkpoint\n"
      ),
    ] {
      let recording = RecordingConsole()
      #expect(Program.dcgan.run(["info", path], console: recording.console) == .failed)
      #expect(recording.error == "dcgan info: " + words)
    }
    let recording = RecordingConsole()
    let notes = folder.file("notes.txt")
    #expect(Program.dcgan.run(["info", notes], console: recording.console) == .failed)
    #expect(recording.error.hasPrefix("dcgan info: \(notes): "))
  }

  @Test func anUnknownVariantIsRefused() {
    let error = #expect(throws: VariantError.self) { try info(nil, variant: "fast") }
    let computable = Variant.computable.map(\.rawValue).joined(separator: ", ")
    #expect(
      error?.description
        == "DCGAN_VARIANT=fast: no such variant; this processor can run \(computable)")
  }
}
