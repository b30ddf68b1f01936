import Tensor

extension Backend {
  /// Calls the body with the part of a batch that is this rank's; where ranks cannot share it evenly with all
  /// of it, as if each rank were alone. Rethrows what the body throws.
  package func withOwnPart<Result>(
    ofBatch images: Int, _ body: (Range<Int>) throws -> Result
  ) rethrows -> Result {
    guard let ranks else { return try body(0..<images) }
    guard images.isMultiple(of: ranks.count) else {
      return try withoutRanks { try body(0..<images) }
    }
    return try body(ranks.part(ofBatch: images))
  }
}

extension ArraySlice {
  /// Returns the elements at some places, counted from the first.
  func part(_ places: Range<Int>) -> ArraySlice {
    dropFirst(places.lowerBound).prefix(places.count)
  }
}
