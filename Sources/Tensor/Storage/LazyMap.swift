import Support

/// A map in memory, or one that an elementwise operation makes of maps in memory and that is
/// computed row by row where it is read.
///
/// To write a large map and read it back takes longer than to compute it, so an operation that
/// reads each row once or twice computes it in memory that stays in the cache. A row is a point's
/// channels. The maps it is made of must not change until it has been read.
public struct LazyMap {
  /// The map's shape.
  public let shape: Shape
  private let content: Content

  private enum Content {
    case tensor(Tensor)
    case rows(Rows, computed: () -> Tensor)
  }

  /// Writes some rows of a map.
  typealias Rows = (_ rows: Range<Int>, _ target: UnsafeMutablePointer<Float>) -> Void

  /// Makes a map that is in memory.
  public init(_ tensor: Tensor) {
    shape = tensor.shape
    content = .tensor(tensor)
  }

  /// Makes a map of which `rows` computes some rows, and `computed` all.
  init(shape: Shape, rows: @escaping Rows, computed: @escaping () -> Tensor) {
    self.shape = shape
    content = .rows(rows, computed: computed)
  }

  /// The tensor that the map was made of, if it was.
  var tensor: Tensor? {
    if case .tensor(let tensor) = content { tensor } else { nil }
  }

  /// Returns the whole map, in memory: the tensor that it was made of, or a new one.
  public func computed() -> Tensor {
    switch content {
    case .tensor(let tensor): tensor
    case .rows(_, let computed): computed()
    }
  }

  /// Returns where some rows lie, one after the other: in the tensor's memory, for as long as the
  /// map lives, or in `scratch`, where they are computed.
  func read(
    _ rows: Range<Int>, into scratch: UnsafeMutablePointer<Float>
  ) -> UnsafePointer<Float> {
    switch content {
    case .tensor(let tensor):
      return UnsafePointer(tensor.pointer + rows.lowerBound * shape.channels)
    case .rows(let write, _):
      write(rows, scratch)
      return UnsafePointer(scratch)
    }
  }
}

extension Shape {
  /// The rows of a tensor that are some rows of points of one image.
  func points(image: Int, rows: Range<Int>) -> Range<Int> {
    let first = image * height
    return (first + rows.lowerBound) * width..<(first + rows.upperBound) * width
  }
}

extension Backend {
  /// Returns what `batchNormalize` returns, computed where it is read.
  public func lazyBatchNormalize(
    _ x: Tensor, mean: Tensor, inverseDeviation: Tensor, gamma: Tensor, beta: Tensor,
    slope: Float = 1
  ) -> LazyMap {
    let channels = x.shape.channels
    let affine = affine(mean: mean, inverseDeviation: inverseDeviation, gamma: gamma, beta: beta)
    requireEqual(affine.scale.shape, Shape(vector: channels), "batchNormalize on \(x.shape)")
    return LazyMap(shape: x.shape) { [kernels] rows, target in
      withExtendedLifetime((x, affine)) {
        kernels.normalization.apply(
          x.pointer + rows.lowerBound * channels, rows.count, channels, affine.scale.pointer,
          affine.shift.pointer, slope, target)
      }
    } computed: { [self] in
      normalize(x, by: affine, slope: slope)
    }
  }

  /// Returns what `leakyRectifierGradient` returns, computed where it is read.
  public func lazyLeakyRectifierGradient(
    output y: Tensor, _ dy: Tensor, slope: Float
  ) -> LazyMap {
    requireEqual(dy.shape, y.shape, "leakyRectifierGradient")
    require(slope >= 0, "a rectifier's slope is not below zero, found \(slope)")
    let channels = y.shape.channels
    return LazyMap(shape: y.shape) { [kernels] rows, target in
      let first = rows.lowerBound * channels
      withExtendedLifetime((y, dy)) {
        kernels.elementwise.leakyGradient(
          y.pointer + first, dy.pointer + first, slope, target, rows.count * channels)
      }
    } computed: { [self] in
      leakyRectifierGradient(output: y, dy, slope: slope)
    }
  }
}
