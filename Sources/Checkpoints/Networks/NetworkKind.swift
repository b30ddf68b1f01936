import DCGAN

/// Which of the two networks a file holds.
public enum NetworkKind: String, Sendable, CaseIterable {
  /// Makes images of latents.
  case generator
  /// Scores images.
  case discriminator

  /// Lists the network's tensors, in the order and under the names of a PyTorch state dict.
  func shapes(_ settings: ModelSettings) -> [CheckpointShapes.Named] {
    switch self {
    case .generator:
      CheckpointShapes.generator(
        size: settings.size, channels: settings.channels, nz: settings.nz, ngf: settings.ngf)
    case .discriminator:
      CheckpointShapes.discriminator(
        size: settings.size, channels: settings.channels, ndf: settings.ndf)
    }
  }

  /// Names what PyTorch's batch normalization counts, beside the tensors that `shapes` lists:
  /// `main.1.num_batches_tracked` and so on.
  func counterNames(_ settings: ModelSettings) -> [String] {
    let statistic = ".running_mean"
    return shapes(settings).map(\.name).filter { $0.hasSuffix(statistic) }
      .map { $0.dropLast(statistic.count) + Self.counterSuffix }
  }

  /// The name of either network's first tensor.
  static let firstName = "main.0.weight"

  /// The name of its last one.
  var lastName: String { self == .generator ? "main.12.weight" : "main.11.weight" }

  /// The end of those names.
  static let counterSuffix = ".num_batches_tracked"

  /// Reads off the tensors' shapes which networks they belong to; nil where they fit none.
  ///
  /// What a network of this kind does not show, such as `ndf` in a generator, is taken from
  /// `others`.
  func settings(of tensors: SafeTensors, others: ModelSettings) -> ModelSettings? {
    guard let settings = try? NetworkSizes(self, of: tensors).settings(others: others) else {
      return nil
    }
    return shapes(settings).allSatisfy { tensors[$0.name]?.shape == $0.shape } ? settings : nil
  }
}
