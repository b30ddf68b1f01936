import Tensor

extension AdversarialModel {
  /// Images of each kind, at most, that batch normalization's statistics are estimated on.
  static let statisticsImages = 256
  /// Images of each kind in a batch of that estimate.
  private static let statisticsBatch = 32

  /// Estimates afresh what batch normalization uses in evaluation mode, in the generator that makes
  /// images and in the discriminator.
  ///
  /// The statistics that training keeps follow the last few batches, two thirds of them fakes, and
  /// scores jump with them. These are the means over a fixed set: latents of the seed for the generator,
  /// then real images, evenly spread over the data set, and as many fakes for the discriminator, half
  /// and half in each batch. They depend on the weights, the images and the seed alone, and training
  /// does not use them.
  public func estimateStatistics(real images: ImageDataSet, seed: UInt64, _ backend: Backend) {
    let random = RandomUse.statisticsLatents.stream(seed: seed)
    let chosen = images.spread(Self.statisticsImages)
    let count = chosen.count
    let batches = (count + Self.statisticsBatch - 1) / Self.statisticsBatch
    let pieces = (0..<batches).map { $0 * count / batches..<($0 + 1) * count / batches }
    func latents(_ piece: Range<Int>) -> Tensor {
      Tensor(latents: piece.count, nz: settings.nz, from: random, first: piece.lowerBound)
    }
    for (index, piece) in pieces.enumerated() {
      let pass = ForwardPass.estimation(backend, batch: index)
      _ = imageGenerator(pass.tape.constant(latents(piece)), pass)
    }
    for (index, piece) in pieces.enumerated() {
      let real = Tensor(images: images, at: chosen[piece])
      let mixed = Tensor(
        uninitialized: Shape(
          2 * piece.count, settings.size, settings.size, settings.channels))
      mixed.batch(0..<piece.count).assign(real)
      mixed.batch(piece.count..<2 * piece.count).assign(generate(latents(piece), backend))
      let pass = ForwardPass.estimation(backend, batch: index)
      _ = discriminator(pass.tape.constant(mixed), pass)
    }
  }
}
