import DCGAN
import Files

/// What a checkpoint's header says, read without its tensors.
public struct CheckpointSummary: Equatable, Sendable {
  /// The file.
  public let path: String
  /// The file's size.
  public let bytes: Int
  /// What the checkpoint says of itself.
  public let metadata: CheckpointMetadata
  /// The number of tensors.
  public let tensorCount: Int
  /// Weights that training changes.
  public let parameters: ParameterCounts

  /// Reads and checks the header of the checkpoint at `path`.
  ///
  /// Throws `FileError`, `SafeTensorsError`, and `CheckpointError` where it belongs to another
  /// layout or lacks a tensor.
  public init(contentsOf path: String) throws {
    let file = try FileReader(path: path)
    (metadata, tensorCount) = try inFile(path) {
      let header = try SafeTensorsHeader(size: file.size) { try file.read(at: $0, into: $1) }
      var strings = header.metadata
      _ = try SafeTensorsChecksums(takenFrom: &strings)
      let metadata = try CheckpointMetadata(parsing: strings)
      try metadata.validate((header.tensors + header.counters).map { ($0.name, $0.shape) })
      return (metadata, header.tensors.count)
    }
    self.path = path
    bytes = file.size
    parameters = ParameterCounts(metadata.settings)
  }
}

/// The number of weights that training changes.
public struct ParameterCounts: Codable, Equatable, Sendable {
  /// Those of the generator.
  public let generator: Int
  /// Those of the discriminator.
  public let discriminator: Int

  /// Counts those of networks of the given sizes.
  public init(_ settings: ModelSettings) {
    generator = NetworkSpecification.generator(settings).parameterCount
    discriminator = NetworkSpecification.discriminator(settings).parameterCount
  }
}
