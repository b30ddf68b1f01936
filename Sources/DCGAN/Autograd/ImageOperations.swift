import Tensor

extension Tape {
  /// Returns the images of a batch, each distorted in its own way; see `Backend.distort`.
  public func distort(_ images: Variable, by distortions: [ImageDistortion]) -> Variable {
    let target = images.target
    return record(backend.distort(images.value, by: distortions), of: [images]) {
      [unowned self] gradient in
      add(backend.distortGradient(gradient, by: distortions), to: target)
    }
  }

  /// Returns x with noise added, which passes the gradient on as it is; see `Backend.addNoise`.
  public func addNoise(
    to x: Variable, from random: RandomStream, startingAt index: UInt64, standardDeviation: Float
  ) -> Variable {
    let value = backend.addNoise(
      to: x.value, from: random, startingAt: index, standardDeviation: standardDeviation)
    let target = x.target
    return record(value, of: [x]) { [unowned self] gradient in add(gradient, to: target) }
  }
}
