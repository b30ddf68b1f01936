import Checkpoints
import DCGAN
import Foundation
import Support
import Tensor
import TestSupport
import Testing
import Training

@Suite struct NetworkFileTests {
  private let folder: TemporaryFolder
  private let settings = ModelSettings(size: 32, channels: 1, nz: 5, ngf: 2, ndf: 3)
  private let model: AdversarialModel
  private let checkpoint: Checkpoint

  init() throws {
    folder = try TemporaryFolder()
    model = AdversarialModel(settings, seed: 4)
    for network in [model.generator, model.discriminator] {
      for (index, buffer) in network.buffers.enumerated() {
        buffer.value.assign(
          Tensor(
            (0..<buffer.value.count).map { Float(index + $0) / 7 }, shape: buffer.value.shape))
      }
    }
    model.generatorOptimizer.step = 21
    model.discriminatorOptimizer.step = 21
    checkpoint = model.checkpoint(
      at: TrainingPosition(step: 21, stepsPerEpoch: 7), seed: 4, images: 7)
  }

  private func write(_ kind: NetworkKind, _ name: String) throws -> String {
    let path = folder.file(name)
    try NetworkFile(kind, of: checkpoint).write(to: path)
    return path
  }

  /// Writes the generator after a change to its tensors.
  private func damaged(_ change: (inout SafeTensors) -> Void) throws -> String {
    var tensors = NetworkFile(.generator, of: checkpoint).tensors
    change(&tensors)
    let path = folder.file("damaged.safetensors")
    try tensors.write(to: path)
    return path
  }

  private func refusal(
    _ path: String, _ kind: NetworkKind = .generator, _ settings: ModelSettings? = nil
  ) -> String? {
    message {
      _ = try NetworkFile(kind, contentsOf: path, settings: settings ?? self.settings)
    }
  }

