/// Vectors of a value a channel, for each piece of a map's rows.
struct ChannelPieces {
  /// The rows of each piece.
  let rows: [Range<Int>]
  /// For each piece, its vectors one after the other.
  let values: Tensor
}

extension Backend {
  /// The rows of a map in pieces of about 32,768 elements and at most `limit` rows, whatever the
  /// number of threads.
  private func rowPieces(_ shape: Shape, limit: Int = .max) -> [Range<Int>] {
    let height = max(1, min(limit, 32_768 / shape.channels))
    return stride(from: 0, to: shape.rows, by: height).map {
      $0..<min(shape.rows, $0 + height)
    }
  }

  /// Runs the body over pieces of a map's rows.
  func forEachRowPiece(_ shape: Shape, _ body: (Range<Int>) -> Void) {
    let pieces = rowPieces(shape)
    pool.parallelFor(pieces.count) { piece, _ in body(pieces[piece]) }
  }

  /// Computes `sums` vectors for every piece of a map's rows.
  ///
  /// A piece has at most 256 rows: its sums are chains of Float additions, whose rounding grows with
  /// their length, while the pieces are merged in Double.
  func channelPieces(
    _ shape: Shape, sums: Int, _ body: (Range<Int>, UnsafeMutablePointer<Float>) -> Void
  ) -> ChannelPieces {
    let pieces = rowPieces(shape, limit: 256)
    let values = makeTensor(uninitialized: Shape(1, pieces.count, sums, shape.channels))
    withExtendedLifetime(values) {
      pool.parallelFor(pieces.count) { piece, _ in
        body(pieces[piece], values.pointer + piece * sums * shape.channels)
      }
    }
    return ChannelPieces(rows: pieces, values: values)
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
