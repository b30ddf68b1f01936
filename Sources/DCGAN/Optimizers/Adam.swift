import Tensor

/// Adam on all parameters of a network at once.
public final class Adam {
  /// The learning rate and its companions, for the steps from now on.
  public var settings: AdamSettings
  /// How many steps were made.
  public var step = 0
  /// The decaying means of the gradients, laid out as the arena.
  public let firstMoment: Tensor
  /// The decaying means of the squared gradients, laid out as the arena.
  public let secondMoment: Tensor
  let arena: ParameterArena

  /// Makes an optimizer with both moments zero.
  public init(_ arena: ParameterArena, settings: AdamSettings = AdamSettings()) {
    self.arena = arena
    self.settings = settings
    firstMoment = Tensor(repeating: 0, shape: arena.values.shape)
    secondMoment = Tensor(repeating: 0, shape: arena.values.shape)
  }

  /// Moves the parameters against their gradients; see `Backend.adamStep`. Ranks that share the batch all
  /// make the same step.
  public func update(_ backend: Backend) {
    backend.shareGradients()
    step += 1
    backend.adamStep(
      parameters: arena.values, firstMoment: firstMoment, secondMoment: secondMoment,
      gradient: arena.gradients, step: step, settings: settings)
  }

  /// The moments parameter by parameter, under the parameters' names.
  public var moments: [(name: String, first: Tensor, second: Tensor)] {
    var offset = 0
    return arena.parameters.map { parameter in
      defer { offset += parameter.value.count }
      return (
        parameter.name, firstMoment.view(parameter.value.shape, at: offset),
        secondMoment.view(parameter.value.shape, at: offset)
      )
    }
  }
}
