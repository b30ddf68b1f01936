import DCGAN
import DataSets
import Tensor

extension AdversarialModel {
  /// Images of each kind, at most, that batch normalization's statistics are estimated on.
  static let statisticsImages = 256
  /// Images of each kind in a batch of that estimate.
  private static let statisticsBatch = 32

  /// Estimates afresh what batch normalization uses in evaluation mode, in the generator that makes
  /// images and then in the discriminator.
  ///
  /// The statistics that training keeps follow the last few batches, two thirds of them fakes, and
  /// scores jump with them. These are the means over a fixed set: latents of the seed for the generator,
  /// then real images, evenly spread over the data set, and as many fakes for the discriminator, half
  /// and half in each batch. They depend on the weights, the images and the seed alone, and training
  /// does not use them. Throws what reading the images throws.
  public func estimateStatistics(
    real images: ImageDataSet, seed: UInt64, _ backend: Backend
  ) throws {
    estimateGeneratorStatistics(images: images, seed: seed, backend)
    try estimateDiscriminatorStatistics(real: images, seed: seed, backend)
  }

  /// Estimates those of the generator that makes images, on as many latents as there are images, up to
  /// `statisticsImages`, and of the same classes.
  func estimateGeneratorStatistics(
    images: ImageDataSet, seed: UInt64, _ backend: Backend
  ) {
    let chosen = images.spread(Self.statisticsImages)
    for (index, piece) in Self.pieces(of: images.count).enumerated() {
      let pass = ForwardPass.estimation(
        backend, batch: index, labels: images.labels(at: chosen[piece]))
      _ = imageGenerator(pass.tape.constant(statisticsLatents(piece, seed: seed)), pass)
    }
  }

  /// Estimates those of the discriminator; the fakes are those of the generator as it evaluates. Throws
  /// what reading the images throws.
  func estimateDiscriminatorStatistics(
    real images: ImageDataSet, seed: UInt64, _ backend: Backend
  ) throws {
    let chosen = images.spread(Self.statisticsImages)
    for (index, piece) in Self.pieces(of: images.count).enumerated() {
      let real = try Tensor(images: images, at: chosen[piece])
      let labels = images.labels(at: chosen[piece])
      let mixed = Tensor(
        uninitialized: Shape(
          2 * piece.count, settings.size, settings.size, settings.channels))
      mixed.batch(0..<piece.count).assign(real)
      mixed.batch(piece.count..<2 * piece.count)
        .assign(generate(statisticsLatents(piece, seed: seed), labels: labels, backend))
      let pass = ForwardPass.estimation(
        backend, batch: index, labels: labels.map { $0 + $0 }, groups: 2)
      _ = discriminator(pass.tape.constant(mixed), pass)
    }
  }

  /// Divides the chosen images into batches as equal as can be.
  private static func pieces(of images: Int) -> [Range<Int>] {
    let count = min(images, statisticsImages)
    let batches = (count + statisticsBatch - 1) / statisticsBatch
    return (0..<batches).map { $0 * count / batches..<($0 + 1) * count / batches }
  }

  private func statisticsLatents(_ piece: Range<Int>, seed: UInt64) -> Tensor {
    Tensor(
      latents: piece.count, nz: settings.nz,
      from: RandomUse.statisticsLatents.stream(seed: seed), first: piece.lowerBound)
  }
}
