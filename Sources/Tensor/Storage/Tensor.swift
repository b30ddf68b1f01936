import Support

/// A dense block of floats with a shape: a view of a storage that copies of the tensor share.
///
/// An operation makes a new tensor and leaves its arguments alone, unless its description says
/// "in place" or "to": `add(_:to:)`, `addFilterGradient`, `adamStep`, `assign` and
/// `withUnsafeMutablePointer` write where every copy and view sees it, and those who call them see
/// to it that nobody reads at the same time.
public struct Tensor: @unchecked Sendable {
  /// The extents.
  public let shape: Shape
  package let storage: Storage
  package let offset: Int

  /// Makes a tensor of undefined content, which takes its memory from a pool. Operations take that of
  /// their backend: `Backend.makeTensor(uninitialized:)`.
  public init(uninitialized shape: Shape, from pool: StoragePool = .common) {
    self.init(shape: shape, storage: Storage(count: shape.count, from: pool), offset: 0)
  }

  /// Makes a view of `shape.count` elements from `offset` on.
  package init(shape: Shape, storage: Storage, offset: Int) {
    require(
      offset >= 0 && offset + shape.count <= storage.count,
      "a view of \(shape) at \(offset) in a storage of \(storage.count)")
    self.shape = shape
    self.storage = storage
    self.offset = offset
  }

  /// Makes a tensor with one value everywhere.
  public init(repeating value: Float, shape: Shape) {
    self.init(uninitialized: shape)
    pointer.update(repeating: value, count: shape.count)
  }

  /// Makes a tensor of the values in memory order; traps where there are too few or too many.
  public init(_ values: [Float], shape: Shape) {
    require(values.count == shape.count, "\(values.count) values for the shape \(shape)")
    self.init(uninitialized: shape)
    pointer.update(from: values, count: values.count)
  }

  /// The first element.
  package var pointer: UnsafeMutablePointer<Float> { storage.pointer + offset }

  /// The number of elements.
  public var count: Int { shape.count }

  /// The elements in memory order, copied.
  public var values: [Float] { Array(UnsafeBufferPointer(start: pointer, count: count)) }

  /// Returns the same elements under another shape of as many; traps where the counts differ.
  public func reshaped(to shape: Shape) -> Tensor {
    require(shape.count == count, "cannot see \(self.shape) as \(shape): the counts differ")
    return Tensor(shape: shape, storage: storage, offset: offset)
  }

  /// Returns images `range` of the batch as a view; traps where the range is empty or outside.
  public func batch(_ range: Range<Int>) -> Tensor {
    require(
      range.lowerBound >= 0 && range.upperBound <= shape.batch && !range.isEmpty,
      "images \(range) of \(shape)")
    let image = shape.height * shape.width * shape.channels
    return Tensor(
      shape: Shape(range.count, shape.height, shape.width, shape.channels), storage: storage,
      offset: offset + range.lowerBound * image)
  }

  /// Returns a view of `shape.count` elements from `offset` on; traps where they are not there.
  public func view(_ shape: Shape, at offset: Int) -> Tensor {
    require(
      offset >= 0 && offset + shape.count <= count, "\(shape) at \(offset) of \(self.shape)")
    return Tensor(shape: shape, storage: storage, offset: self.offset + offset)
  }

  /// Calls the body with the elements, which must not be used after it returns.
  public func withUnsafeMutablePointer<Result>(
    _ body: (UnsafeMutableBufferPointer<Float>) throws -> Result
  ) rethrows -> Result {
    try withExtendedLifetime(storage) {
      try body(UnsafeMutableBufferPointer(start: pointer, count: count))
    }
  }

  /// Copies another tensor's elements into this one's; traps where the shapes differ.
  public func assign(_ other: Tensor) {
    requireEqual(other.shape, shape, "assign")
    withExtendedLifetime((storage, other.storage)) {
      pointer.update(from: other.pointer, count: count)
    }
  }
}
