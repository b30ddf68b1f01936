import Support

/// The extents of a tensor's four axes, in the order in which they lie in memory.
///
/// A batch of maps is `[batch, height, width, channels]` (NHWC), a filter
/// `[kernel height, kernel width, large channels, small channels]`, a vector `[1, 1, 1, count]`.
public struct Shape: Equatable, Hashable, Sendable, CustomStringConvertible {
  /// The first, slowest axis: images of a batch, or a filter's rows.
  public let batch: Int
  /// The second axis.
  public let height: Int
  /// The third axis.
  public let width: Int
  /// The last axis, contiguous in memory.
  public let channels: Int
  /// The number of elements.
  public let count: Int

  /// Makes a shape; traps where an extent is below one or the product overflows.
  public init(_ batch: Int, _ height: Int, _ width: Int, _ channels: Int) {
    require(
      batch > 0 && height > 0 && width > 0 && channels > 0,
      "a shape's extents are positive, found [\(batch), \(height), \(width), \(channels)]")
    let (maps, first) = batch.multipliedReportingOverflow(by: height)
    let (rows, second) = maps.multipliedReportingOverflow(by: width)
    let (count, third) = rows.multipliedReportingOverflow(by: channels)
    require(
      !(first || second || third),
      "[\(batch), \(height), \(width), \(channels)] has more elements than can be counted")
    self.count = count
    self.batch = batch
    self.height = height
    self.width = width
    self.channels = channels
  }

  /// Makes the shape of a vector, `[1, 1, 1, count]`.
  public init(vector count: Int) { self.init(1, 1, 1, count) }

  /// The number of rows of `channels` contiguous elements.
  public var rows: Int { batch * height * width }

  /// The four extents, slowest first.
  public var extents: [Int] { [batch, height, width, channels] }

  /// The shape in brackets.
  public var description: String { "[\(batch), \(height), \(width), \(channels)]" }
}
