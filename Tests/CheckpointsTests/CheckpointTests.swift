import Checkpoints
import DCGAN
import Foundation
import Support
import TestSupport
import Testing

@Suite struct CheckpointTests {
  private let metadata = CheckpointMetadata(
    version: "1.0", epoch: 3, step: 240, seed: .max,
    settings: ModelSettings(size: 32, channels: 1, nz: 2, ngf: 1, ndf: 2),
    generatorOptimizerStep: 240, discriminatorOptimizerStep: 241, extra: ["random.noise": "9"])

  /// Makes a checkpoint in which every value is different.
  private func checkpoint() -> Checkpoint {
    var next: Float = 0
    let entries = metadata.expectedShapes.map { name, shape in
      let values = (0..<shape.reduce(1, *)).map { next + Float($0) / 1024 }
      next += 1
      return SafeTensors.Entry(name: name, shape: shape, values: values)
    }
    return Checkpoint(metadata: metadata, entries: entries)
  }

  @Test func comesBackAndIsWrittenTheSameAgain() throws {
    let folder = try TemporaryFolder()
    let original = checkpoint()
    try original.write(to: folder.file("a.safetensors"))
    let back = try Checkpoint(contentsOf: folder.file("a.safetensors"))
    #expect(back == original)
    #expect(back.metadata == metadata)
    try back.write(to: folder.file("b.safetensors"))
    #expect(try folder.read("a.safetensors") == folder.read("b.safetensors"))
  }

  @Test func changedMetadataIsWritten() throws {
    let folder = try TemporaryFolder()
    var changed = checkpoint()
    changed.metadata.epoch = 4
    try changed.write(to: folder.file("a.safetensors"))
    #expect(try Checkpoint(contentsOf: folder.file("a.safetensors")).metadata.epoch == 4)
  }

  @Test func namesEveryTensorThatDoesNotFit() throws {
    let folder = try TemporaryFolder()
    var wrong = checkpoint()
    wrong.tensors.entries.removeAll { $0.name == "discriminator.main.3.running_mean" }
    let weight = "generator.main.0.weight"
    let index = try #require(wrong.tensors.entries.firstIndex { $0.name == weight })
    wrong.tensors.entries[index] = .init(
      name: weight, shape: [8, 2, 2, 2], values: Array(repeating: 0, count: 64))
    wrong.tensors.entries.append(
      .init(name: "generator.main.1.num_batches", shape: [], values: [3]))
    let path = folder.file("a.safetensors")
    let expected =
      "\(path): not a usable checkpoint: generator.main.0.weight: expected the shape [2, 8, 2, "
      + "2], found [8, 2, 2, 2]; discriminator.main.3.running_mean: expected the shape [4], "
      + "found no such tensor; expected no tensor 'generator.main.1.num_batches', found one"
    #expect(message { try wrong.write(to: path) } == expected)
    #expect(try folder.names() == [])
    try SafeTensors(metadata: metadata.strings, entries: wrong.tensors.entries).write(to: path)
    #expect(message { _ = try Checkpoint(contentsOf: path) } == expected)
  }

