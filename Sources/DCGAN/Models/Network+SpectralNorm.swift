import Tensor

extension Network {
  /// Finds the singular vectors of every normalized filter anew, for weights that were drawn or read.
  ///
  /// The vectors begin with random numbers that are the same for every seed, and 15 power iterations
  /// take most of those out of them.
  public func findSpectralNorms(_ backend: Backend) {
    for (index, norm) in spectralNorms.enumerated() {
      norm.find(from: RandomUse.spectralVectors.stream(seed: 0, part: UInt32(index)), backend)
    }
  }

  /// Follows an update of the parameters; does nothing where no filter is normalized.
  func followUpdate(_ backend: Backend) {
    for norm in spectralNorms { norm.follow(backend) }
  }
}
