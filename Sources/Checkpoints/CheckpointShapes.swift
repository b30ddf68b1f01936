/// The names of a checkpoint's tensors, and their shapes in PyTorch's layouts.
///
/// Convolution weights are [O, I, kh, kw], transposed ones [I, O, kh, kw], everything of a batch norm
/// [C]. The numbers in the names are those of the layers in the PyTorch DCGAN tutorial.
public enum CheckpointShapes {
  /// A tensor's name and the length of each axis.
  public typealias Named = (name: String, shape: [Int])

  /// Lists a whole checkpoint: both networks' weights and buffers, then Adam's two moments of each
  /// network's weights; where the generator is an average, the weights that training goes on from, too;
  /// and where the discriminator is spectrally normalized, its filters before that, each with the left
  /// and the right singular vector, the latter as a filter of one output.
  public static func all(
    size: Int, channels: Int, nz: Int, ngf: Int, ndf: Int, hasAverage: Bool = false,
    isSpectrallyNormalized: Bool = false
  ) -> [Named] {
    let networks = [
      ("generator", generator(size: size, channels: channels, nz: nz, ngf: ngf)),
      ("discriminator", discriminator(size: size, channels: channels, ndf: ndf)),
    ]
    let states = networks.flatMap { network, tensors in
      tensors.map { (name: "\(network).\($0.name)", shape: $0.shape) }
    }
    let moments = networks.flatMap { network, tensors in
      ["exp_avg", "exp_avg_sq"].flatMap { moment in
        tensors.filter { isParameter($0.name) }.map {
          (name: "optimizer.\(network).\(moment).\($0.name)", shape: $0.shape)
        }
      }
    }
    let trained =
      hasAverage
      ? networks[0].1.filter { isParameter($0.name) }.map {
        (name: trainedGeneratorPrefix + $0.name, shape: $0.shape)
      } : []
    let normalized = isSpectrallyNormalized ? networks[1].1.flatMap(spectralNorm) : []
    return states + moments + trained + normalized
  }

  /// Lists what goes with one of the discriminator's tensors where it is normalized: nothing, unless it
  /// is a filter.
  private static func spectralNorm(of tensor: Named) -> [Named] {
    guard tensor.shape.count == 4 else { return [] }
    let name = trainedDiscriminatorPrefix + tensor.name
    return [
      (name, tensor.shape), (name + leftVectorSuffix, [tensor.shape[0]]),
      (name + rightVectorSuffix, [1] + tensor.shape.dropFirst()),
    ]
  }

  /// What precedes the names of the weights that training goes on from, where the generator is an
  /// average.
  static let trainedGeneratorPrefix = "training.generator."

  /// What precedes the names of the filters that training goes on from, and of their singular vectors,
  /// where the discriminator is spectrally normalized.
  static let trainedDiscriminatorPrefix = "training.discriminator."
  /// What follows a filter's name in that of its left singular vector, as in PyTorch.
  static let leftVectorSuffix = "_u"
  /// The same for the right one.
  static let rightVectorSuffix = "_v"

  /// Lists the generator's tensors, `main.0.weight` first, in the order of a PyTorch state dict.
  public static func generator(size: Int, channels: Int, nz: Int, ngf: Int) -> [Named] {
    var tensors: [Named] = []
    var inputs = nz
    for depth in 0..<4 {
      let outputs = ngf << (3 - depth)
      let kernel = depth == 0 ? size / 16 : 4
      tensors.append(("main.\(3 * depth).weight", [inputs, outputs, kernel, kernel]))
      tensors += batchNorm(3 * depth + 1, channels: outputs)
      inputs = outputs
    }
    return tensors + [("main.12.weight", [inputs, channels, 4, 4])]
  }

  /// Lists the discriminator's tensors, `main.0.weight` first, in the order of a PyTorch state dict.
  public static func discriminator(size: Int, channels: Int, ndf: Int) -> [Named] {
    var tensors: [Named] = [("main.0.weight", [ndf, channels, 4, 4])]
    for depth in 1..<4 {
      let layer = 3 * depth - 1
      tensors.append(("main.\(layer).weight", [ndf << depth, ndf << (depth - 1), 4, 4]))
      tensors += batchNorm(layer + 1, channels: ndf << depth)
    }
    return tensors + [("main.11.weight", [1, ndf << 3, size / 16, size / 16])]
  }

  /// Returns whether the optimizer moves a tensor of that name: all but the running statistics.
  public static func isParameter(_ name: String) -> Bool {
    !name.hasSuffix(".running_mean") && !name.hasSuffix(".running_var")
  }

  private static func batchNorm(_ layer: Int, channels: Int) -> [Named] {
    ["weight", "bias", "running_mean", "running_var"].map { ("main.\(layer).\($0)", [channels]) }
  }
}
