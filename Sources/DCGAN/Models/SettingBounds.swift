/// Bounds the settings of a run, on the command line and in files alike: a file may have been
/// edited, and no number in it may bring the program down.
public enum SettingBounds {
  /// Widths and heights of images.
  public static let sizes = [32, 64, 128, 256]
  /// Channels of images: grey and colour.
  public static let channels = [1, 3]
  /// Classes of a conditional pair of networks.
  public static let classes = 2...64
  /// Images in a step; batch normalization needs two.
  public static let batch = 2...4096
  /// Lengths of a latent vector.
  public static let latentSize = 1...4096
  /// Widths of a network, eight times which still fits a layer.
  public static let features = 1...1024
  /// Epochs, and numbers of checkpoints.
  public static let epochs = 1...1_000_000
  /// Images to use, and steps or candidates to stop after.
  public static let count = 1...1_000_000_000
  /// Images to write.
  public static let samples = 1...1_000_000
  /// Numbers of candidates.
  public static let candidates = 0...999_999_999
  /// Images from one latent to another, both ends among them; an animation holds them all.
  public static let frames = 2...512
  /// Bounds on the size of a latent's numbers: at the least one, 125 draws give a number, and next to
  /// no draw exceeds the largest.
  public static let truncation: ClosedRange<Float> = 0.01...10
  /// Threads.
  public static let threads = 1...1024
  /// Steps that a run may have made.
  public static let stepsDone = 0...(1 << 40)

  /// How far below 1 the target for real images may lie: at half, real and fake have one target
  /// between them.
  public static let labelSmoothing = 0.0...0.5
  /// Standard deviations of noise on images, whose pixels go from −1 to 1.
  public static let instanceNoise = 0.0...1.0

  /// How much larger the share of training images may be that the discriminator takes for real.
  public static let augmentationTarget = 0.0...1.0

  /// γ of penalties on the discriminator's slope.
  public static let gradientPenalty = 0.0...1000.0

  /// Learning rates that others may fall to.
  public static let finalLearningRate = 0.0...1.0

  /// Returns whether Adam's step size can be used: the kernels compute in `Float`, in which it must
  /// still be above 0.
  public static func allows(learningRate: Double) -> Bool {
    Float(learningRate) > 0 && learningRate <= 1
  }

  /// Half-lives of the generator's average, in images: with any batch, the decay is above 0 and below 1.
  public static let averageHalfLife = 100...1_000_000_000

  /// Which decays `allows(averageDecay:)` takes.
  package static let averageDecayText = "a number above 0 and below 1"

  /// Returns whether a decay can be that of the generator's average; 0 stands for none.
  public static func allows(averageDecay: Double) -> Bool {
    averageDecay > 0 && averageDecay < 1
  }

  /// Returns whether Adam's first decay rate can be used: as `Float` it must still be below 1.
  public static func allows(beta1: Double) -> Bool { beta1 >= 0 && Float(beta1) < 1 }
}
