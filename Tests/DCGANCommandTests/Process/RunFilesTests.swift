import Checkpoints
import DCGAN
import DCGANCommand
import DataSets
import Foundation
import Imaging
import Support
import Tensor
import TestSupport
import Testing
import Training

/// What training leaves in a run's folder and says about it.
@Suite(.slow) struct RunFilesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test(arguments: Practice.all)
  func aRunHoldsTheFilesThatItShould(_ practice: Practice) throws {
    try practice.train(run: folder.file("run"))
    #expect(
      try folder.names("run") == [
        "checkpoints", "config.json", "data-files.json", "epochs.jsonl", "metrics.jsonl",
        "progress", "real-first.png", "real-samples.png",
      ])
    let epochs = (1...practice.epochs).map { "epoch-000\($0)" }
    #expect(try folder.names("run/checkpoints") == epochs.map { "\($0).safetensors" })
    #expect(try folder.names("run/progress") == epochs.map { "\($0).png" })

    let run = try RunFolder.open(at: folder.file("run"))
    let settings = try run.configuration()
    let rows = (min(64, practice.images) + 7) / 8
    let real = try DecodedImage(contentsOf: run.realSamplesPath).image
    #expect(real.width == 8 * (settings.size + 2) - 2)
    #expect(real.height == rows * (settings.size + 2) - 2)
    let sheet = try DecodedImage(contentsOf: run.progressPath(epoch: practice.epochs)).image
    #expect(sheet.width == 8 * (settings.size + 2) - 2)
    #expect(sheet.height == sheet.width)
    let marks = try [
      run.realSamplesPath, run.realFirstPath, run.progressPath(epoch: practice.epochs),
    ].map { try #require(ImageMark.read(at: $0)) }
    #expect(marks.map(\.kind) == [.realImages, .realImages, .progress])
    #expect(marks.map(\.showsPatients) == [true, true, false])
    #expect(marks.allSatisfy { $0["run"] == settings.digest })
    #expect(marks[2]["epoch"] == "\(practice.epochs)")

    let checkpoint = try Checkpoint(contentsOf: run.checkpointPath(epoch: practice.epochs))
    #expect(checkpoint.metadata.epoch == practice.epochs)
    #expect(checkpoint.metadata.step == practice.epochs * practice.stepsPerEpoch)
    #expect(checkpoint.metadata.seed == 7)
  }

  @Test(arguments: Practice.all)
  func everyStepHasALineOfMetrics(_ practice: Practice) throws {
    try practice.train(run: folder.file("run"))
    let text = String(decoding: try folder.read("run/metrics.jsonl"), as: UTF8.self)
    let keys = [
      "step", "epoch", "loss_d", "loss_g", "d_x", "d_g_z1", "d_g_z2", "images_per_second",
    ]
    let shape = "{" + keys.map { "\"\($0)\":N" }.joined(separator: ",") + "}"
    let steps = practice.epochs * practice.stepsPerEpoch
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == steps + 1 && lines.last == "")
    let number = #/:-?\d+(\.\d+)?(e-?\d+)?/#
    for line in lines.dropLast() { #expect(line.replacing(number, with: ":N") == shape) }

    let metrics = try MetricsLog.read(folder.file("run/metrics.jsonl"))
    #expect(metrics.map(\.step) == Array(1...steps))
    #expect(metrics.map(\.epoch) == (0..<steps).map { $0 / practice.stepsPerEpoch + 1 })
    for line in metrics {
      #expect(line.lossD > 0 && line.lossG > 0 && line.imagesPerSecond > 0)
      #expect(
        [line.realScore, line.fakeScore, line.updatedFakeScore].allSatisfy { $0 > 0 && $0 < 1 })
    }
    // Before it has learnt anything D gives every image a half: two losses of ln 2.
    #expect(abs(metrics[0].lossD - 2 * log(2)) < 0.4)
  }

  @Test func `the configuration records every setting as resolved`() throws {
    let config = try TemporaryFolder.object(PracticeRun.read("config.json"))
    #expect(
      config.keys.sorted() == [
        "account", "background", "batch", "beta1", "channels", "checkpoint_every", "class", "data",
        "data_digest", "data_path", "ema", "epochs", "fit", "held_out_digest", "images", "keep",
        "keep_every",
        "lr", "ndf", "ngf", "nz", "seed", "size", "skipped", "split", "strict", "techniques",
        "threads", "variant", "version",
      ])
    let settings = try RunFolder.open(at: PracticeRun.path).configuration()
    var expected = RunConfiguration(
      data: RunData(
        dataPath: Practice.phantoms.data, split: "train",
        dataDigest: try ImageFolder(root: Practice.phantoms.data).digest,
        heldOutDigest: try ImageFolder.heldOut(root: Practice.phantoms.data, count: 256)?.digest,
        images: 39), model: ModelSettings(size: 32, ngf: 4, ndf: 4),
      training: RunTraining(
        epochs: 3, batch: 8, averageDecay: 0.999, seed: 7, techniques: Recipe.stable.techniques),
      program: RunProgram(
        variant: settings.variant, threads: ProcessInfo.processInfo.activeProcessorCount))
    (expected.fit, expected.background) = (.crop, 0)
    expected.account = settings.account
    expected.absoluteDataPath = settings.absoluteDataPath
    #expect(settings.absoluteDataPath?.hasSuffix(Practice.phantoms.data) == true)
    #expect(settings == expected)
    let account = try #require(settings.account)
    #expect(account.folders.map(\.images) == [13, 26] && account.heldOut == 9)
    #expect(Variant(rawValue: settings.variant) != nil)
  }

  @Test func `results go to standard output, progress to standard error`() throws {
    let run = folder.file("run")
    let outcome = try Practice.phantoms.train(run: run, ["--threads", "2"])
    #expect(outcome.output == "finished after epoch 3, step 15, seed 7: \(run)\n")
    let variant = try RunFolder.open(at: run).configuration().variant
    #expect(outcome.errorLines.first?.hasPrefix("data: 39 images in ") == true)
    let lines = outcome.errorLines.drop { !$0.hasPrefix("training: ") }
    #expect(
      lines.first
        == "training: 39 images at 32x32x3 (split train, all classes), 3 epochs of 5 steps, "
        + "seed 7, 2 threads, "
        + variant)
    #expect(lines.dropFirst().first == "recipe stable: \(Recipe.stable.options)")
    #expect(
      lines.dropFirst(2).first
        == "note: 15 steps in all, but shapes appear after 500 to 1,000: try --epochs 200")
    #expect(lines.count == 7)
    let number = #/\d+(\.\d+|:\d\d:\d\d)/#
    #expect(
      lines.dropFirst(3).dropLast().map { $0.replacing(number, with: "N") }
        == (1...3).map { "epoch \($0)/3 done in N, mean loss_d N, loss_g N, diversity N" })
    #expect(
      lines.last
        == "draw images with dcgan sample --run \(run) --count 64; see the whole run with dcgan "
        + "report --run \(run)")
  }

  @Test(arguments: ["<&-", "2>&-", "<&- 2>&-", "<&- >&- 2>&-"])
  func closedDescriptorsDoNotGetIntoTheFiles(redirection: String) throws {
    let outcome = try Executable.runInShell(
      "exec \"$0\" \"$@\" \(redirection)",
      Practice.phantoms.training(run: folder.file("run"), ["--threads", "1"]))
    // Only a closed standard output, where the result belongs, is missed.
    #expect(outcome.code == (redirection.contains(">&- ") ? 1 : 0))
    let metrics = try MetricsLog.read(folder.file("run/metrics.jsonl"))
    #expect(metrics.map(\.step) == Array(1...15))
    #expect(Data(try folder.read("run/config.json")).first == UInt8(ascii: "{"))
    for name in (1...3).map(PracticeRun.checkpoint) {
      #expect(Data(try folder.read("run/\(name)")) == (try PracticeRun.read(name)), "\(name)")
    }
  }

  @Test func quietIsSilentAndJSONIsOneLine() throws {
    let run = folder.file("run")
    let outcome = try Practice.phantoms.train(run: run, epochs: 1, ["--quiet", "--json"])
    #expect(outcome.error.isEmpty)
    #expect(
      outcome.output
        == #"{"epoch":1,"outcome":"finished","run":"\#(run)","seed":7,"step":5}"# + "\n")
  }

  @Test func withoutPlacesTheUsualOnesAreUsed() throws {
    for line in [
      "phantom --count 12", "train --data phantoms --size 32 --ngf 1 --ndf 1 --epochs 1",
      "sample --count 2",
    ] {
      #expect(try Executable.run(Practice.words(line), in: folder.path).code == 0)
    }
    #expect(try folder.names() == ["dcgan-run", "phantoms", "samples", "samples.png"])
    #expect(
      try folder.names("samples") == [
        "sample-0001.png", "sample-0002.png", "samples.csv", "samples.json",
      ])
  }

  @Test func oldCheckpointsGo() throws {
    let run = folder.file("run")
    try Practice.phantoms.train(
      run: run, epochs: 5, Practice.words("--checkpoint-every 1 --keep 1 --keep-every 2"))
    #expect(try RunFolder.open(at: run).checkpointEpochs() == [2, 4, 5])
    #expect(try RunFolder.open(at: run).progressEpochs() == [1, 2, 3, 4, 5])
  }

  @Test func oneChannelMakesGreyPictures() throws {
    let run = folder.file("run")
    try Practice.phantoms.train(run: run, epochs: 1, ["--channels", "1"])
    let checkpoint = try SafeTensors(contentsOf: "\(run)/\(PracticeRun.checkpoint(1))")
    #expect(checkpoint["generator.main.12.weight"]?.shape == [4, 1, 4, 4])
    #expect(checkpoint["discriminator.main.0.weight"]?.shape == [4, 1, 4, 4])
    let sampling = try Executable.run(
      "sample --run {run} --count 2 --out {out}", ["run": run, "out": folder.file("out")])
    #expect(sampling.code == 0)
    for name in ["out/sample-0001.png", "out.png", "run/real-samples.png"] {
      #expect(try DecodedImage(contentsOf: folder.file(name)).image.channels == 1, "\(name)")
    }
  }
}
