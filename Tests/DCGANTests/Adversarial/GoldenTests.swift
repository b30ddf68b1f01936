import Checkpoints
import DCGAN
import Foundation
import Support
import Tensor
import TestSupport
import Testing

/// The whole model against training steps recorded from PyTorch.
@Suite struct GoldenTests {
  /// The folder that `DCGAN_GOLDEN_DIR` names.
  static let namedFolder = ProcessInfo.processInfo.environment["DCGAN_GOLDEN_DIR"]
    .flatMap { $0.isEmpty ? nil : $0 }

  /// The files under `Fixtures/golden`, and those of the named folder.
  static let files =
    files(in: Fixtures.path("golden")) + (namedFolder.map(files(in:)) ?? [])

  private static func files(in folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".safetensors") }.sorted().map { "\(folder)/\($0)" }
  }

  @Test func thereAreGoldenFiles() {
    #expect(Self.files(in: Fixtures.path("golden")).count >= 7)
  }

  @Test(.enabled(if: namedFolder != nil))
  func theNamedFolderHoldsGoldenFiles() throws {
    let folder = try #require(Self.namedFolder)
    #expect(!Self.files(in: folder).isEmpty, "DCGAN_GOLDEN_DIR=\(folder) holds no golden file")
  }

  @Test(arguments: files, Variant.supported)
  func trainingAgreesWithPyTorch(path: String, variant: Variant) throws {
    let golden = try GoldenFile(path: path)
    let model = try golden.makeModel()
    let backend = Backend(variant: variant, threads: 2)
    for step in 0..<golden.steps {
      let result = model.step(
        real: try golden.images("step\(step).real"),
        latents: try golden.latents("step\(step).noise"), labels: golden.labels(step), backend)
      let prefix = "step\(step)."
      try golden.expect(prefix + "loss_d_real", [result.discriminatorLossReal], .score)
      try golden.expect(prefix + "loss_d_fake", [result.discriminatorLossFake], .score)
      try golden.expect(prefix + "loss_g", [result.generatorLoss], .score)
      try golden.expect(prefix + "d_real", result.realScores, .score)
      try golden.expect(prefix + "d_fake", result.fakeScores, .score)
      try golden.expect(prefix + "g_fake", result.updatedFakeScores, .score)
      if step == 0 { try golden.expectGradients(of: model) }
    }
    try golden.expectFinalState(of: model)
    let labels = golden.labels(0)
    let fakes = model.generate(try golden.latents("step0.noise"), labels: labels, backend)
    try golden.expect("eval.fake", golden.channelsFirst(fakes), .forward)
    try golden.expect("eval.score_fake", model.score(fakes, labels: labels, backend), .score)
    try golden.expect(
      "eval.score_real",
      model.score(try golden.images("step0.real"), labels: labels, backend), .score)
  }
}

/// One file of recorded steps.
private struct GoldenFile {
  let tensors: SafeTensors
  let settings: ModelSettings
  let adam: AdamSettings
  let steps: Int

  init(path: String) throws {
    tensors = try SafeTensors(contentsOf: path)
    let metadata = tensors.metadata
    func number(_ key: String) throws -> Int { try #require(Int(metadata[key] ?? ""), "\(key)") }
    settings = ModelSettings(
      size: try number("size"), channels: try number("channels"), nz: try number("nz"),
      ngf: try number("ngf"), ndf: try number("ndf"),
      classes: metadata["classes"].flatMap { Int($0) }.map { ModelClasses(unnamed: $0) },
      hasMinibatchDeviation: metadata["minibatch_std"] == "true")
    adam = AdamSettings(
      learningRate: try #require(Double(metadata["lr"] ?? "")),
      beta1: try #require(Double(metadata["beta1"] ?? "")))
    steps = try number("steps")
  }

  /// The class of each image of a step; nil where the networks are told none.
  func labels(_ step: Int) -> [Int]? {
    tensors["step\(step).labels"].map { $0.values.map { Int($0) } }
  }

  /// Makes the model with the recorded first weights.
  func makeModel() throws -> AdversarialModel {
    let model = AdversarialModel(
      settings, adam: adam, seed: 0,
      isSpectrallyNormalized: tensors.metadata["spectral_norm"] == "true")
    try model.generator.load(tensors, prefix: "init.generator.")
    try model.discriminator.load(tensors, prefix: "init.discriminator.")
    try model.discriminator.loadSpectralNorms(
      tensors, prefix: "init.discriminator.", Backend(threads: 1))
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

  /// Expects values to be the recorded ones but for rounding.
  func expect(_ name: String, _ found: [Float], _ tolerance: Tolerance) throws {
    let expected = try #require(tensors[name], "\(name)").values.map(Double.init)
    let largest = expected.map(abs).max() ?? 0
    let bound = tolerance.relative * largest + tolerance.absolute
    expectClose(found, expected, within: { _ in bound }, name)
  }

  func expectGradients(of model: AdversarialModel) throws {
    for (prefix, network) in [
      ("grad.generator.", model.generator), ("grad.discriminator.", model.discriminator),
    ] {
      for parameter in network.arena.parameters {
        let entry = Network.entry(name: prefix + parameter.name, parameter.gradient)
        try expect(entry.name, entry.values, .gradient)
      }
    }
  }

  func expectFinalState(of model: AdversarialModel) throws {
    let entries =
      model.generator.entries(prefix: "final.generator.")
      + model.discriminator.entries(prefix: "final.discriminator.")
    for entry in entries {
      let isParameter = CheckpointShapes.isParameter(entry.name)
      try expect(
        entry.name, entry.values,
        isParameter ? .parameter(rate: adam.learningRate) : .forward)
    }
  }
}

/// How far numbers may be from PyTorch's: a few times what PyTorch's own are from double
/// precision's, as `Fixtures/README.md` has it, because either side rounds in an order of its own.
///
/// Winograd's transforms add to it in layers of at least 16 channels: sums of inputs with factors up
/// to 3 and of products with factors up to 8.
private struct Tolerance {
  var relative = 0.0
  var absolute = 0.0

  /// A loss or score: ten times PyTorch's 3e-7. A logit is a sum over everything before it, and
  /// later steps start from weights that differ already.
  static let score = Tolerance(absolute: 3e-6)

  /// A gradient, by its tensor's largest: four times PyTorch's 5e-6.
  static let gradient = Tolerance(relative: 2e-5)

  /// A running statistic or an image, by its tensor's largest: four times PyTorch's 5e-7.
  static let forward = Tolerance(relative: 2e-6)

  /// A parameter after a few steps of Adam.
  ///
  /// Adam divides by the gradient's own size, so it moves an element by about the learning rate η
  /// even where the gradient is a thousandth of its tensor's largest, and the rounding a thousand
  /// times more of it: one of thousands of weights near 0.08 may be off by η/250, which is 1e-5 of
  /// the largest. The few β, which begin at zero, have η alone to be measured by.
  static func parameter(rate: Double) -> Tolerance {
    Tolerance(relative: 1e-5, absolute: 1e-4 * rate)
  }
}
