import Imaging

/// How a file becomes an image that the networks see.
public struct ImageReading: Equatable, Sendable {
  /// The pixels of a side.
  public var size: Int
  /// The channels: 3 for colour, 1 for grey.
  public var channels: Int
  /// How an image that is not square becomes a square.
  public var fit: ImageFit
  /// The grey level that shows through transparent parts.
  public var background: UInt8
  /// Which grey samples of 16 bits become black and which white.
  public var window: IntensityWindow
  /// Which frames are used of a file that holds several.
  public var frames: FrameChoice
  /// Whether images are used in which, as their files say, a patient's data are written.
  public var allowsBurnedIn: Bool
  /// The fewest pixels that the shorter side of an image must have: a speck is no radiograph.
  public var leastSide: Int

  /// The fewest pixels of a side where nothing else is said.
  public static let standardLeastSide = 16

  /// Collects the settings.
  public init(
    size: Int, channels: Int, fit: ImageFit = .crop, background: UInt8 = 0,
    window: IntensityWindow = .ofFile, frames: FrameChoice = .middle, allowsBurnedIn: Bool = false,
    leastSide: Int = standardLeastSide
  ) {
    self.size = size
    self.channels = channels
    self.fit = fit
    self.background = background
    self.window = window
    self.frames = frames
    self.allowsBurnedIn = allowsBurnedIn
    self.leastSide = leastSide
  }
}
