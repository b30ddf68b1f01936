import Tensor

/// A filter's largest singular value, and the filter divided by it, which takes the filter's place in
/// the network: spectral normalization.
///
/// Miyato et al. 2018 (arXiv 1802.05957), Algorithm 1, as `torch.nn.utils.spectral_norm` has it. One
/// power iteration follows every update of the filter; until the next, the vectors, the value and the
/// divided filter stay as they are, whatever passes through the network.
public final class SpectralNorm {
  /// The filter W that the optimizer changes, `[k, k, I, O]`.
  public let filter: Parameter
  /// u, the left singular vector, `[1, 1, 1, O]`.
  public let left: Tensor
  /// v, the right singular vector, `[k, k, I, 1]`.
  public let right: Tensor
  /// σ = uᵀWv; 1 before the vectors are found.
  public private(set) var value: Float = 1
  /// W / σ; zero before the vectors are found.
  public let normalized: Tensor

  /// Power iterations that bring random vectors near the singular ones, as many as
  /// `torch.nn.utils.parametrizations.spectral_norm` makes.
  private static let firstIterations = 15

  /// A norm that training does not come near: W / σ would be beyond all measure.
  package static let leastValue: Float = 1e-6

  init(of filter: Parameter) {
    let shape = filter.value.shape
    self.filter = filter
    left = Tensor(repeating: 0, shape: Shape(vector: shape.channels))
    right = Tensor(
      repeating: 0, shape: Shape(shape.batch, shape.height, shape.width, 1))
    normalized = Tensor(repeating: 0, shape: shape)
  }

  /// Finds the vectors of a filter that has nothing to do with an earlier one.
  func find(from random: RandomStream, _ backend: Backend) {
    left.withUnsafeMutablePointer { random.fillNormal($0) }
    for _ in 0..<Self.firstIterations {
      backend.iteratePower(filter.value, left: left, right: right)
    }
    divide(backend)
  }

  /// Follows an update of the filter by one power iteration.
  func follow(_ backend: Backend) {
    backend.iteratePower(filter.value, left: left, right: right)
    divide(backend)
  }

  /// Divides the filter by uᵀWv with the vectors as they are.
  package func divide(_ backend: Backend) {
    value = backend.spectralNorm(filter.value, left: left, right: right)
    backend.divide(filter.value, by: value, into: normalized)
  }
}

extension Tape {
  /// Returns a filter divided by its spectral norm σ = uᵀWv, whose gradient passes through σ too; u and
  /// v are constants. See `Backend.spectralNormGradient`.
  ///
  /// - Parameter norm: That of the filter, after its last change.
  public func normalize(_ filter: Variable, by norm: SpectralNorm) -> Variable {
    let (target, value) = (filter.target, norm.value)
    return record(norm.normalized, of: [filter]) { [unowned self] gradient in
      let result = backend.spectralNormGradient(
        gradient, normalized: norm.normalized, left: norm.left, right: norm.right, norm: value)
      add(result, to: target)
    }
  }
}
