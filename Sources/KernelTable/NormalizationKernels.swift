/// The loops of batch normalization fused with a leaky rectifier.
///
/// All work on `rows` rows of `channels` contiguous floats. With scale = γ/σ and
/// shift = β − μγ/σ, the forward pass is `y = leaky(x·scale + shift)`, where
/// `leaky(z) = z > 0 ? z : slope·z`: slope 0 is ReLU, slope 1 no activation at all.
public struct NormalizationKernels: Sendable {
  /// Computes each channel's sum.
  public let sum: ChannelSum
  /// Computes each channel's sum of squared deviations.
  public let squaredDeviations: ChannelSquaredDeviations
  /// Computes the forward pass.
  public let apply: NormalizationApply
  /// Computes each channel's two sums that the gradient needs.
  public let gradientSums: NormalizationGradientSums
  /// Computes the gradient of the input.
  public let gradient: NormalizationGradient

  /// Makes the group.
  public init(
    sum: @escaping ChannelSum, squaredDeviations: @escaping ChannelSquaredDeviations,
    apply: @escaping NormalizationApply, gradientSums: @escaping NormalizationGradientSums,
    gradient: @escaping NormalizationGradient
  ) {
    self.sum = sum
    self.squaredDeviations = squaredDeviations
    self.apply = apply
    self.gradientSums = gradientSums
    self.gradient = gradient
  }
}

/// Computes `sum[c] = Σ_r x[r][c]`.
public typealias ChannelSum =
  @Sendable (_ x: Source, _ rows: Int, _ channels: Int, _ sum: Destination) -> Void

/// Computes `deviations[c] = Σ_r (x[r][c] − mean[c])²`.
public typealias ChannelSquaredDeviations =
  @Sendable (
    _ x: Source, _ rows: Int, _ channels: Int, _ mean: Source, _ deviations: Destination
  ) -> Void

/// Computes `y[r][c] = leaky(x[r][c]·scale[c] + shift[c])`.
public typealias NormalizationApply =
  @Sendable (
    _ x: Source, _ rows: Int, _ channels: Int, _ scale: Source, _ shift: Source, _ slope: Float,
    _ y: Destination
  ) -> Void

/// Computes `first[c] = Σ_r dz` and `second[c] = Σ_r dz·(x − mean)`, with `dz = dy·leaky′(z)`.
public typealias NormalizationGradientSums =
  @Sendable (
    _ x: Source, _ dy: Source, _ rows: Int, _ channels: Int, _ parameters: NormalizationParameters,
    _ first: Destination, _ second: Destination
  ) -> Void

/// Computes `dx[r][c] = scale·dz − offset − factor·(x − mean)`, channel by channel.
public typealias NormalizationGradient =
  @Sendable (
    _ x: Source, _ dy: Source, _ rows: Int, _ channels: Int, _ parameters: NormalizationParameters,
    _ offset: Source, _ factor: Source, _ dx: Destination
  ) -> Void

/// What the backward loops read for every channel.
public struct NormalizationParameters {
  /// The batch's mean.
  public var mean: Source
  /// γ/σ.
  public var scale: Source
  /// β − μγ/σ.
  public var shift: Source
  /// The rectifier's slope below zero.
  public var slope: Float

  /// Collects the pointers.
  public init(mean: Source, scale: Source, shift: Source, slope: Float) {
    self.mean = mean
    self.scale = scale
    self.shift = shift
    self.slope = slope
  }
}
