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
    var cases: [ConvolutionCase] = []
    for (_, layer) in network.layers {
      if layer is MinibatchDeviation {
        shape = Shape(shape.batch, shape.height, shape.width, shape.channels + 1)
      }
      guard let layer = layer as? Convolution ?? (layer as? ProjectionScore)?.convolution else {
        continue
      }
      let large = layer.largeShape(of: shape)
      let result = ConvolutionCase(
        name: "\(prefix)\(cases.count + 1)", use: .speed, large: large, filter: layer.filterShape,
        geometry: layer.geometry)
      shape = layer.direction == .down ? result.small : large
      cases.append(result)
    }
    return cases
  }
}
