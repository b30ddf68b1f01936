/// Vectors of a value a channel, for each piece of the rows of the whole batch's map.
struct ChannelPieces {
  /// How many rows each piece has.
  let counts: [Int]
  /// For each piece, its vectors one after the other.
  let values: Tensor
}

extension Backend {
  /// The rows of a map in pieces of about 32,768 elements and at most `limit` rows, whatever the
  /// number of threads.
  private func rowPieces(_ shape: Shape, limit: Int = .max) -> [Range<Int>] {
    let height = rowsPerPiece(shape, limit: limit)
    return stride(from: 0, to: shape.rows, by: height).map {
      $0..<min(shape.rows, $0 + height)
    }
  }

  private func rowsPerPiece(_ shape: Shape, limit: Int) -> Int {
    max(1, min(limit, 32_768 / shape.channels))
  }

  /// Runs the body over pieces of a map's rows.
  func forEachRowPiece(_ shape: Shape, _ body: (Range<Int>) -> Void) {
    let pieces = rowPieces(shape)
    pool.parallelFor(pieces.count) { piece, _ in body(pieces[piece]) }
  }

  /// The most rows of a piece whose sums are chains of Float additions.
  private static let rowsPerChain = 256

  /// Returns whether the pieces that a batch's map is summed in fall to one rank each.
  func areChannelPiecesOwn(_ shape: Shape) -> Bool {
    ranks == nil || shape.rows.isMultiple(of: rowsPerPiece(shape, limit: Self.rowsPerChain))
  }

  /// Computes `sums` vectors for every piece of a map's rows, those of the whole batch where ranks share it;
  /// the pieces must be their own.
  ///
  /// A piece has at most 256 rows: its sums are chains of Float additions, whose rounding grows with
  /// their length, while the pieces are merged in Double.
  func channelPieces(
    _ shape: Shape, sums: Int, _ body: (Range<Int>, UnsafeMutablePointer<Float>) -> Void
  ) -> ChannelPieces {
    let pieces = rowPieces(shape, limit: Self.rowsPerChain)
    let counts = Array(repeating: pieces.map(\.count), count: rankCount).flatMap { $0 }
    let values = makeTensor(uninitialized: Shape(1, counts.count, sums, shape.channels))
    let first = (ranks?.rank ?? 0) * pieces.count
    withExtendedLifetime(values) {
      pool.parallelFor(pieces.count) { piece, _ in
        body(pieces[piece], values.pointer + (first + piece) * sums * shape.channels)
      }
    }
    return ChannelPieces(counts: counts, values: values)
  }

  /// Returns scale = γ/σ and shift = β − μγ/σ; traps where the vectors' shapes differ.
  func affine(
    mean: Tensor, inverseDeviation: Tensor, gamma: Tensor, beta: Tensor
  ) -> (scale: Tensor, shift: Tensor) {
    requireEqual(inverseDeviation.shape, mean.shape, "1/σ")
    requireEqual(gamma.shape, mean.shape, "γ")
    requireEqual(beta.shape, mean.shape, "β")
    let scale = makeTensor(uninitialized: mean.shape)
    let shift = makeTensor(uninitialized: mean.shape)
    for c in 0..<mean.count {
      let s = gamma.pointer[c] * inverseDeviation.pointer[c]
      scale.pointer[c] = s
      shift.pointer[c] = beta.pointer[c] - mean.pointer[c] * s
    }
    return (scale, shift)
  }
}
