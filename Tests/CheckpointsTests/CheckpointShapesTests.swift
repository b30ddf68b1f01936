import Checkpoints
import DCGAN
import Testing

/// The names and shapes that `torch.nn` has, written out for one size: what files hold must not change
/// with the code that describes the networks.
@Suite struct CheckpointShapesTests {
  private let settings = ModelSettings(size: 128, channels: 3, nz: 100, ngf: 8, ndf: 4)

  private static let generator = [
    "main.0.weight [100, 64, 8, 8]",
    "main.1.weight [64]", "main.1.bias [64]",
    "main.1.running_mean [64]", "main.1.running_var [64]",
    "main.3.weight [64, 32, 4, 4]",
    "main.4.weight [32]", "main.4.bias [32]",
    "main.4.running_mean [32]", "main.4.running_var [32]",
    "main.6.weight [32, 16, 4, 4]",
    "main.7.weight [16]", "main.7.bias [16]",
    "main.7.running_mean [16]", "main.7.running_var [16]",
    "main.9.weight [16, 8, 4, 4]",
    "main.10.weight [8]", "main.10.bias [8]",
    "main.10.running_mean [8]", "main.10.running_var [8]",
    "main.12.weight [8, 3, 4, 4]",
  ]

  private static let discriminator = [
    "main.0.weight [4, 3, 4, 4]",
    "main.2.weight [8, 4, 4, 4]",
    "main.3.weight [8]", "main.3.bias [8]",
    "main.3.running_mean [8]", "main.3.running_var [8]",
    "main.5.weight [16, 8, 4, 4]",
    "main.6.weight [16]", "main.6.bias [16]",
    "main.6.running_mean [16]", "main.6.running_var [16]",
    "main.8.weight [32, 16, 4, 4]",
    "main.9.weight [32]", "main.9.bias [32]",
    "main.9.running_mean [32]", "main.9.running_var [32]",
    "main.11.weight [1, 32, 8, 8]",
  ]

  private func text(_ tensors: [CheckpointShapes.Named]) -> [String] {
    tensors.map { "\($0.name) \($0.shape)" }
  }

  private func weights(_ tensors: [String]) -> [String] {
    tensors.filter { !$0.contains("running") }
  }

  @Test func eachNetworksTensorsComeInTheOrderOfAStateDict() {
    #expect(text(NetworkKind.generator.shapes(settings)) == Self.generator)
    #expect(text(NetworkKind.discriminator.shapes(settings)) == Self.discriminator)
  }

  @Test func aCheckpointHoldsBothAndTheirMoments() {
    let states =
      Self.generator.map { "generator.\($0)" } + Self.discriminator.map { "discriminator.\($0)" }
    let moments = [("generator", Self.generator), ("discriminator", Self.discriminator)].flatMap {
      name, tensors in
      ["exp_avg", "exp_avg_sq"].flatMap { moment in
        weights(tensors).map { "optimizer.\(name).\(moment).\($0)" }
      }
    }
    #expect(text(CheckpointShapes.all(settings)) == states + moments)
  }

  @Test func anAverageAndSpectralNormalizationAddWhatIsTrained() {
    let plain = CheckpointShapes.all(settings).count
    let all = CheckpointShapes.all(settings, hasAverage: true, isSpectrallyNormalized: true)
    let vectors = [
      "main.0.weight [4, 3, 4, 4]", "main.0.weight_u [4]", "main.0.weight_v [1, 3, 4, 4]",
      "main.2.weight [8, 4, 4, 4]", "main.2.weight_u [8]", "main.2.weight_v [1, 4, 4, 4]",
      "main.5.weight [16, 8, 4, 4]", "main.5.weight_u [16]", "main.5.weight_v [1, 8, 4, 4]",
      "main.8.weight [32, 16, 4, 4]", "main.8.weight_u [32]", "main.8.weight_v [1, 16, 4, 4]",
      "main.11.weight [1, 32, 8, 8]", "main.11.weight_u [1]", "main.11.weight_v [1, 32, 8, 8]",
    ]
    #expect(
      text(Array(all.dropFirst(plain)))
        == weights(Self.generator).map { "training.generator.\($0)" }
        + vectors.map { "training.discriminator.\($0)" })
  }
}
