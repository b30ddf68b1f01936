import KernelTable

/// See `WinogradKernels.large`.
@Sendable
func winogradLarge(
  _ points: UnsafePointer<Source>, _ next: UnsafePointer<Source>, _ channels: Int,
  _ planes: Destination, _ planeStride: Int
) {
  transformLarge(
    WholePoints.self, FloatWriter.self, points, next, channels, planes, planeStride, channels, 0)
}

/// See `WinogradKernels.small`.
@Sendable
func winogradSmall(
  _ points: UnsafePointer<Source>, _ next: UnsafePointer<Source>, _ channels: Int,
  _ planes: Destination, _ planeStride: Int
) {
  transformSmall(
    WholePoints.self, FloatWriter.self, points, next, channels, planes, planeStride, channels, 0)
}

/// See `WinogradKernels.taps`.
@Sendable
func winogradTaps(
  _ taps: UnsafePointer<Source>, _ channels: Int, _ planes: Destination, _ planeStride: Int,
  _: WordPart
) {
  transformTaps(WholePoints.self, FloatWriter.self, taps, channels, planes, planeStride)
}

/// See `WinogradKernels.gradientLarge`.
@Sendable
func winogradGradientLarge(
  _ points: UnsafePointer<Source>, _ next: UnsafePointer<Source>, _ channels: Int,
  _ planes: Destination, _ planeStride: Int, _ runLength: Int, _ runStride: Int, _: WordPart
) {
  transformLarge(
    WholePoints.self, FloatWriter.self, points, next, channels, planes, planeStride, runLength,
    runStride)
}

/// See `WinogradKernels.gradientSmall`.
@Sendable
func winogradGradientSmall(
  _ points: UnsafePointer<Source>, _ next: UnsafePointer<Source>, _ channels: Int,
  _ planes: Destination, _ planeStride: Int, _ runLength: Int, _ runStride: Int, _: WordPart
) {
  transformSmall(
    WholePoints.self, FloatWriter.self, points, next, channels, planes, planeStride, runLength,
    runStride)
}

/// See `WinogradKernels.smallResult`.
@Sendable
func winogradSmallResult(
  _ planes: Source, _ planeStride: Int, _ channels: Int, _ points: UnsafePointer<Destination>,
  _ next: UnsafePointer<Destination>
) {
  transformSmallResult(WholePoints.self, planes, planeStride, channels, points, next)
}

/// See `WinogradKernels.largeResult`.
@Sendable
func winogradLargeResult(
  _ planes: Source, _ planeStride: Int, _ channels: Int, _ earlier: UnsafePointer<Source>,
  _ points: UnsafePointer<Destination>, _ next: UnsafePointer<Destination>
) {
  transformLargeResult(WholePoints.self, planes, planeStride, channels, earlier, points, next)
}

/// See `WinogradKernels.tapsResult`.
@Sendable
func winogradTapsResult(
  _ planes: Source, _ planeStride: Int, _ channels: Int, _ taps: UnsafePointer<Destination>
) {
  transformTapsResult(WholePoints.self, planes, planeStride, channels, taps)
}