  @Test(arguments: [(NetworkKind.generator, 21), (.discriminator, 63)] as [(NetworkKind, Int64)])
  func holdsEveryTensorByItsBareName(kind: NetworkKind, batches: Int64) throws {
    let tensors = try SafeTensors(contentsOf: try write(kind, "a.safetensors"))
    let expected = kind.shapes(settings)
    #expect(tensors.entries.map(\.name) == expected.map(\.name))
    #expect(tensors.entries.map(\.shape) == expected.map(\.shape))
    for entry in tensors.entries {
      #expect(entry.values == checkpoint.tensors["\(kind.rawValue).\(entry.name)"]?.values)
    }
    let places = kind == .generator ? [1, 4, 7, 10] : [3, 6, 9]
    #expect(
      tensors.counters
        == places.map { .init(name: "main.\($0).num_batches_tracked", value: batches) })
    #expect(tensors.metadata["format"] == "pt")
    #expect(tensors.metadata["network"] == kind.rawValue)
    #expect(tensors.metadata["epoch"] == "3" && tensors.metadata["step"] == "21")
  }

  @Test func networksStartFromFilesBitForBit() throws {
    let initial = try InitialNetworks(
      generator: try write(.generator, "g.safetensors"),
      discriminator: try write(.discriminator, "d.safetensors"), settings: settings)
    let other = AdversarialModel(settings, seed: 5)
    try initial.apply(to: other)
    #expect(other.generator.entries(prefix: "") == model.generator.entries(prefix: ""))
    #expect(other.discriminator.entries(prefix: "") == model.discriminator.entries(prefix: ""))
    #expect(other.generatorOptimizer.step == 0)
  }

  @Test func oneNetworkMayStartAtRandom() throws {
    let initial = try InitialNetworks(
      generator: nil, discriminator: try write(.discriminator, "d.safetensors"),
      settings: settings)
    let (other, fresh) = (
      AdversarialModel(settings, seed: 5), AdversarialModel(settings, seed: 5)
    )
    try initial.apply(to: other)
    #expect(other.generator.entries(prefix: "") == fresh.generator.entries(prefix: ""))
    #expect(other.discriminator.entries(prefix: "") == model.discriminator.entries(prefix: ""))
    #expect(initial[.generator] == nil)
    #expect(initial[.discriminator]?.file == folder.file("d.safetensors"))
  }

  @Test func countersMayBeMissing() throws {
    let path = try damaged { $0.counters = [] }
    #expect(refusal(path) == nil)
  }

  @Test func everyTensorThatDoesNotFitIsNamed() throws {
    let path = try damaged { tensors in
      tensors.entries.removeAll { $0.name == "main.4.running_var" }
      tensors.entries.append(.init(name: "main.14.weight", shape: [1], values: [0]))
      tensors.counters.append(.init(name: "main.2.num_batches_tracked", value: 0))
      let last = tensors.entries.firstIndex { $0.name == "main.12.weight" }!
      tensors.entries[last] = .init(
        name: "main.12.weight", shape: [2, 1, 2, 8], values: tensors.entries[last].values)
    }
    #expect(
      refusal(path)
        == "\(path): not a usable generator: main.4.running_var: expected the shape [8], found no such "
        + "tensor; main.12.weight: expected the shape [2, 1, 4, 4], found [2, 1, 2, 8]; "
        + "expected no tensor 'main.14.weight', found one; expected no tensor "
        + "'main.2.num_batches_tracked', found one")
  }

  @Test(arguments: [
    ("main.3.weight", Float.nan, "main.3.weight: expected finite numbers, found nan"),
    ("main.1.running_var", -1, "main.1.running_var: expected no number below zero, found -1.0"),
  ])
  func numbersThatNoTrainingMakesAreNamed(name: String, value: Float, problem: String) throws {
    let path = try damaged { tensors in
      let index = tensors.entries.firstIndex { $0.name == name }!
      tensors.entries[index].values[1] = value
    }
    #expect(refusal(path) == "\(path): not a usable generator: \(problem)")
  }

  @Test func theOptionsThatFitAreNamed() throws {
    let generator = try write(.generator, "g.safetensors")
    let wide = ModelSettings(size: 64, channels: 3, nz: 5, ngf: 2, ndf: 3)
    #expect(
      refusal(generator, .generator, wide)?.hasSuffix(
        "; it fits 'size' 32 'channels' 1 'nz' 5 'ngf' 2") == true)
    let discriminator = try write(.discriminator, "d.safetensors")
    #expect(
      refusal(discriminator, .discriminator, wide)?.hasSuffix(
        "; it fits 'size' 32 'channels' 1 'ndf' 3") == true)
    #expect(refusal(discriminator)?.hasSuffix("; it is a discriminator") == true)
  }

  @Test(arguments: ["module.", "generator.", "state.dict."])
  func namesMayAllHaveTheSameBeforeThem(prefix: String) throws {
    let path = try damaged { tensors in
      tensors.entries = tensors.entries.map {
        .init(name: prefix + $0.name, shape: $0.shape, values: $0.values)
      }
      tensors.counters = tensors.counters.map { .init(name: prefix + $0.name, value: $0.value) }
    }
    let bare = NetworkFile(.generator, of: checkpoint)
    let read = try NetworkFile(.generator, contentsOf: path, settings: settings)
    #expect(read.tensors == bare.tensors)
    #expect(read.digest == bare.digest)
  }

  @Test func namesOfSeveralNetworksAreExplained() throws {
    let path = try damaged { tensors in
      tensors.entries = tensors.entries.map {
        .init(name: "module." + $0.name, shape: $0.shape, values: $0.values)
      }
    }
    #expect(
      refusal(path)?.hasSuffix("; leave out all tensors except those of 'module.'") == true)
  }

  @Test func namesOfABareSequentialAreExplained() throws {
    let path = try damaged { tensors in
      tensors.entries = tensors.entries.map {
        .init(name: String($0.name.dropFirst(5)), shape: $0.shape, values: $0.values)
      }
    }
    #expect(refusal(path)?.hasSuffix("; prefix the names with 'main.'") == true)
  }

  @Test(arguments: NetworkKind.allCases)
  func aWholeCheckpointHoldsBoth(kind: NetworkKind) throws {
    let path = folder.file("checkpoint.safetensors")
    try checkpoint.write(to: path)
    let read = try NetworkFile(kind, contentsOf: path, settings: settings)
    let bare = NetworkFile(kind, of: checkpoint)
    #expect(read.tensors.entries.map(\.name).sorted() == bare.tensors.entries.map(\.name).sorted())
    #expect(read.digest == bare.digest)
    #expect(try NetworkFile(kind, contentsOf: path).digest == bare.digest)
  }

  @Test func whatTorchSaveWritesIsToldApart() throws {
    let path = Fixtures.path("weights/torch.pth")
    #expect(
      refusal(path)?.hasPrefix(
        "\(path): expected a safetensors file, found a zip archive with a Python pickle, as "
          + "written by torch.save; convert it with two lines of Python, ") == true)
  }

  @Test func `a file other than the one the run began with is refused`() throws {
    let path = try write(.generator, "g.safetensors")
    let initial = try InitialNetworks(generator: path, discriminator: nil, settings: settings)
    let digest = try #require(initial[.generator]?.digest)
    var run = RunConfiguration(
      data: RunData(dataPath: "d", split: "all", dataDigest: "", images: 7),
      model: ModelSettings(size: 32, channels: 1, nz: 5, ngf: 2, ndf: 3),
      training: RunTraining(seed: 1, initialGenerator: initial[.generator]),
      program: RunProgram(variant: "avx2", threads: 1))
    #expect(message { _ = try InitialNetworks(of: run) } == nil)
    run.initialGenerator = RecordedNetwork(file: path, digest: "0123456789abcdef")
    #expect(
      message { _ = try InitialNetworks(of: run) }
        == "\(path): expected the generator that the run began with (digest "
        + "0123456789abcdef), found another (\(digest)); restore it, or start a new run in another "
        + "'run' folder")
  }
}
