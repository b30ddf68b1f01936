import DCGAN

/// Which of the two networks a file holds.
public enum NetworkKind: String, Sendable, CaseIterable {
  /// The network that makes images of latents.
  case generator
  /// The network that scores images.
  case discriminator

  /// What precedes the names of the network's tensors in a checkpoint.
  var prefix: String { "\(rawValue)." }

  /// What precedes the names of Adam's first and second moments of the network.
  var momentPrefixes: (first: String, second: String) {
    ("optimizer.\(rawValue).exp_avg.", "optimizer.\(rawValue).exp_avg_sq.")
  }

  /// Describes the network of these sizes.
  func specification(_ settings: ModelSettings) -> NetworkSpecification {
    switch self {
    case .generator: .generator(settings)
    case .discriminator: .discriminator(settings)
    }
  }

  /// Lists the network's tensors, in the order and under the names of a PyTorch state dict.
  package func shapes(_ settings: ModelSettings) -> [CheckpointShapes.Named] {
    specification(settings).portableTensors
  }

  /// Names what PyTorch's batch normalization counts, beside the tensors that `shapes` lists:
  /// `main.1.num_batches_tracked` and so on.
  func counterNames(_ settings: ModelSettings) -> [String] {
    specification(settings).layers.filter { $0.layer is BatchNormalization }
      .map { NetworkSpecification.name("num_batches_tracked", at: $0.place) }
  }

  /// The names of the network's first and last tensor, which are the same at all sizes.
  var ends: (first: String, last: String) {
    let names = specification(.least).tensors.map(\.name)
    return (names[0], names[names.count - 1])
  }

  /// Reads off the tensors' shapes which networks they belong to; nil where they fit none.
  ///
  /// What a network of this kind does not show, such as `ndf` in a generator, is taken from
  /// `others`.
  func settings(of tensors: SafeTensors, others: ModelSettings) -> ModelSettings? {
    guard let settings = try? sizes(of: tensors, others: others) else { return nil }
    return shapes(settings).allSatisfy { tensors[$0.name]?.shape == $0.shape } ? settings : nil
  }
}
