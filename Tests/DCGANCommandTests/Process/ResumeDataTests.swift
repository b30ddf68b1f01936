import DataSets
import Foundation
import Support
import TestSupport
import Testing
import Training

/// The data of a run that goes on: moved, changed, or around the run itself.
@Suite(.slow) struct ResumeDataTests {
  private let run: ResumableRun
  private var folder: TemporaryFolder { run.folder }

  init() throws { run = try ResumableRun() }

  @Test func `data is found from any working folder, and asked for once it has moved`() throws {
    try FileManager.default.copyItem(
      atPath: Practice.phantoms.data, toPath: folder.file("data"))
    let line = "--data data --run \(run.path) --size 32 --ngf 1 --ndf 1 --batch 8 --epochs 1"
    #expect(
      try Executable.run(["train"] + Practice.words(line), in: folder.path).code == 0)
    #expect(try Executable.run(["train", "--run", run.path, "--resume"], in: "/").code == 0)
    try FileManager.default.moveItem(atPath: folder.file("data"), toPath: folder.file("moved"))
    let outcome = try Executable.run(["train", "--run", run.path, "--resume"], in: "/")
    #expect(outcome.code == 1)
    #expect(
      outcome.error == "dcgan train: \(folder.file("data")): the run in \(run.path) began with "
        + "this folder, which is not there now; give its present path with --data\n")
    #expect(try run.resume(["--data", folder.file("moved")]).code == 0)
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
  @Test func `changed held-out images are reported with both digests`() throws {
    let data = folder.file("data")
    try FileManager.default.copyItem(atPath: Practice.phantoms.data, toPath: data)
    let words = Practice.words("--size 32 --ngf 1 --ndf 1 --batch 8 --quiet")
    let begun = try Executable.run(
      ["train", "--data", data, "--run", run.path, "--epochs", "1"] + words)
    #expect(begun.code == 0 && begun.error.isEmpty)
    let recorded = try #require(try RunFolder.open(at: run.path).configuration().heldOutDigest)
    let before = try #require(try ImageFolder.heldOut(root: data, count: 256))
    #expect(recorded == before.digest)
    #expect(try run.resume(["--quiet", "--epochs", "2"]).error.isEmpty)

    try FileManager.default.removeItem(atPath: "\(data)/test")
    let digest = try #require(try ImageFolder.heldOut(root: data, count: 256)).digest
    let outcome = try run.resume(["--quiet", "--epochs", "3"])
    #expect(outcome.code == 0)
    #expect(
      outcome.error
        == "warning: \(data): the images held out for validation and testing have changed since "
        + "the run began (digest \(digest), recorded \(recorded)): training is not affected, "
        + "but scores are calibrated on other images from now on; restore the original images, "
        + "or name their folder with --data\n")

    // What the run began with stays recorded: the others are told again, the first are not.
    #expect(try run.resume(["--quiet", "--epochs", "4"]).error == outcome.error)
    try FileManager.default.copyItem(
      atPath: "\(Practice.phantoms.data)/test", toPath: "\(data)/test")
    #expect(try run.resume(["--quiet", "--epochs", "5"]).error.isEmpty)

    // A run of an older version has no digest, and goes on; so does one that had no such images.
    let path = "run/config.json"
    let settings = String(decoding: try folder.read(path), as: UTF8.self)
    #expect(settings.contains("\"held_out_digest\" : \"\(recorded)\""))
    try folder.write(
      settings.replacing("  \"held_out_digest\" : \"\(recorded)\",\n", with: ""), to: path)
    for part in ["test", "val"] { try FileManager.default.removeItem(atPath: "\(data)/\(part)") }
    #expect(try run.resume(["--quiet", "--epochs", "6"]).error.isEmpty)
    #expect(try RunFolder.open(at: run.path).configuration().heldOutDigest == "none")
  }

  @Test func `changed images are refused, the same images elsewhere are not`() throws {
    try PracticeRun.copy(to: run.path)
    let moved = folder.file("moved")
    try FileManager.default.copyItem(atPath: Practice.phantoms.data, toPath: moved)
    #expect(try run.resume(["--data", moved]).code == 0)
    #expect(try RunFolder.open(at: run.path).configuration().dataPath == moved)

    let recorded = try RunFolder.open(at: run.path).configuration().dataDigest
    try FileManager.default.removeItem(atPath: "\(moved)/train/NORMAL/phantom-0001.jpeg")
    let digest = try ImageFolder(root: moved).digest
    let outcome = try run.resume(["--data", moved])
    #expect(outcome.code == 1)
    #expect(
      outcome.error.hasPrefix(
        "dcgan train: \(moved): the files have changed since the run in \(run.path) began: 38 now, "
          + "39 then; missing: 'train/NORMAL/phantom-0001.jpeg'. Restore the original files,"))
    #expect(
      outcome.error.contains("dcgan export --run \(run.path) --epoch 3 --out netG.safetensors && "))
    #expect(
      outcome.error.hasSuffix(
        "--run ./another-run --size 32 --channels 3 --nz 100 --ngf 4 --ndf 4 --batch 8 "
          + "--recipe stable --init-generator netG.safetensors --init-discriminator netD.safetensors\n"
      ))
    #expect(digest != recorded)

    let accepted = try run.resume(["--data", moved, "--accept-changed-data", "--epochs", "4"])
    #expect(accepted.code == 0, "\(accepted.error)")
    let settings = try RunFolder.open(at: run.path).configuration()
    #expect(settings.images == 38 && settings.dataDigest == digest)
    #expect(
      settings.data.dataChanges == [DataChange(step: 15, epoch: 3, images: 39, digest: recorded)])
    #expect(try RunSummary(contentsOf: run.path).epochsDone == 4)
    // From here on these are its images.
    #expect(try run.resume(["--data", moved, "--epochs", "5"]).code == 0)
    let earlier = try run.resume(["--data", moved, "--epochs", "6", "--epoch", "3"])
    #expect(earlier.code == 0, "\(earlier.error)")
  }
}
