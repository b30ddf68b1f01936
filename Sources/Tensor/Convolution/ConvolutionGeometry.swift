import Support

/// How a square filter slides over a map: the relation between a large map and a small one.
///
/// A convolution takes the large map `[n, H, W, I]` to the small one `[n, h, w, O]`, the transposed
/// convolution the small one to the large one, both with the filter `[k, k, I, O]`:
///
///     small[n, y, x, o] = Σ large[n, y·s + a − p, x·s + b − p, i] · filter[a, b, i, o]
///     large[n, Y, X, i] = Σ small[n, y, x, o] · filter[a, b, i, o]   where Y = y·s + a − p, …
///
/// with kernel size k, stride s, padding p, and zeros outside the maps.
public struct ConvolutionGeometry: Equatable, Hashable, Sendable, CustomStringConvertible {
  /// k, the filter's rows and columns.
  public let kernelSize: Int
  /// s, the step of the window.
  public let stride: Int
  /// p, the zeros around the large map.
  public let padding: Int

  /// Makes a geometry; traps where k is not a positive multiple of s or p is not below k.
  public init(kernelSize: Int, stride: Int, padding: Int) {
    require(
      stride > 0 && kernelSize >= stride && kernelSize % stride == 0 && (0..<kernelSize) ~= padding,
      "a \(kernelSize)×\(kernelSize) window of stride \(stride) and padding \(padding)")
    self.kernelSize = kernelSize
    self.stride = stride
    self.padding = padding
  }

  /// The 4×4 window of stride 2 that halves a map, and transposed doubles it.
  public static let halving = ConvolutionGeometry(kernelSize: 4, stride: 2, padding: 1)

  /// Up to so many channels of the large map, a window is shorter than a tile of the matrix kernels,
  /// and the methods for narrow maps take over.
  static let fewChannels = 4

  /// The window that covers a whole map of `extent` rows and columns.
  public static func whole(_ extent: Int) -> ConvolutionGeometry {
    ConvolutionGeometry(kernelSize: extent, stride: 1, padding: 0)
  }

  /// The window in words.
  public var description: String { "k=\(kernelSize) s=\(stride) p=\(padding)" }

  /// Returns the small map's extent; traps where the window does not divide the large map.
  public func smallExtent(of large: Int) -> Int {
    let span = large + 2 * padding - kernelSize
    require(span >= 0 && span % stride == 0, "\(self) does not fit a map of \(large)")
    return span / stride + 1
  }

  /// Returns the large map's extent, `(small − 1)·s + k − 2p`.
  public func largeExtent(of small: Int) -> Int {
    (small - 1) * stride + kernelSize - 2 * padding
  }

  /// Returns the small map's shape for a large one and a filter; traps where they do not fit.
  public func smallShape(large: Shape, filter: Shape) -> Shape {
    requireFilter(filter)
    require(
      large.channels == filter.width,
      "a filter \(filter) for \(filter.width) channels on a map \(large)")
    return Shape(
      large.batch, smallExtent(of: large.height), smallExtent(of: large.width), filter.channels)
  }

  /// Returns the large map's shape for a small one and a filter; traps where they do not fit.
  public func largeShape(small: Shape, filter: Shape) -> Shape {
    requireFilter(filter)
    require(
      small.channels == filter.channels,
      "a filter \(filter) to \(filter.channels) channels on a map \(small)")
    return Shape(
      small.batch, largeExtent(of: small.height), largeExtent(of: small.width), filter.width)
  }

  private func requireFilter(_ filter: Shape) {
    require(
      filter.batch == kernelSize && filter.height == kernelSize,
      "\(self) needs a filter [\(kernelSize), \(kernelSize), I, O], found \(filter)")
  }
}
