/// A filter's gradient whose maps are on their way from the other ranks.
struct PendingGradient {
  /// The large map's whole batch.
  let large: GatheredMaps
  /// The small map's whole batch.
  let small: GatheredMaps
  /// Computes it and adds it to where it belongs.
  let add: (_ large: Tensor, _ small: Tensor) -> Void
}

extension Backend {
  /// Layers whose maps travel at the same time, so that a layer's wait while the one before it is computed.
  private static let mostPendingGradients = 2

  /// Computes a filter's gradient from the whole batch's maps: at once, or where ranks share the batch once
  /// the maps have arrived, while the backward pass goes on.
  ///
  /// - Parameter isNeeded: whether it is needed as soon as this returns.
  func addFromWholeBatch(
    _ large: LazyMap, _ small: LazyMap, to gradient: Tensor, isNeeded: Bool,
    _ add: @escaping (_ large: Tensor, _ small: Tensor) -> Void
  ) {
    let add = { [self] (large: Tensor, small: Tensor) in
      let start = operationStart
      add(large, small)
      report("filter gradient", since: start, [large.shape, gradient.shape])
    }
    guard let ranks else { return add(large.computed(), small.computed()) }
    pendingGradients.append(
      PendingGradient(
        large: beginGathering(large, ranks), small: beginGathering(small, ranks), add: add))
    finishGradients(but: isNeeded ? 0 : Self.mostPendingGradients - 1)
  }

  /// Computes the filters' gradients whose maps are still on their way.
  package func finishGradients() { finishGradients(but: 0) }

  private func finishGradients(but left: Int) {
    while pendingGradients.count > left {
      let next = pendingGradients.removeFirst()
      next.add(finish(next.large), finish(next.small))
    }
  }
}
