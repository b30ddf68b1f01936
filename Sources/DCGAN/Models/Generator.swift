import Tensor

extension NetworkSpecification {
  /// Describes the generator: a latent `[n, 1, 1, nz]` to an image `[n, size, size, channels]` in
  /// −1 … 1.
  ///
  /// | | layer | result |
  /// | --- | --- | --- |
  /// | 1 | transposed convolution k = head, batch normalization, ReLU | head², 8·ngf |
  /// | 2-4 | transposed convolution k=4 s=2 p=1, batch normalization, ReLU | twice the extent, half the channels |
  /// | 5 | transposed convolution k=4 s=2 p=1, tanh | size², channels |
  ///
  /// Radford, Metz & Chintala 2015 (arXiv 1511.06434). Where the settings have classes, each has γ and β
  /// of its own in every batch normalization (Miyato & Koyama 2018, arXiv 1802.05637).
  public static func generator(_ settings: ModelSettings) -> NetworkSpecification {
    let classes = settings.classes?.count
    let widths = [settings.ngf * 8, settings.ngf * 4, settings.ngf * 2, settings.ngf]
    var layers: [PlacedLayer] = [
      (
        0,
        Convolution(
          .up, largeChannels: widths[0], smallChannels: settings.nz, .whole(settings.head))
      ),
      (1, BatchNormalization(channels: widths[0], slope: 0, classes: classes)),
    ]
    for (index, (wide, narrow)) in zip(widths, widths.dropFirst()).enumerated() {
      let place = 3 * (index + 1)
      layers.append(
        (place, Convolution(.up, largeChannels: narrow, smallChannels: wide, .halving)))
      layers.append(
        (place + 1, BatchNormalization(channels: narrow, slope: 0, classes: classes)))
    }
    layers.append(
      (12, Convolution(.up, largeChannels: settings.channels, smallChannels: widths[3], .halving)))
    layers.append((13, Tanh(inPlace: true)))
    return NetworkSpecification(layers)
  }
}

extension Network {
  /// Makes the generator; see `NetworkSpecification.generator`.
  public static func generator(_ settings: ModelSettings) -> Network {
    Network(.generator(settings))
  }
}
