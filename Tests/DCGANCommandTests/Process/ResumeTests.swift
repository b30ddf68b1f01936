import DataSets
import Foundation
import Support
import Tensor
import TestSupport
import Testing
import Training

/// Runs that stop and go on.
@Suite struct ResumeTests {
  private let folder: TemporaryFolder
  private let run: String

  init() throws {
    folder = try TemporaryFolder()
    run = folder.file("run")
  }

  private func resume(_ more: [String] = []) throws -> Executable.Outcome {
    try Executable.run(["train", "--run", run, "--resume"] + more)
  }

  private func expectTheUninterruptedRun() throws {
    for epoch in 1...3 {
      for name in [PracticeRun.checkpoint(epoch), "progress/epoch-000\(epoch).png"] {
        #expect(Data(try folder.read("run/\(name)")) == (try PracticeRun.read(name)), "\(name)")
      }
    }
    let metrics = try MetricsLog.read("\(run)/metrics.jsonl")
    let expected = try MetricsLog.read("\(PracticeRun.path)/metrics.jsonl")
    #expect(metrics.map(\.step) == Array(1...15))
    #expect(metrics.map(\.epoch) == expected.map(\.epoch))
    #expect(metrics.map(\.lossD) == expected.map(\.lossD))
    #expect(metrics.map(\.updatedFakeScore) == expected.map(\.updatedFakeScore))
  }

