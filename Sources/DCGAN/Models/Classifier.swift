import Support
import Tensor

extension NetworkSpecification {
  /// Describes a classifier: an image `[n, size, size, channels]` to the logits `[n, 1, 1, classes]` of
  /// its classes.
  ///
  /// It has the discriminator's layers, but for the last convolution, which ends in as many channels as
  /// there are classes; see `discriminator(_:isSpectrallyNormalized:)`. The softmax is part of the loss.
  ///
  /// - Parameters:
  ///   - settings: The sizes, of which the generator's do not matter.
  ///   - classes: The number of classes; traps below 2.
  public static func classifier(_ settings: ModelSettings, classes: Int) -> NetworkSpecification {
    require(classes >= 2, "a classifier of \(classes) classes")
    let layers = discriminator(settings).layers
    let head = Convolution(
      .down, largeChannels: settings.ndf * 8, smallChannels: classes, .whole(settings.head))
    return NetworkSpecification(layers.dropLast() + layers.suffix(1).map { ($0.place, head) })
  }
}

extension Network {
  /// Makes a classifier; see `NetworkSpecification.classifier`.
  public static func classifier(_ settings: ModelSettings, classes: Int) -> Network {
    Network(.classifier(settings, classes: classes))
  }
}
