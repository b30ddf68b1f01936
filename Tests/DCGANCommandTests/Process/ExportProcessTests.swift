import Checkpoints
import Foundation
import TestSupport
import Testing
import Training

/// `dcgan export`, and `dcgan train` that starts from its files.
@Suite(.slow) struct ExportProcessTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ line: String) throws -> Executable.Outcome {
    try Executable.run(
      line + " ", ["folder": folder.path, "run": PracticeRun.path, "data": Practice.phantoms.data])
  }

  private func export() throws {
    #expect(try run("export --run {run} --out {folder}/g.safetensors").code == 0)
    #expect(try run("export --run {run} --out {folder}/d.safetensors --discriminator").code == 0)
  }

  /// The line of a training that starts from the exported files.
  private let training =
    "train --data {data} --run {folder}/run --size 32 --ngf 4 --ndf 4 --batch 8 --seed 11 "
    + "--init-generator {folder}/g.safetensors --init-discriminator {folder}/d.safetensors "

  @Test func `one network of the requested epoch is written`() throws {
    let outcome = try run("export --run {run} --out {folder}/g.safetensors --epoch 1")
    #expect(outcome.code == 0 && outcome.error.isEmpty)
    #expect(
      outcome.output
        == "wrote \(folder.file("g.safetensors")): the generator of epoch 1, size 32, nz 100, "
        + "ngf 4, channels 3\n")
    let checkpoint = try Checkpoint(
      contentsOf: "\(PracticeRun.path)/\(PracticeRun.checkpoint(1))")
    let file = try SafeTensors(contentsOf: folder.file("g.safetensors"))
    #expect(file == NetworkFile(.generator, of: checkpoint).tensors)
    #expect(file.counters.first == .init(name: "main.1.num_batches_tracked", value: 5))

    let json = try run("export --run {run} --out {folder}/d.safetensors --discriminator --json")
    let result = try TemporaryFolder.object(Data(json.output.utf8))
    #expect(result["network"] as? String == "discriminator")
    #expect(result["epoch"] as? Int == 3)
    #expect(result["ndf"] as? Int == 4 && result["ngf"] == nil)
    #expect(result["tensors"] as? Int == 20)
  }

  @Test func `an unwritable place is detected first`() throws {
    let outcome = try run("export --run {folder}/none --out {folder}/missing/g.safetensors")
    #expect(outcome.code == 1)
    #expect(outcome.error.contains(folder.file("missing")))
  }

  /// A step of the least rate leaves every weight as it was, and moves the running statistics.
  @Test func aRunStartsFromExportedNetworks() throws {
    try export()
    let outcome = try run(training + "--steps 1 --lr 1e-38")
    #expect(outcome.code == 0)
    #expect(
      outcome.errorLines.filter { $0.hasPrefix("starting") } == [
        "starting from \(folder.file("g.safetensors"))",
        "starting from \(folder.file("d.safetensors"))",
      ])
    let made = try Checkpoint(contentsOf: folder.file("run/" + PracticeRun.checkpoint(1)))
    for (kind, name) in [("generator", "g.safetensors"), ("discriminator", "d.safetensors")] {
      for entry in try SafeTensors(contentsOf: folder.file(name)).entries {
        let values = made.tensors["\(kind).\(entry.name)"]?.values
        let isKept = values == entry.values
        #expect(isKept == CheckpointShapes.isParameter(entry.name), "\(entry.name)")
      }
    }
    let recorded = try RunFolder.open(at: folder.file("run")).configuration()
    #expect(recorded.initialGenerator?.file == folder.file("g.safetensors"))
    #expect(recorded.initialDiscriminator?.digest.count == 16)
    let info = try run("info {folder}/run")
    #expect(info.output.contains("g.safetensors, \(folder.file("d.safetensors"))"))
  }

  /// A run that stopped before its first checkpoint has nothing but the files to begin with again.
  @Test func `a run without a checkpoint starts from the same files again`() throws {
    try export()
    #expect(try run(training + "--steps 2 --quiet").code == 0)
    let checkpoint = "run/" + PracticeRun.checkpoint(1)
    let expected = try folder.read(checkpoint)
    try FileManager.default.removeItem(atPath: folder.file(checkpoint))
    #expect(try run("train --resume --run {folder}/run --steps 2 --quiet").code == 0)
    #expect(try folder.read(checkpoint) == expected)

    try FileManager.default.removeItem(atPath: folder.file(checkpoint))
    #expect(try run("export --run {run} --epoch 1 --out {folder}/g.safetensors").code == 0)
    let refused = try run("train --resume --run {folder}/run --steps 2 --quiet")
    #expect(refused.code == 1)
    #expect(
      refused.error.hasPrefix(
        "dcgan train: \(folder.file("g.safetensors")): expected the generator that the run "
          + "began with (digest "))
  }

  @Test(arguments: [
    (
      "--size 64 --ngf 4 --ndf 4",
      "main.0.weight: expected the shape [100, 32, 4, 4], found [100, 32, 2, 2]; "
        + "it fits --size 32 --channels 3 --nz 100 --ngf 4"
    ),
    ("--size 32 --ngf 4 --ndf 4 --init-discriminator {folder}/g.safetensors", "it is a generator"),
  ])
  func `networks of other sizes are refused before anything is written`(
    options: String, end: String
  ) throws {
    try export()
    let start = options.contains("--init-d") ? "" : " --init-generator {folder}/g.safetensors "
    let outcome = try run("train --data {data} --run {folder}/run " + options + start)
    #expect(outcome.code == 1)
    #expect(outcome.error.hasSuffix("\(end)\n"), "\(outcome.error)")
    #expect(outcome.errorLines.count == 1)
    #expect(try folder.names() == ["d.safetensors", "g.safetensors"])
  }
}
