import KernelTable

/// Calls the body with room for the pointers to `rows` rows of a matrix product, rounded up to whole
/// tiles, and to one more tile's.
func withRowPointers(
  _ rows: Int, _ tile: MatrixTile,
  _ body: (UnsafeMutablePointer<Source>, UnsafeMutablePointer<Destination>) -> Void
) {
  let capacity = rows + 2 * tile.mr
  withUnsafeTemporaryAllocation(of: Source.self, capacity: capacity) { a in
    withUnsafeTemporaryAllocation(of: Destination.self, capacity: capacity) { c in
      if let a = a.baseAddress, let c = c.baseAddress { body(a, c) }
    }
  }
}
