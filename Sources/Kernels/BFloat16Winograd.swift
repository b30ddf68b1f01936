import KernelTable

/// The writer of neighbouring channels to the halves of a word.
private enum NeighbourWriter: PlaneWriter {
  @inline(__always)
  static func word(_ channel: Int) -> Int { channel / 2 }

  /// Writes up to a whole word, for the lanes beyond the last one are zero.
  @inline(__always)
  static func write(_ v: Vector, _ p: Destination, _ lanes: Int) {
    let halves = roundToBFloat16(v)
    let raw = UnsafeMutableRawPointer(p)
    if lanes == width {
      raw.storeBytes(of: halves, as: HalfWordVector.self)
      return
    }
    var lane = 0
    while lane < (lanes &+ 1) & ~1 {
      raw.storeBytes(of: halves[lane], toByteOffset: 2 &* lane, as: UInt16.self)
      lane &+= 1
    }
  }
}

/// The writer of the lower halves of words, and of zeros to the upper ones.
private enum LowerWriter: PlaneWriter {
  @inline(__always)
  static func word(_ channel: Int) -> Int { channel }

  @inline(__always)
  static func write(_ v: Vector, _ p: Destination, _ lanes: Int) {
    storeLanes(unsafeBitCast(roundToBFloat16Words(v), to: Vector.self), p, lanes)
  }
}

/// The writer of the upper halves of words.
private enum UpperWriter: PlaneWriter {
  @inline(__always)
  static func word(_ channel: Int) -> Int { channel }

  @inline(__always)
  static func write(_ v: Vector, _ p: Destination, _ lanes: Int) {
    let lower = unsafeBitCast(loadLanes(p, lanes), to: WordVector.self)
    let word = lower | roundToBFloat16Words(v) &<< 16
    storeLanes(unsafeBitCast(word, to: Vector.self), p, lanes)
  }
}

/// See `WinogradKernels.large`.
@Sendable
func winogradPairLarge(
  _ points: UnsafePointer<Source>, _ next: UnsafePointer<Source>, _ channels: Int,
  _ planes: Destination, _ planeStride: Int
) {
  transformLarge(
    SymmetricPoints.self, NeighbourWriter.self, points, next, channels, planes, planeStride,
    channels, 0)
}

/// See `WinogradKernels.small`.
@Sendable
func winogradPairSmall(
  _ points: UnsafePointer<Source>, _ next: UnsafePointer<Source>, _ channels: Int,
  _ planes: Destination, _ planeStride: Int
) {
  transformSmall(
    SymmetricPoints.self, NeighbourWriter.self, points, next, channels, planes, planeStride,
    channels, 0)
}

/// See `WinogradKernels.taps`.
@Sendable
func winogradPairTaps(
  _ taps: UnsafePointer<Source>, _ channels: Int, _ planes: Destination, _ planeStride: Int,
  _ part: WordPart
) {
  switch part {
  case .first:
    transformTaps(SymmetricPoints.self, LowerWriter.self, taps, channels, planes, planeStride)
  case .second:
    transformTaps(SymmetricPoints.self, UpperWriter.self, taps, channels, planes, planeStride)
  }
}

/// See `WinogradKernels.gradientLarge`.
@Sendable
func winogradPairGradientLarge(
  _ points: UnsafePointer<Source>, _ next: UnsafePointer<Source>, _ channels: Int,
  _ planes: Destination, _ planeStride: Int, _ runLength: Int, _ runStride: Int, _ part: WordPart
) {
  switch part {
  case .first:
    transformLarge(
      SymmetricPoints.self, LowerWriter.self, points, next, channels, planes, planeStride,
      runLength, runStride)
  case .second:
    transformLarge(
      SymmetricPoints.self, UpperWriter.self, points, next, channels, planes, planeStride,
      runLength, runStride)
  }
}

/// See `WinogradKernels.gradientSmall`.
@Sendable
func winogradPairGradientSmall(
  _ points: UnsafePointer<Source>, _ next: UnsafePointer<Source>, _ channels: Int,
  _ planes: Destination, _ planeStride: Int, _ runLength: Int, _ runStride: Int, _ part: WordPart
) {
  switch part {
  case .first:
    transformSmall(
      SymmetricPoints.self, LowerWriter.self, points, next, channels, planes, planeStride,
      runLength, runStride)
  case .second:
    transformSmall(
      SymmetricPoints.self, UpperWriter.self, points, next, channels, planes, planeStride,
      runLength, runStride)
  }
}

/// See `WinogradKernels.smallResult`.
@Sendable
func winogradPairSmallResult(
  _ planes: Source, _ planeStride: Int, _ channels: Int, _ points: UnsafePointer<Destination>,
  _ next: UnsafePointer<Destination>
) {
  transformSmallResult(SymmetricPoints.self, planes, planeStride, channels, points, next)
}

/// See `WinogradKernels.largeResult`.
@Sendable
func winogradPairLargeResult(
  _ planes: Source, _ planeStride: Int, _ channels: Int, _ earlier: UnsafePointer<Source>,
  _ points: UnsafePointer<Destination>, _ next: UnsafePointer<Destination>
) {
  transformLargeResult(SymmetricPoints.self, planes, planeStride, channels, earlier, points, next)
}

/// See `WinogradKernels.tapsResult`.
@Sendable
func winogradPairTapsResult(
  _ planes: Source, _ planeStride: Int, _ channels: Int, _ taps: UnsafePointer<Destination>
) {
  transformTapsResult(SymmetricPoints.self, planes, planeStride, channels, taps)
}
