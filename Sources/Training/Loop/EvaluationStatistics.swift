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
  /// does not use them. Ranks share the batches that can be dealt out evenly, and all have the same. Throws
  /// what reading the images throws.
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
      backend.withOwnPart(ofBatch: piece.count) { part in
        let own = piece.lowerBound + part.lowerBound..<piece.lowerBound + part.upperBound
        let pass = ForwardPass.estimation(
          backend, batch: index, labels: images.labels(at: chosen[own]))
        _ = imageGenerator(pass.tape.constant(statisticsLatents(own, seed: seed)), pass)
      }
    }
  }

  /// Estimates those of the discriminator; the fakes are those of the generator as it evaluates. Throws
  /// what reading the images throws.
  func estimateDiscriminatorStatistics(
    real images: ImageDataSet, seed: UInt64, _ backend: Backend
  ) throws {
    let chosen = images.spread(Self.statisticsImages)
    for (index, piece) in Self.pieces(of: images.count).enumerated() {
      let labels = images.labels(at: chosen[piece])
      let fakes = generate(statisticsLatents(piece, seed: seed), labels: labels, backend)
      try withOwnPart(ofMixed: 2 * piece.count, backend) { part in
        let pass = ForwardPass.estimation(
          backend, batch: index, labels: labels.map { Array(($0 + $0)[part]) }, groups: 2)
        let mixed = try mixed(part, real: images, at: chosen[piece], fakes)
        _ = discriminator(pass.tape.constant(mixed), pass)
      }
    }
  }

  /// Calls the body with this rank's part of a batch of real images before as many fakes; with all of it where
  /// the network looks at the two halves by themselves, which the parts of ranks do not keep apart.
  private func withOwnPart(
    ofMixed images: Int, _ backend: Backend, _ body: (Range<Int>) throws -> Void
  ) rethrows {
    if settings.hasMinibatchDeviation {
      try backend.withoutRanks { try body(0..<images) }
    } else {
      try backend.withOwnPart(ofBatch: images, body)
    }
  }

  /// Returns a part of the batch of the real images at `places` and the fakes after them; throws what reading
  /// the images throws.
  private func mixed(
    _ part: Range<Int>, real images: ImageDataSet, at places: ArraySlice<Int>, _ fakes: Tensor
  ) throws -> Tensor {
    let count = places.count
    let (real, fake) = (part.clamped(to: 0..<count), part.clamped(to: count..<2 * count))
    let mixed = Tensor(
      uninitialized: Shape(part.count, settings.size, settings.size, settings.channels))
    if !real.isEmpty {
      mixed.batch(0..<real.count).assign(try Tensor(images: images, at: places.part(real)))
    }
    if !fake.isEmpty {
      mixed.batch(real.count..<part.count)
        .assign(fakes.batch(fake.lowerBound - count..<fake.upperBound - count))
    }
    return mixed
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
