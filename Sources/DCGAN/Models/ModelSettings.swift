import Support
import Tensor

/// The sizes that make up a pair of networks.
public struct ModelSettings: Equatable, Sendable {
  /// Rows and columns of an image: 32, 64, 128 or 256.
  public let size: Int
  /// Colours of an image: 3, or 1 for grey.
  public let channels: Int
  /// Length of a latent.
  public let nz: Int
  /// Channels of the generator's last hidden map.
  public let ngf: Int
  /// Channels of the discriminator's first hidden map.
  public let ndf: Int
  /// The classes that both networks are told; nil for networks that know none.
  public let classes: ModelClasses?
  /// Whether the discriminator sees how much the images of a batch differ; see `MinibatchDeviation`.
  public let hasMinibatchDeviation: Bool

  /// Collects the sizes; traps where one is out of range.
  public init(
    size: Int = 128, channels: Int = 3, nz: Int = 100, ngf: Int = 64, ndf: Int = 64,
    classes: ModelClasses? = nil, hasMinibatchDeviation: Bool = false
  ) {
    let sizes = SettingBounds.sizes
    require(sizes.contains(size), "images are one of \(sizes) wide, found \(size)")
    require(
      SettingBounds.channels.contains(channels), "images have 1 or 3 channels, found \(channels)")
    require(
      nz > 0 && ngf > 0 && ndf > 0,
      "widths are positive, found nz \(nz), ngf \(ngf), ndf \(ndf)")
    self.size = size
    self.channels = channels
    self.nz = nz
    self.ngf = ngf
    self.ndf = ndf
    self.classes = classes
    self.hasMinibatchDeviation = hasMinibatchDeviation
  }

  /// The same with other classes, or none.
  public func with(classes: ModelClasses?) -> ModelSettings {
    ModelSettings(
      size: size, channels: channels, nz: nz, ngf: ngf, ndf: ndf, classes: classes,
      hasMinibatchDeviation: hasMinibatchDeviation)
  }

  /// The sizes one after the other: size, channels, nz, ngf, ndf.
  package var numbers: [Int] { [size, channels, nz, ngf, ndf] }

  /// Rows and columns of the map next to the latent, and to the score: `size / 16`.
  public var head: Int { size / 16 }
}
