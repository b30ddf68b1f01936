import DCGAN
import Foundation
import Tensor
import TestSupport
import Testing

/// The whole model against training steps recorded from PyTorch.
@Suite struct GoldenTests {
  /// The files under `Fixtures/golden`, and those of the folder that `DCGAN_GOLDEN_DIR` names.
  static let files: [String] = {
    let extra = ProcessInfo.processInfo.environment["DCGAN_GOLDEN_DIR"]
    let folders = [Fixtures.path("golden")] + (extra.map { [$0] } ?? [])
    return folders.flatMap { folder in
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      return names.filter { $0.hasSuffix(".safetensors") }.sorted().map { "\(folder)/\($0)" }
    }
  }()

  @Test func thereAreGoldenFiles() {
    #expect(Self.files.count >= 4)
  }

  @Test(arguments: files, Variant.supported)
  func trainingAgreesWithPyTorch(path: String, variant: Variant) throws {
    let golden = try GoldenFile(path: path)
    let model = try golden.makeModel()
    let backend = Backend(variant: variant, threads: 2)
    for step in 0..<golden.steps {
      let result = model.step(
        real: try golden.images("step\(step).real"),
        latents: try golden.latents("step\(step).noise"),
        backend)
      let prefix = "step\(step)."
      try golden.expect(prefix + "loss_d_real", [result.discriminatorLossReal])
      try golden.expect(prefix + "loss_d_fake", [result.discriminatorLossFake])
      try golden.expect(prefix + "loss_g", [result.generatorLoss])
      try golden.expect(prefix + "d_real", result.realScores)
      try golden.expect(prefix + "d_fake", result.fakeScores)
      try golden.expect(prefix + "g_fake", result.updatedFakeScores)
      if step == 0 { try golden.expectGradients(of: model) }
    }
    try golden.expectFinalState(of: model)
    let fakes = model.generate(try golden.latents("step0.noise"), backend)
    try golden.expect("eval.fake", golden.channelsFirst(fakes))
    try golden.expect("eval.score_fake", model.score(fakes, backend))
    try golden.expect(
      "eval.score_real", model.score(try golden.images("step0.real"), backend))
  }
}

/// One file of recorded steps.
private struct GoldenFile {
  let tensors: SafeTensors
  let path: String
  let settings: ModelSettings
  let adam: AdamSettings
  let steps: Int

  init(path: String) throws {
    self.path = path
    tensors = try SafeTensors(contentsOf: path)
    let metadata = tensors.metadata
    func number(_ key: String) throws -> Int { try #require(Int(metadata[key] ?? ""), "\(key)") }
    settings = ModelSettings(
      size: try number("size"), channels: try number("channels"), nz: try number("nz"),
      ngf: try number("ngf"), ndf: try number("ndf"))
    adam = AdamSettings(
      learningRate: try #require(Double(metadata["lr"] ?? "")),
      beta1: try #require(Double(metadata["beta1"] ?? "")))
    steps = try number("steps")
  }

  /// Makes the model with the recorded first weights.
  func makeModel() throws -> AdversarialModel {
    let model = AdversarialModel(settings, adam: adam, seed: 0)
    try model.generator.load(tensors, prefix: "init.generator.", path: path)
    try model.discriminator.load(tensors, prefix: "init.discriminator.", path: path)
    return model
  }

  func images(_ name: String) throws -> Tensor {
    let entry = try #require(tensors[name])
    return Tensor(
      Layouts.toChannelsLast(entry.values, shape: entry.shape),
      shape: Shape(entry.shape[0], entry.shape[2], entry.shape[3], entry.shape[1]))
  }

  func channelsFirst(_ images: Tensor) -> [Float] {
    let shape = images.shape
    return Layouts.toChannelsFirst(
      images.values, shape: [shape.batch, shape.channels, shape.height, shape.width])
  }

  func latents(_ name: String) throws -> Tensor {
    let entry = try #require(tensors[name])
    return Tensor(entry.values, shape: Shape(entry.shape[0], 1, 1, entry.shape[1]))
  }

  /// Expects values within `tolerance` of the recorded ones, relative to the largest of them.
  func expect(_ name: String, _ found: [Float], tolerance: Double = 2e-5) throws {
    let expected = try #require(tensors[name], "\(name)").values.map(Double.init)
    let scale = expected.map(abs).max() ?? 0
    expectClose(found, expected, within: { _ in tolerance * scale + 1e-30 }, name)
  }

  func expectGradients(of model: AdversarialModel) throws {
    for (prefix, network) in [
      ("grad.generator.", model.generator), ("grad.discriminator.", model.discriminator),
    ] {
      for parameter in network.arena.parameters {
        let entry = Network.entry(name: prefix + parameter.name, parameter.gradient)
        try expect(entry.name, entry.values)
      }
    }
  }

  func expectFinalState(of model: AdversarialModel) throws {
    let entries =
      model.generator.entries(prefix: "final.generator.")
      + model.discriminator.entries(prefix: "final.discriminator.")
    for entry in entries { try expect(entry.name, entry.values) }
  }
}
