import Tensor

/// The score of an image as one of its class: that of a convolution over the whole map, and the map's
/// sum projected on a vector of the class, `ψ(x) + ⟨v(y), Σₚ x(p)⟩`.
///
/// Miyato & Koyama 2018 (arXiv 1802.05637), the projection discriminator.
public struct ProjectionScore: LayerSpecification {
  let convolution: Convolution
  private let vectors: Shape

  /// Describes a layer on maps of so many channels, whose convolution has one output.
  public init(_ convolution: Convolution, channels: Int, classes: Int) {
    self.convolution = convolution
    vectors = Shape(1, classes, 1, channels)
  }

  /// The filter as `weight`, and the classes' vectors as `projection.weight`.
  public var parameters: [ParameterSpecification] {
    convolution.parameters + [
      ParameterSpecification("projection.weight", vectors, .normal(mean: 0))
    ]
  }

  /// Makes the layer of its filter and vectors.
  public func makeLayer(parameters: [Parameter], buffers: [Tensor]) -> any Layer {
    ProjectionScoreLayer(
      score: convolution.makeConvolution(filter: parameters[0]), vectors: parameters[1])
  }
}

/// A score by projection with its filter and vectors.
struct ProjectionScoreLayer: Layer {
  let score: ConvolutionLayer
  fileprivate let vectors: Parameter

  /// Applies the layer; traps where the pass has no labels, or the channels do not fit.
  func callAsFunction(_ x: Variable, _ pass: ForwardPass) -> Variable {
    let vectors = pass.tape.parameter(vectors, isTrainable: pass.isTrainable)
    return pass.tape.addClassProjection(
      of: x, on: vectors, labels: pass.requiredLabels, to: score(x, pass))
  }
}