  @Test(arguments: [
    ("generator.main.3.weight", Float.nan, "finite numbers, found nan"),
    ("discriminator.main.3.running_mean", -.infinity, "finite numbers, found -inf"),
    ("generator.main.1.running_var", -0.5, "no number below zero, found -0.5"),
    (
      "optimizer.discriminator.exp_avg_sq.main.0.weight", -1,
      "no number below zero, found -1.0"
    ),
    ("optimizer.generator.exp_avg.main.1.bias", .infinity, "finite numbers, found inf"),
  ])
  func numbersThatNoTrainingMakesAreRefused(name: String, value: Float, problem: String) throws {
    var damaged = checkpoint()
    let index = try #require(damaged.tensors.entries.firstIndex { $0.name == name })
    var values = damaged.tensors.entries[index].values
    values[1] = value
    damaged.tensors.entries[index] = .init(
      name: name, shape: damaged.tensors.entries[index].shape, values: values)
    #expect(
      message { _ = try AdversarialModel(resuming: damaged, path: "f") }
        == "f: not a usable checkpoint: \(name): expected \(problem)")
    if !name.hasPrefix("optimizer") {
      #expect(
        message { _ = try AdversarialModel(damaged, path: "f") }
          == "f: not a usable checkpoint: \(name): expected \(problem)")
    }
  }

  @Test func momentsAreReadForTrainingOnly() throws {
    let saved = checkpoint()
    let resumed = try AdversarialModel(resuming: saved, path: "f")
    let back = resumed.checkpoint(
      at: TrainingPosition(step: 240, stepsPerEpoch: 80), seed: .max, images: 640)
    for entry in saved.tensors.entries { #expect(back.tensors[entry.name] == entry) }
    #expect(back.metadata.generatorOptimizerStep == 240)
    #expect(back.metadata.discriminatorOptimizerStep == 241)

    let scoring = try AdversarialModel(saved, path: "f")
    #expect(scoring.generator.arena.values.values == resumed.generator.arena.values.values)
    #expect(scoring.discriminator.arena.values.values == resumed.discriminator.arena.values.values)
    #expect(scoring.generatorOptimizer.step == 0)
    #expect(scoring.generatorOptimizer.firstMoment.values.allSatisfy { $0 == 0 })
    var without = saved
    without.tensors.entries.removeAll { $0.name.hasPrefix("optimizer") }
    #expect(message { _ = try AdversarialModel(without, path: "f") } == nil)
    #expect(message { _ = try AdversarialModel(resuming: without, path: "f") } != nil)
  }

  @Test func aFileOfOtherTensorsIsRefused() throws {
    let path = Fixtures.path("golden/size64-nz16-ngf4-grey-batch2.safetensors")
    #expect(
      message { _ = try Checkpoint(contentsOf: path) }
        == "\(path): not a usable checkpoint: metadata format: expected 'dcgan-1', found none")
  }

  @Test func manyProblemsAreCounted() {
    let shown = message { try metadata.validate(SafeTensors()) }
    #expect(shown?.hasSuffix("; and \(metadata.expectedShapes.count - 6) more") == true)
  }

  /// Golden files hold PyTorch's own state dicts: their names and shapes are the ones to expect.
  @Test(arguments: [
    "size32-nz8-ngf8-ndf4-batch3", "size64-nz16-ngf4-grey-batch2", "size128-nz4-ngf2-grey-batch2",
    "size256-nz2-ngf1-grey-batch1",
  ])
  func namesAndShapesArePyTorchs(_ name: String) throws {
    let golden = try SafeTensors(contentsOf: Fixtures.path("golden/\(name).safetensors"))
    func setting(_ key: String) throws -> Int { try #require(Int(golden.metadata[key] ?? "")) }
    let expected = CheckpointShapes.all(
      ModelSettings(
        size: try setting("size"), channels: try setting("channels"), nz: try setting("nz"),
        ngf: try setting("ngf"), ndf: try setting("ndf")))
    let states = expected.filter { !$0.name.hasPrefix("optimizer.") }
    let found = golden.entries.filter { $0.name.hasPrefix("init.") }
    #expect(Set(states.map { "init.\($0.name)" }) == Set(found.map(\.name)))
    for (name, shape) in states { #expect(golden["init.\(name)"]?.shape == shape) }

    // PyTorch's optimizer moves what has gradients; Adam keeps two moments of each.
    let moved = golden.entries.filter { $0.name.hasPrefix("grad.") }
    let moments = moved.flatMap { entry in
      let parts = entry.name.split(separator: ".", maxSplits: 2)
      return ["exp_avg", "exp_avg_sq"].map { "optimizer.\(parts[1]).\($0).\(parts[2])" }
    }
    let optimizer = expected.filter { $0.name.hasPrefix("optimizer.") }
    #expect(Set(optimizer.map(\.name)) == Set(moments))
    for (name, shape) in optimizer {
      let parts = name.split(separator: ".", maxSplits: 3)
      #expect(golden["grad.\(parts[1]).\(parts[3])"]?.shape == shape)
    }
  }

  @Test func ordersTensorsByNetworkAndLayer() {
    let names = metadata.expectedShapes.map(\.name)
    #expect(names.count == 21 + 17 + 2 * 13 + 2 * 11)
    #expect(Set(names).count == names.count)
    #expect(names.first == "generator.main.0.weight")
    #expect(names[20] == "generator.main.12.weight")
    #expect(names[21] == "discriminator.main.0.weight")
    #expect(names[37] == "discriminator.main.11.weight")
    #expect(names[38] == "optimizer.generator.exp_avg.main.0.weight")
    #expect(names[51] == "optimizer.generator.exp_avg_sq.main.0.weight")
    #expect(names.last == "optimizer.discriminator.exp_avg_sq.main.11.weight")
  }
}
