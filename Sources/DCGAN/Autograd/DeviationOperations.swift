import Tensor

extension Tape {
  /// Returns maps with one more channel that holds a constant.
  func appendChannel(_ value: Float, to x: Variable) -> Variable {
    let target = x.target
    return record(backend.appendChannel(value, to: x.value), of: [x]) { [unowned self] gradient in
      add(backend.appendChannelGradient(gradient).input, to: target)
    }
  }

  /// Returns maps with one more channel that holds their own deviation over the batch, whose gradient
  /// passes through it too; see `Backend.batchDeviation`. The tape keeps the maps.
  ///
  /// - Parameter deviation: that of `x`.
  func appendDeviation(_ deviation: Float, to x: Variable) -> Variable {
    let (target, kept) = (x.target, x.later)
    return record(backend.appendChannel(deviation, to: x.value), of: [x]) {
      [unowned self] gradient in
      let gradients = backend.appendChannelGradient(gradient)
      add(gradients.input, to: target)
      add(backend.batchDeviationGradient(kept.computed(), gradients.value), to: target)
    }
  }
}
