/// Two values along an axis: the taps of a filter.
struct Pair {
  var a, b: Vector
}

/// Four values along an axis: the points of a tile.
struct Four {
  var a, b, c, d: Vector
}

/// Five values along an axis: the points that a tile sees, or its transform.
struct Five {
  var a, b, c, d, e: Vector
}

/// The one-dimensional transforms of F(4, 2) with some interpolation points: each function is one of
/// the method's matrices, written out.
protocol InterpolationPoints {
  /// Bᵀ d.
  static func transformLarge(_ d: Five) -> Five
  /// G g.
  static func transformTaps(_ g: Pair) -> Five
  /// B m.
  static func transformLargeResult(_ m: Five) -> Five
  /// Aᵀ m.
  static func transformSmallResult(_ m: Five) -> Four
  /// A y.
  static func transformSmall(_ y: Four) -> Five
  /// Gᵀ s.
  static func transformTapsResult(_ s: Five) -> Pair
}

/// Runs the body for every register of channels that lie in runs of `runLength`, `runStride` floats
/// apart, and for the lanes that are left of each; `offset` is where a channel lies.
@inline(__always)
func forEachRegister(
  _ channels: Int, _ runLength: Int, _ runStride: Int,
  _ body: (_ channel: Int, _ offset: Int, _ lanes: Int) -> Void
) {
  var first = 0
  var start = 0
  while first < channels {
    forEachRegister(min(runLength, channels &- first)) { c, lanes in
      body(first &+ c, start &+ c, lanes)
    }
    first &+= runLength
    start &+= runStride
  }
}
