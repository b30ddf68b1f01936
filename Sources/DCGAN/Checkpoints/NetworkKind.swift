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

  /// The end of those names.
  static let counterSuffix = ".num_batches_tracked"

  /// Reads off the tensors' shapes which networks they belong to; nil where they fit none.
  ///
  /// What a network of this kind does not show, such as `ndf` in a generator, is taken from
  /// `others`.
  func settings(of tensors: SafeTensors, others: ModelSettings) -> ModelSettings? {
    let last = self == .generator ? "main.12.weight" : "main.11.weight"
    guard let first = tensors["main.0.weight"]?.shape, let last = tensors[last]?.shape,
      first.count == 4, last.count == 4
    else { return nil }
    let size = 16 * min(64, self == .generator ? first[2] : last[2])
    let width = self == .generator ? last[0] : first[0]
    let channels = self == .generator ? last[1] : first[1]
    let nz = self == .generator ? first[0] : others.nz
    guard SettingBounds.sizes.contains(size), SettingBounds.channels.contains(channels),
      SettingBounds.features.contains(width), SettingBounds.latentSize.contains(nz)
    else { return nil }
    let settings = ModelSettings(
      size: size, channels: channels, nz: nz, ngf: self == .generator ? width : others.ngf,
      ndf: self == .generator ? others.ndf : width)
    return shapes(settings).allSatisfy { tensors[$0.name]?.shape == $0.shape } ? settings : nil
  }
}
