/// How a file becomes an image that the networks see.
public struct ImageReading: Equatable, Sendable {
  /// The pixels of a side.
  public var size: Int
  /// The channels: 3 for colour, 1 for grey.
  public var channels: Int

  /// Collects the settings.
  public init(size: Int, channels: Int) {
    self.size = size
    self.channels = channels
  }
}
