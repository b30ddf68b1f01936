import Checkpoints
import DCGAN
import Foundation
import Samples
import Tensor
import TestSupport
import Testing

/// Networks of files, without a run.
@Suite struct NetworkPairTests {
  private let folder: TemporaryFolder
  private let settings = ModelSettings(size: 64, channels: 1, nz: 5, ngf: 2, ndf: 3)

  init() throws { folder = try TemporaryFolder() }

  private func model(_ settings: ModelSettings) -> AdversarialModel {
    AdversarialModel(settings, seed: 4)
  }

  /// Writes a network of fresh weights, after a change to its tensors.
  @discardableResult
  private func write(
    _ kind: NetworkKind, _ settings: ModelSettings, _ change: (inout SafeTensors) -> Void = { _ in }
  ) throws -> String {
    let checkpoint = model(settings).checkpoint(
      at: TrainingPosition(stepsPerEpoch: 1), seed: 4, images: 0)
    var tensors = NetworkFile(kind, of: checkpoint).tensors
    change(&tensors)
    let path = folder.file("\(kind.rawValue).safetensors")
    try tensors.write(to: path)
    return path
  }

  @Test(arguments: SettingBounds.sizes, SettingBounds.channels)
  func sizesAreThoseOfTheShapes(size: Int, channels: Int) throws {
    let settings = ModelSettings(size: size, channels: channels, nz: 7, ngf: 1, ndf: 2)
    let pair = try NetworkPair(
      generator: try write(.generator, settings),
      discriminator: try write(.discriminator, settings))
    #expect(pair.settings == settings)
  }

  @Test func `loaded networks generate and score exactly as the trained ones`() throws {
    let pair = try NetworkPair(
      generator: try write(.generator, settings),
      discriminator: try write(.discriminator, settings))
    let (read, trained) = (try pair.model(), model(settings))
    let backend = Backend(threads: 1)
    let latents = LatentSource(seed: 3, nz: 5).batch(first: 0, count: 2)
    let images = trained.generate(latents, backend)
    #expect(read.generate(latents, backend).values == images.values)
    #expect(read.score(images, backend) == trained.score(images, backend))
    #expect(pair[.generator]?.file == folder.file("generator.safetensors"))
    #expect(pair[.discriminator]?.digest.count == 16)
  }

  @Test func oneNetworkIsEnough() throws {
    let maker = try NetworkPair(
      generator: try write(.generator, settings), discriminator: nil)
    #expect(maker.settings == ModelSettings(size: 64, channels: 1, nz: 5, ngf: 2, ndf: 1))
    #expect(maker[.discriminator] == nil)
    let judge = try NetworkPair(
      generator: nil, discriminator: try write(.discriminator, settings))
    #expect(judge.settings == ModelSettings(size: 64, channels: 1, nz: 1, ngf: 1, ndf: 3))
    let backend = Backend(threads: 1)
    let image = Tensor(Array(repeating: 0.5, count: 64 * 64), shape: Shape(1, 64, 64, 1))
    #expect(try judge.model().score(image, backend) == model(settings).score(image, backend))
  }

  @Test func networksOfDifferentImagesAreRefused() throws {
    let generator = try write(.generator, settings)
    let other = try write(
      .discriminator, ModelSettings(size: 32, channels: 3, nz: 5, ngf: 2, ndf: 3))
    let shown = message { _ = try NetworkPair(generator: generator, discriminator: other) }
    #expect(
      shown
        == "\(other): expected a discriminator of grey images of 64 pixels, as the generator "
        + "\(generator) makes, found one of colour images of 32 pixels; give the two of one training"
    )
  }

  /// Describes a change to a generator's tensors, and what is said of them.
  struct Change: Sendable {
    let name: String
    let shape: [Int]?
    let problem: String
  }

  @Test(arguments: [
    Change(
      name: "main.0.weight", shape: nil,
      problem: "main.0.weight: expected the shape [nz, 8 ngf, size / 16, size / 16], found no such "
        + "tensor"),
    Change(
      name: "main.0.weight", shape: [5, 16, 3, 3],
      problem: "expected images of 32, 64, 128 or 256 pixels, found 48 according to main.0.weight "
        + "[5, 16, 3, 3]"),
    Change(
      name: "main.12.weight", shape: [2, 2, 4, 4],
      problem: "expected 1 or 3 channels, found 2 according to main.12.weight [2, 2, 4, 4]"),
    Change(
      name: "main.12.weight", shape: [2, 16],
      problem: "main.12.weight: expected the shape [ngf, channels, 4, 4], found [2, 16]"),
    Change(
      name: "main.3.weight", shape: [16, 8, 4, 2],
      problem: "main.3.weight: expected the shape [16, 8, 4, 4], found [16, 8, 4, 2]"),
  ])
  func shapesOfNoNetworkAreNamed(_ change: Change) throws {
    let path = try write(.generator, settings) { tensors in
      tensors.entries.removeAll { $0.name == change.name }
      if let shape = change.shape {
        let count = shape.reduce(1, *)
        tensors.entries.append(
          .init(name: change.name, shape: shape, values: Array(repeating: 0, count: count)))
      }
    }
    #expect(
      message { _ = try NetworkPair(generator: path, discriminator: nil) }
        == "\(path): not a usable generator: \(change.problem)")
  }

  @Test func theOtherNetworkIsToldApart() throws {
    let path = try write(.discriminator, settings)
    #expect(
      message { _ = try NetworkPair(generator: path, discriminator: nil) }?
        .hasSuffix("; it is a discriminator") == true)
  }
}
