extension Backend {
  /// Computes images that do not depend on each other, a share of them on each rank, and returns all of them
  /// on all ranks.
  ///
  /// - Parameters:
  ///   - images: how many there are.
  ///   - body: returns those of a part of them, as it would without other ranks.
  public func spread(over images: Int, _ body: (Range<Int>) -> Tensor) -> Tensor {
    guard let ranks else { return body(0..<images) }
    let share = (images + ranks.count - 1) / ranks.count
    let start = min(images, ranks.rank * share)
    let own = start..<min(images, start + share)
    // A rank without a share computes an image too, to learn their shape.
    let part = withoutRanks { body(own.isEmpty ? 0..<1 : own) }
    let (shape, size) = (part.shape, part.count / part.shape.batch)
    let all = makeTensor(
      uninitialized: Shape(share * ranks.count, shape.height, shape.width, shape.channels))
    withExtendedLifetime(part) {
      (all.pointer + ranks.rank * share * size).update(from: part.pointer, count: own.count * size)
    }
    gatherParts(of: all)
    return all.batch(0..<images)
  }
}
