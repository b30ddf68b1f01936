import Checkpoints
import Support

extension InitialNetworks {
  /// Reads again what a run began with.
  ///
  /// Throws as the other, and `TrainingError` where a file holds something else now.
  public init(of run: RunConfiguration) throws {
    try self.init(
      generator: run.initialGenerator?.file, discriminator: run.initialDiscriminator?.file,
      settings: run.model)
    for (kind, recorded) in [
      (NetworkKind.generator, run.initialGenerator), (.discriminator, run.initialDiscriminator),
    ] {
      guard let recorded, let found = self[kind], found != recorded else { continue }
      throw TrainingError(
        "\(recorded.file): expected the \(kind.rawValue) that the run began with (digest "
          + "\(recorded.digest)), found another (\(found.digest)); restore it, or start a "
          + "new run in another \(.run) folder")
    }
  }
}