  @Test func aFolderThatHoldsARunIsRefused() throws {
    let before = try PracticeRun.read("metrics.jsonl")
    let outcome = try Executable.run(Practice.phantoms.training(run: PracticeRun.path))
    #expect(outcome.code == 1)
    #expect(
      outcome.error == "dcgan train: \(PracticeRun.path): already holds a run; continue it with "
        + "--resume, or choose another folder with --run\n")
    #expect(outcome.output.isEmpty)
    #expect(try PracticeRun.read("metrics.jsonl") == before)
  }

  @Test func whereThereIsNoRunThereIsNothingToResume() throws {
    let outcome = try resume()
    #expect(outcome.code == 1)
    #expect(
      outcome.error == "dcgan train: \(run): does not exist; name a run's folder with --run, or "
        + "train one first\n")
    #expect(try folder.names() == [])
  }

  @Test(arguments: [1, 5, 7, 14])
  func stoppedAfterAnyStepItGoesOnToTheSameBytes(steps: Int) throws {
    let stopped = try Practice.phantoms.train(run: run, ["--steps", "\(steps)"])
    let place = steps % 5 == 0 ? "after" : "in"
    #expect(
      stopped.output
        == "steps reached \(place) epoch \((steps + 4) / 5), step \(steps), seed 7: \(run); "
        + "continue with dcgan train --run \(run) --resume\n")
    #expect(try RunFolder.open(at: run).configuration().steps == steps)
    let told = stopped.errorLines.filter { $0.hasPrefix("training: ") || $0.hasPrefix("epoch ") }
    #expect(told.count == 1 + steps / 5)

    let resumed = try resume()
    #expect(resumed.output == "finished after epoch 3, step 15, seed 7: \(run)\n")
    #expect(resumed.errorLines.first?.hasPrefix("resuming at step \(steps + 1): 39 images") == true)
    #expect(try RunFolder.open(at: run).configuration().steps == nil)
    try expectTheUninterruptedRun()
  }

  @Test(arguments: Practice.all)
  func stoppedWithinAnEpochItGoesOnToTheSameBytes(_ practice: Practice) throws {
    try practice.train(run: folder.file("whole"))
    try practice.train(run: run, ["--steps", "1"])
    #expect(try resume().code == 0)
    let name = PracticeRun.checkpoint(practice.epochs)
    #expect(try folder.read("run/\(name)") == folder.read("whole/\(name)"))
  }

  @Test func moreEpochsMayBeAskedFor() throws {
    try Practice.phantoms.train(run: run, epochs: 1)
    #expect(try resume().output == "finished after epoch 1, step 5, seed 7: \(run)\n")
    #expect(try resume(["--epochs", "2"]).code == 0)
    #expect(try resume(["--epochs", "3", "--threads", "1"]).code == 0)
    #expect(try RunFolder.open(at: run).configuration().epochs == 3)
    try expectTheUninterruptedRun()
  }

  @Test(arguments: [
    ("--size 64", "32"), ("--batch 16", "8"), ("--channels 1", "3"), ("--nz 50", "100"),
    ("--ngf 8", "4"), ("--ndf 2", "4"), ("--lr 0.001", "0.0002"), ("--beta1 0.9", "0.5"),
    ("--label-smoothing 0.2", "0.1"), ("--lr-d 0.001", "0.0002"), ("--lr-g 0.5", "0.0002"),
    ("--instance-noise 0.2", "0.1"), ("--augment cutout", "translation,cutout"),
    ("--ema 0.5", "0.999"), ("--spectral-norm", nil),
    ("--seed 8", "7"), ("--split test", "train"), ("--limit 9", nil), ("--class NORMAL", nil),
  ])
  func aSettingThatCannotChangeIsRefusedWithBothValues(
    option: String, recorded: String?
  ) throws {
    try PracticeRun.copy(to: run)
    let outcome = try resume(Practice.words(option))
    #expect(outcome.code == 1)
    let beginning = recorded.map { "with \($0)" } ?? "without this option"
    #expect(
      outcome.error == "dcgan train: \(option): the run in \(run) was started \(beginning); "
        + "leave the option out, or start a new run in another --run folder\n")
    #expect(Data(try folder.read("run/config.json")) == (try PracticeRun.read("config.json")))
  }

  @Test func theSameSettingsMayBeRepeated() throws {
    try PracticeRun.copy(to: run)
    let outcome = try Executable.run(
      Practice.phantoms.training(run: run, ["--resume", "--split", "train"]))
    #expect(outcome.output == "finished after epoch 3, step 15, seed 7: \(run)\n")
  }

  @Test func anotherKernelVariantIsToldOnce() throws {
    try Practice.phantoms.train(run: run, epochs: 1)
    let recorded = try RunFolder.open(at: run).configuration().variant
    let other = try #require(["baseline", "avx2"].first { $0 != recorded })
    guard Variant.supported.contains(where: { $0.rawValue == other }) else { return }
    let outcome = try Executable.run(
      ["train", "--run", run, "--resume", "--quiet", "--epochs", "2"],
      environment: ["DCGAN_VARIANT": other])
    #expect(outcome.code == 0)
    #expect(
      outcome.error
        == "warning: the run was computed with \(recorded) kernels and continues with \(other): "
        + "the last digits of its numbers will differ from those of an uninterrupted run; set "
        + "DCGAN_VARIANT=\(recorded) to use the same kernels\n")
    #expect(try RunFolder.open(at: run).configuration().variant == other)
  }

  @Test func theCheckpointToGoOnFromIsNamedWhereTheNewestIsDamaged() throws {
    try PracticeRun.copy(to: run)
    let newest = "run/\(PracticeRun.checkpoint(3))"
    var bytes = Data(try folder.read(newest))
    bytes[bytes.count / 2] ^= 1
    try folder.add(bytes, as: newest)
    let outcome = try resume()
    #expect(outcome.code == 1)
    #expect(outcome.error.hasPrefix("dcgan train: \(folder.file(newest)): tensor '"))
    #expect(
      outcome.error.hasSuffix(
        "; the file is damaged; continue from the previous one with --resume --epoch 2\n"),
      "\(outcome.error)")
    let sampling = try Executable.run(["sample", "--run", run, "--out", folder.file("out")])
    #expect(sampling.code == 1)
    #expect(
      sampling.error.hasSuffix("; use the previous one with --epoch 2\n"), "\(sampling.error)")

    let resumed = try resume(["--epoch", "2", "--quiet"])
    #expect(resumed.output == "finished after epoch 3, step 15, seed 7: \(run)\n")
    #expect(
      resumed.error
        == "warning: a later epoch's checkpoint was renamed to "
        + "\(folder.file(newest)).set-aside\n")
    #expect(Data(try folder.read("\(newest).set-aside")) == bytes)
    try expectTheUninterruptedRun()
  }

  /// Killed on the way, before there is a new checkpoint, it must not find the later ones again.
  @Test func goneBackItStaysThere() throws {
    try PracticeRun.copy(to: run)
    #expect(try resume(["--epoch", "1", "--steps", "6"]).code == 0)
    #expect(try RunFolder.open(at: run).checkpointEpochs() == [1, 2])
    #expect(try MetricsLog.read("\(run)/metrics.jsonl").map(\.step) == Array(1...6))
    #expect(try resume().code == 0)
    try expectTheUninterruptedRun()
  }

  @Test func anEpochWithoutCheckpointIsNamed() throws {
    try PracticeRun.copy(to: run)
    let outcome = try resume(["--epoch", "9"])
    #expect(outcome.code == 1)
    #expect(
      outcome.error
        == "dcgan train: \(run): has no checkpoint of epoch 9; choose another with --epoch: "
        + "1-3\n")
  }

  @Test func whatDoesNotDecideTheNumbersMayChange() throws {
    try Practice.phantoms.train(run: run, epochs: 1)
    let outcome = try resume(
      Practice.words(
        "--epochs 3 --threads 1 --keep 1 --keep-every 2 --checkpoint-every 1 --strict"))
    #expect(outcome.code == 0)
    #expect(try RunFolder.open(at: run).checkpointEpochs() == [2, 3])
    let name = PracticeRun.checkpoint(3)
    #expect(Data(try folder.read("run/\(name)")) == (try PracticeRun.read(name)))
    let settings = try RunFolder.open(at: run).configuration()
    #expect(settings.keep == 1 && settings.keepEvery == 2 && settings.threads == 1)
    #expect(settings.strict)
  }

  @Test func linesThatWereLostAreCounted() throws {
    try PracticeRun.copy(to: run)
    let text = String(decoding: try folder.read("run/metrics.jsonl"), as: UTF8.self)
    let lines = text.split(separator: "\n")
    try folder.write(
      (lines[..<4] + lines[6...] + lines[6...7]).joined(separator: "\n") + "\n",
      to: "run/metrics.jsonl")
    let outcome = try resume(["--quiet", "--epochs", "4"])
    #expect(outcome.code == 0)
    #expect(
      outcome.error == "warning: \(run)/metrics.jsonl lacks 2 of the 15 steps that the checkpoint "
        + "counts as done: its curves will have gaps\n")
    #expect(
      try MetricsLog.read("\(run)/metrics.jsonl").map(\.step) == Array(1...4) + Array(7...20))
  }

  @Test func dataIsFoundFromElsewhereAndAskedForOnceItHasMoved() throws {
    try FileManager.default.copyItem(
      atPath: Practice.phantoms.data, toPath: folder.file("data"))
    let line = "--data data --run \(run) --size 32 --ngf 1 --ndf 1 --batch 8 --epochs 1"
    #expect(
      try Executable.run(["train"] + Practice.words(line), in: folder.path).code == 0)
    #expect(try Executable.run(["train", "--run", run, "--resume"], in: "/").code == 0)
    try FileManager.default.moveItem(atPath: folder.file("data"), toPath: folder.file("moved"))
    let outcome = try Executable.run(["train", "--run", run, "--resume"], in: "/")
    #expect(outcome.code == 1)
    #expect(
      outcome.error == "dcgan train: \(folder.file("data")): the run in \(run) began with "
        + "this folder, which is not there now; give its present path with --data\n")
    #expect(try resume(["--data", folder.file("moved")]).code == 0)
  }

  @Test func aFolderWithSpacesIsNamedAsAShellTakesIt() throws {
    let run = folder.file("my run")
    let stopped = try Practice.phantoms.train(run: run, epochs: 1, ["--steps", "1"])
    #expect(
      stopped.output.hasSuffix(": \(run); continue with dcgan train --run '\(run)' --resume\n"))
  }

  /// Data in the working folder, in which the run, its samples and a second run lie too.
  @Test func aRunWithinItsDataIsNotItsData() throws {
    for kind in ["NORMAL", "PNEUMONIA"] {
      try FileManager.default.copyItem(
        atPath: "\(Practice.phantoms.data)/train/\(kind)", toPath: folder.file(kind))
    }
    for line in [
      "train --data . --size 32 --ngf 1 --ndf 1 --batch 8 --epochs 1", "sample --count 2",
      "train --data . --run . --size 32 --ngf 1 --ndf 1 --batch 8 --epochs 1",
      "sample --run . --out . --count 2", "train --resume --epochs 2",
      "train --run . --resume --epochs 2",
    ] {
      let outcome = try Executable.run(Practice.words(line), in: folder.path)
      #expect(outcome.code == 0, "\(line): \(outcome.error)")
    }
    for run in [folder.path, folder.file("dcgan-run")] {
      #expect(try RunFolder.open(at: run).configuration().images == 39)
    }
    let scores = try Executable.run(["score", "./samples"], in: folder.path)
    #expect(scores.outputLines.count == 2)
  }

  /// Other images in val and test do not change what is trained, but what scores are calibrated on.
  @Test func otherHeldOutImagesAreToldWithBothDigests() throws {
    let data = folder.file("data")
    try FileManager.default.copyItem(atPath: Practice.phantoms.data, toPath: data)
    let words = Practice.words("--size 32 --ngf 1 --ndf 1 --batch 8 --quiet")
    let begun = try Executable.run(
      ["train", "--data", data, "--run", run, "--epochs", "1"] + words)
    #expect(begun.code == 0 && begun.error.isEmpty)
    let recorded = try #require(try RunFolder.open(at: run).configuration().heldOutDigest)
    let before = try #require(try ImageFolder.heldOut(root: data, count: 256))
    #expect(recorded == before.digest)
    #expect(try resume(["--quiet", "--epochs", "2"]).error.isEmpty)

    try FileManager.default.removeItem(atPath: "\(data)/test")
    let digest = try #require(try ImageFolder.heldOut(root: data, count: 256)).digest
    let outcome = try resume(["--quiet", "--epochs", "3"])
    #expect(outcome.code == 0)
    #expect(
      outcome.error
        == "warning: \(data): the images held out for validation and testing have changed since "
        + "the run began (digest \(digest), recorded \(recorded)): training is not affected, "
        + "but scores are calibrated on other images from now on; restore the original images, "
        + "or name their folder with --data\n")

    // What the run began with stays recorded: the others are told again, the first are not.
    #expect(try resume(["--quiet", "--epochs", "4"]).error == outcome.error)
    try FileManager.default.copyItem(
      atPath: "\(Practice.phantoms.data)/test", toPath: "\(data)/test")
    #expect(try resume(["--quiet", "--epochs", "5"]).error.isEmpty)

    // A run of an older version has no digest, and goes on; so does one that had no such images.
    let path = "run/config.json"
    let settings = String(decoding: try folder.read(path), as: UTF8.self)
    #expect(settings.contains("\"held_out_digest\" : \"\(recorded)\""))
    try folder.write(
      settings.replacing("  \"held_out_digest\" : \"\(recorded)\",\n", with: ""), to: path)
    for part in ["test", "val"] { try FileManager.default.removeItem(atPath: "\(data)/\(part)") }
    #expect(try resume(["--quiet", "--epochs", "6"]).error.isEmpty)
    #expect(try RunFolder.open(at: run).configuration().heldOutDigest == "none")
  }

  @Test func otherImagesAreRefusedAndTheSameElsewhereAreNot() throws {
    try PracticeRun.copy(to: run)
    let moved = folder.file("moved")
    try FileManager.default.copyItem(atPath: Practice.phantoms.data, toPath: moved)
    #expect(try resume(["--data", moved]).code == 0)
    #expect(try RunFolder.open(at: run).configuration().dataPath == moved)

    let recorded = try RunFolder.open(at: run).configuration().dataDigest
    try FileManager.default.removeItem(atPath: "\(moved)/train/NORMAL/phantom-0001.jpeg")
    let digest = try ImageFolder(root: moved).digest
    let outcome = try resume(["--data", moved])
    #expect(outcome.code == 1)
    #expect(
      outcome.error.hasPrefix(
        "dcgan train: \(moved): the files have changed since the run in \(run) began: 38 now, "
          + "39 then; missing: 'train/NORMAL/phantom-0001.jpeg'. Restore the original files,"))
    #expect(
      outcome.error.contains("dcgan export --run \(run) --epoch 3 --out netG.safetensors && "))
    #expect(
      outcome.error.hasSuffix(
        "--run ./another-run --size 32 --channels 3 --nz 100 --ngf 4 --ndf 4 --batch 8 "
          + "--init-generator netG.safetensors --init-discriminator netD.safetensors\n"))
    #expect(digest != recorded)

    let accepted = try resume(["--data", moved, "--accept-changed-data", "--epochs", "4"])
    #expect(accepted.code == 0, "\(accepted.error)")
    let settings = try RunFolder.open(at: run).configuration()
    #expect(settings.images == 38 && settings.dataDigest == digest)
    #expect(
      settings.data.dataChanges == [DataChange(step: 15, epoch: 3, images: 39, digest: recorded)])
    #expect(try RunSummary(contentsOf: run).epochsDone == 4)
    // From here on these are its images.
    #expect(try resume(["--data", moved, "--epochs", "5"]).code == 0)
    let earlier = try resume(["--data", moved, "--epochs", "6", "--epoch", "3"])
    #expect(earlier.code == 0, "\(earlier.error)")
  }
}
