import Tensor

extension Adam {
  /// Moves the parameters towards 0, by the learning rate times `weightDecay` of what they are, and
  /// then against their gradients as `update(_:)` does: `p ← (1 − η·λ)·p` in the order of
  /// `torch.optim.AdamW`, for all parameters alike.
  ///
  /// Loshchilov & Hutter 2019 (arXiv 1711.05101), Algorithm 2.
  public func update(_ backend: Backend, weightDecay: Double) {
    backend.scale(arena.values, by: Float(1 - settings.learningRate * weightDecay))
    update(backend)
  }
}
