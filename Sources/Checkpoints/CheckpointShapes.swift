import DCGAN
import Tensor

/// The names of a checkpoint's tensors, and their shapes in PyTorch's layouts.
///
/// Convolution weights are [O, I, kh, kw], transposed ones [I, O, kh, kw], everything of a batch norm
/// [C], or [classes, C] where each class has its own. The numbers in the names are those of the layers in the PyTorch DCGAN tutorial.
public enum CheckpointShapes {
  /// A tensor's name and the length of each axis.
  public typealias Named = (name: String, shape: [Int])

  /// Lists a whole checkpoint: both networks' weights and buffers, then Adam's two moments of each
  /// network's weights; where the generator is an average, the weights that training goes on from, too;
  /// and where the discriminator is spectrally normalized, its filters before that, each with the left
  /// and the right singular vector, the latter as a filter of one output.
  public static func all(
    _ settings: ModelSettings, hasAverage: Bool = false, isSpectrallyNormalized: Bool = false
  ) -> [Named] {
    let networks = NetworkKind.allCases.map { (kind: $0, network: $0.specification(settings)) }
    let states = networks.flatMap { kind, network in
      named(kind.prefix, network.portableTensors)
    }
    let moments = networks.flatMap { kind, network in
      [kind.momentPrefixes.first, kind.momentPrefixes.second].flatMap {
        named($0, network.portableParameters)
      }
    }
    let further = networks.flatMap { kind, network in
      switch kind {
      case .generator:
        hasAverage ? named(trainingGeneratorPrefix, network.portableParameters) : []
      case .discriminator:
        isSpectrallyNormalized ? network.portableParameters.flatMap(spectralNorm) : []
      }
    }
    return states + moments + further
  }

  /// Puts a prefix before each name.
  private static func named(_ prefix: String, _ tensors: [Named]) -> [Named] {
    tensors.map { (prefix + $0.name, $0.shape) }
  }

  /// Lists what goes with one of the discriminator's tensors where it is normalized: nothing, unless it
  /// is a filter.
  private static func spectralNorm(of tensor: Named) -> [Named] {
    guard tensor.shape.count == 4 else { return [] }
    let name = trainingDiscriminatorPrefix + tensor.name
    return [
      (name, tensor.shape), (name + leftVectorSuffix, [tensor.shape[0]]),
      (name + rightVectorSuffix, [1] + tensor.shape.dropFirst()),
    ]
  }

  /// What precedes the names of the weights that training goes on from, where the generator is an
  /// average.
  static let trainingGeneratorPrefix = "training.generator."

  /// What precedes the names of the filters that training goes on from, and of their singular vectors,
  /// where the discriminator is spectrally normalized.
  static let trainingDiscriminatorPrefix = "training.discriminator."
  /// What follows a filter's name in that of its left singular vector, as in PyTorch.
  static let leftVectorSuffix = "_u"
  /// The same for the right one.
  static let rightVectorSuffix = "_v"

  /// Returns whether the optimizer moves a tensor of that name: all but the running statistics.
  public static func isParameter(_ name: String) -> Bool {
    !name.contains(".running_")
  }
}

extension NetworkSpecification {
  /// The tensors as files have them, in the order of a PyTorch state dict.
  var portableTensors: [CheckpointShapes.Named] { tensors.map { ($0.name, $0.shape.portable) } }

  /// The parameters alone, likewise.
  var portableParameters: [CheckpointShapes.Named] {
    parameters.map { ($0.name, $0.shape.portable) }
  }
}

extension Shape {
  /// The axes in a file: of a filter `[kh, kw, I, O]` PyTorch's `[O, I, kh, kw]`, of a vector its length,
  /// and of the classes' vectors `[1, classes, 1, count]` a matrix with a row a class.
  var portable: [Int] {
    if rows == 1 { return [channels] }
    // No filter of these networks is one pixel high.
    return batch == 1 && width == 1 ? [height, channels] : [channels, width, batch, height]
  }
}
