import DCGAN
import Files
import Tensor

/// A file of one network, such as a run began with, and what tells it from others.
public struct RecordedNetwork: Codable, Equatable, Sendable {
  /// The file, as it was given.
  public let file: String
  /// `NetworkFile.digest` of what it held.
  public let digest: String

  /// Joins them.
  public init(file: String, digest: String) {
    self.file = file
    self.digest = digest
  }

  /// The same with the absolute path of the file, which works from any folder.
  package var fromAnywhere: RecordedNetwork {
    RecordedNetwork(file: Folder.absolute(file), digest: digest)
  }
}

/// The weights and running statistics that a run begins with instead of random ones: of both networks,
/// or of one.
public struct InitialNetworks: Sendable {
  private let files: [NetworkKind: (path: String, content: NetworkFile)]

  /// Takes files that were read.
  init(files: [NetworkKind: (path: String, content: NetworkFile)]) { self.files = files }

  /// Reads the files that are named.
  ///
  /// Throws what reading them as networks of `settings` throws.
  public init(generator: String?, discriminator: String?, settings: ModelSettings) throws {
    let paths: [(NetworkKind, String?)] = [
      (.generator, generator), (.discriminator, discriminator),
    ]
    var files: [NetworkKind: (path: String, content: NetworkFile)] = [:]
    for case (let kind, let path?) in paths {
      files[kind] = (path, try NetworkFile(kind, contentsOf: path, settings: settings))
    }
    self.files = files
  }

  /// Names the file of a network, or nil where it begins with random weights.
  public subscript(kind: NetworkKind) -> RecordedNetwork? {
    files[kind].map { RecordedNetwork(file: $0.path, digest: $0.content.digest) }
  }

  /// Puts the weights and running statistics into a model of the same sizes.
  ///
  /// Throws `CheckpointError` where the model is of other sizes, or a filter that it normalizes is zero.
  ///
  /// - Parameter backend: What finds the norms of filters that are normalized.
  public func apply(
    to model: AdversarialModel, backend: Backend = Backend(threads: 1)
  ) throws {
    for (kind, file) in files {
      let network = kind == .generator ? model.generator : model.discriminator
      try inFile(file.path) { try network.load(file.content.tensors, prefix: "") }
    }
    model.discriminator.findSpectralNorms(backend)
    if let file = files[.discriminator] {
      try inFile(file.path) { try model.discriminator.checkSpectralNorms() }
    }
    model.average?.reset(to: model.generator)
  }
}
