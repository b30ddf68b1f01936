import Foundation
import Support
import Tensor

/// An exponential moving average of a generator's weights, which makes better images than any single
/// step's: `a = d·a + (1 − d)·w` after every step, with `d = min(decay, (1 + t) / (10 + t))`, so that
/// the first weights are forgotten soon.
///
/// Yazıcı et al. 2019, "The Unusual Effectiveness of Averaging in GAN Training" (arXiv 1806.04498).
/// Averages of weights have no running statistics of their own: those of batch normalization are
/// estimated afresh (`AdversarialModel.estimateStatistics`).
public final class GeneratorAverage {
  /// The averaged generator.
  public let network: Network
  /// d, at most.
  public let decay: Double

  /// Makes an average of networks of these sizes, all zero.
  public init(_ settings: ModelSettings, decay: Double) {
    network = .generator(settings)
    self.decay = decay
  }

  /// Returns the decay per step at which what the average has taken from a step counts half as much
  /// after so many more images: `2^(−batch / images)`.
  ///
  /// Karras et al. 2020 (arXiv 2006.06676) give the decay so, which then does not depend on the batch.
  /// Traps where there are no images in either.
  public static func decay(halfLife images: Int, batch: Int) -> Double {
    require(images > 0 && batch > 0, "a half-life of \(images) images in batches of \(batch)")
    return exp2(-Double(batch) / Double(images))
  }

  /// Makes the average equal to a generator's weights and running statistics.
  public func reset(to generator: Network) {
    network.copy(generator)
  }

  /// Moves the average towards the generator's weights after its update number `step`, counted from 1.
  public func follow(_ generator: Network, step: Int, _ backend: Backend) {
    let warm = Double(1 + step) / Double(10 + step)
    backend.moveAverage(
      network.arena.values, towards: generator.arena.values,
      weight: Float(1 - min(decay, warm)))
  }
}
