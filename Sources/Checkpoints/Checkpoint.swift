import Support

/// The state of a run after an epoch: tensors by name, and what they belong to.
public struct Checkpoint: Equatable, Sendable {
  /// What the checkpoint says of itself, parsed; this is what is written.
  public var metadata: CheckpointMetadata
  /// The tensors, as `expectedShapes` lists them; their own `metadata` is not written.
  public var tensors: SafeTensors

  /// Makes a checkpoint of its parts; whether they fit is checked when it is written.
  public init(metadata: CheckpointMetadata, entries: [SafeTensors.Entry]) {
    self.metadata = metadata
    self.tensors = SafeTensors(metadata: metadata.strings, entries: entries)
  }

  /// Reads and checks the checkpoint at `path`.
  ///
  /// Throws `FileError`, `SafeTensorsError`, and `CheckpointError` where it belongs to another
  /// layout or lacks something.
  public init(contentsOf path: String) throws {
    let tensors = try SafeTensors(contentsOf: path)
    metadata = try inFile(path) {
      let metadata = try CheckpointMetadata(parsing: tensors.metadata)
      try metadata.validate(tensors)
      return metadata
    }
    self.tensors = tensors
  }

  /// Checks and writes the checkpoint with its checksums, whole or not at all.
  ///
  /// Throws `CheckpointError` where a tensor is missing, surplus or of another shape, and `FileError`.
  public func write(to path: String) throws {
    try inFile(path) { try metadata.validate(tensors) }
    try SafeTensors(metadata: metadata.strings, entries: tensors.entries)
      .write(to: path, withChecksums: true)
  }
}

extension CheckpointMetadata {
  /// Lists the tensors of a checkpoint with these settings.
  public var expectedShapes: [CheckpointShapes.Named] {
    CheckpointShapes.all(
      settings, hasAverage: averageDecay != nil, isSpectrallyNormalized: isSpectrallyNormalized)
  }

  /// Checks that `tensors` are exactly the expected ones, in any order.
  ///
  /// Throws `CheckpointProblems` with every tensor that is missing, surplus or of another shape.
  package func validate(_ tensors: SafeTensors) throws(CheckpointProblems) {
    try validate(
      tensors.entries.map { ($0.name, $0.shape) } + tensors.counters.map { ($0.name, []) })
  }

  /// Checks that tensors of these names and shapes are exactly the expected ones, in any order.
  ///
  /// Throws as the other.
  func validate(_ tensors: [CheckpointShapes.Named]) throws(CheckpointProblems) {
    let shapes = Dictionary(tensors.map { ($0.name, $0.shape) }) { first, _ in first }
    var surplus = Set(shapes.keys)
    var problems: [String] = []
    for (name, shape) in expectedShapes {
      surplus.remove(name)
      guard let found = shapes[name] else {
        problems.append("\(name): expected the shape \(shape), found no such tensor")
        continue
      }
      if found != shape {
        problems.append("\(name): expected the shape \(shape), found \(found)")
      }
    }
    problems += surplus.sorted().map { "expected no tensor \(quoted($0)), found one" }
    if !problems.isEmpty { throw CheckpointProblems(problems) }
  }
}
