import Tensor

extension NetworkSpecification {
  /// Describes the discriminator: an image `[n, size, size, channels]` to a logit `[n, 1, 1, 1]`, whose
  /// sigmoid is the probability that the image is real.
  ///
  /// | | layer | result |
  /// | --- | --- | --- |
  /// | 1 | convolution k=4 s=2 p=1, leaky rectifier 0.2 | half the extent, ndf |
  /// | 2-4 | convolution k=4 s=2 p=1, batch normalization, leaky rectifier 0.2 | half the extent, twice the channels |
  /// | 5 | convolution k = head | 1 |
  ///
  /// Radford, Metz & Chintala 2015 (arXiv 1511.06434). The sigmoid is part of the loss, where it
  /// cannot overflow. Where the settings have classes, the score is that of a `ProjectionScore`; where
  /// they have a `MinibatchDeviation`, it precedes layer 5, whose filter has one more channel for it.
  ///
  /// - Parameter isSpectrallyNormalized: whether every convolution's filter is divided by its
  ///   `SpectralNorm`.
  public static func discriminator(
    _ settings: ModelSettings, isSpectrallyNormalized: Bool = false
  ) -> NetworkSpecification {
    func convolution(
      from large: Int, to small: Int, _ geometry: ConvolutionGeometry = .halving,
      slope: Float = 1
    ) -> Convolution {
      Convolution(
        .down, largeChannels: large, smallChannels: small, geometry, slope: slope,
        isSpectrallyNormalized: isSpectrallyNormalized)
    }
    let widths = [settings.ndf, settings.ndf * 2, settings.ndf * 4, settings.ndf * 8]
    var layers: [PlacedLayer] = [
      (0, convolution(from: settings.channels, to: widths[0], slope: 0.2))
    ]
    for (index, (narrow, wide)) in zip(widths, widths.dropFirst()).enumerated() {
      let place = 2 + 3 * index
      layers.append((place, convolution(from: narrow, to: wide)))
      layers.append((place + 1, BatchNormalization(channels: wide, slope: 0.2)))
    }
    if settings.hasMinibatchDeviation { layers.append((10, MinibatchDeviation())) }
    let features = widths[3] + (settings.hasMinibatchDeviation ? 1 : 0)
    let score = convolution(from: features, to: 1, .whole(settings.head))
    if let classes = settings.classes {
      layers.append((11, ProjectionScore(score, channels: features, classes: classes.count)))
    } else {
      layers.append((11, score))
    }
    return NetworkSpecification(layers)
  }
}

extension Network {
  /// Makes the discriminator; see `NetworkSpecification.discriminator`.
  public static func discriminator(
    _ settings: ModelSettings, isSpectrallyNormalized: Bool = false
  ) -> Network {
    Network(.discriminator(settings, isSpectrallyNormalized: isSpectrallyNormalized))
  }
}
