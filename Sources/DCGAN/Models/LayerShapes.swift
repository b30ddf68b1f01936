import Tensor

extension ConvolutionCase {
  /// Returns the convolutions of both networks on a batch, in the order in which an image or a latent
  /// passes them: the discriminator's `d1` to `d5`, then the generator's `g1` to `g5`.
  package static func layers(of settings: ModelSettings, batch: Int) -> [ConvolutionCase] {
    let image = Shape(batch, settings.size, settings.size, settings.channels)
    let latents = Shape(batch, 1, 1, settings.nz)
    return cases(.discriminator(settings), from: image, prefix: "d")
      + cases(.generator(settings), from: latents, prefix: "g")
  }

  private static func cases(
    _ network: NetworkSpecification, from first: Shape, prefix: String
  ) -> [ConvolutionCase] {
    var shape = first
    let convolutions = network.layers.compactMap { _, layer in
      layer as? Convolution ?? (layer as? ProjectionScore)?.convolution
    }
    return convolutions.enumerated().map { index, layer in
      let large = layer.largeShape(of: shape)
      let result = ConvolutionCase(
        name: "\(prefix)\(index + 1)", use: .speed, large: large, filter: layer.filterShape,
        geometry: layer.geometry)
      shape = layer.direction == .down ? result.small : large
      return result
    }
  }
}
