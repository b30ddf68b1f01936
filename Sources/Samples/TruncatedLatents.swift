import DCGAN
import Support
import Tensor

extension Tensor {
  /// Makes latents `[count, 1, 1, nz]` of the normal distribution cut off at ±`bound`, from latent
  /// `first` of a seed on: the truncation trick of A. Brock, J. Donahue and K. Simonyan, "Large Scale
  /// GAN Training for High Fidelity Natural Image Synthesis" (2018, arXiv 1809.11096), §3.1.
  ///
  /// A number whose size exceeds the bound is drawn again until it does not. Number i is the first of
  /// `RandomUse.sampleLatents`' streams 0, 1, 2, … that has a small enough one at index i, so it
  /// depends on the seed, i and the bound alone, and those within the bound are the numbers of the
  /// whole distribution.
  ///
  /// Traps where `bound` is not above 0. A bound of 0.01 takes 125 draws a number.
  package init(truncatedLatents count: Int, nz: Int, seed: UInt64, first: Int, bound: Float) {
    require(bound > 0, "no random number is at most \(bound) in size")
    self.init(
      latents: count, nz: nz, from: RandomUse.sampleLatents.stream(seed: seed), first: first)
    withUnsafeMutablePointer { elements in
      for place in elements.indices {
        var attempt: UInt32 = 0
        while abs(elements[place]) > bound {
          attempt += 1
          let random = RandomUse.sampleLatents.stream(seed: seed, part: attempt)
          elements[place] = Float(random.normal(at: UInt64(first * nz + place)))
        }
      }
    }
  }
}
