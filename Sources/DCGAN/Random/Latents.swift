import Tensor

extension Tensor {
  /// Makes latents `[count, 1, 1, nz]` of normally distributed numbers, from number `first·nz` of
  /// the stream on: latent i depends on the stream and i alone.
  public init(latents count: Int, nz: Int, from random: RandomStream, first: Int = 0) {
    self.init(uninitialized: Shape(count, 1, 1, nz))
    withUnsafeMutablePointer { random.fillNormal($0, startingAt: UInt64(first * nz)) }
  }
}
