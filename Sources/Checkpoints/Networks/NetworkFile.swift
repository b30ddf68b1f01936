import DCGAN
import Files
import Support

/// The state of one network under PyTorch's bare names, `main.0.weight` and so on, as
/// `safetensors.torch.save_file(network.state_dict(), path)` writes it and `load_state_dict` reads it.
///
/// A file that is read may have the names behind a prefix, as `module.` or `generator.`, and may be a
/// whole checkpoint.
public struct NetworkFile: Equatable, Sendable {
  /// Which network this is.
  public let kind: NetworkKind
  /// The weights and running statistics, and what batch normalization counted.
  public let tensors: SafeTensors

  /// Takes a network out of a checkpoint.
  ///
  /// A training step shows the generator one batch and the discriminator three: real images, fakes,
  /// and the fakes again for the generator's sake. That is what `num_batches_tracked` counts; its
  /// value has no effect at the momentum of 0.1.
  public init(_ kind: NetworkKind, of checkpoint: Checkpoint) {
    let metadata = checkpoint.metadata
    let settings = metadata.settings
    let prefix = kind.prefix
    let entries = kind.shapes(settings).compactMap { name, shape in
      checkpoint.tensors[prefix + name].map {
        SafeTensors.Entry(name: name, shape: shape, values: $0.values)
      }
    }
    let batches =
      kind == .generator
      ? metadata.generatorOptimizerStep : 3 * metadata.discriminatorOptimizerStep
    var strings = [
      "format": "pt", "network": kind.rawValue, "epoch": "\(metadata.epoch)",
      "step": "\(metadata.step)", "seed": "\(metadata.seed)", "size": "\(settings.size)",
      "channels": "\(settings.channels)", "version": metadata.version,
    ]
    if let classes = settings.classes { strings.merge(classes.strings) { $1 } }
    switch kind {
    case .generator:
      strings["nz"] = "\(settings.nz)"
      strings["ngf"] = "\(settings.ngf)"
    case .discriminator:
      strings["ndf"] = "\(settings.ndf)"
      if settings.hasMinibatchDeviation { strings["minibatch_std"] = "true" }
    }
    self.kind = kind
    tensors = SafeTensors(
      metadata: strings, entries: entries,
      counters: kind.counterNames(settings).map { .init(name: $0, value: Int64(batches)) })
  }

  /// Reads the network at `path`, and checks that it is exactly one of `settings`.
  ///
  /// PyTorch's `num_batches_tracked` may be there or not. Throws `NetworkFileError` with every tensor
  /// that is missing, surplus, of another shape, or holds a number that no training makes;
  /// `SafeTensorsError`; and `FileError`.
  public init(_ kind: NetworkKind, contentsOf path: String, settings: ModelSettings) throws {
    self.init(kind, try SafeTensors(contentsOf: path).withBareNames(of: kind))
    try inFile(path) { try check(settings, hasOptions: true) }
  }

  /// Reads the network at `path`, whatever its sizes: its tensors' shapes tell them.
  ///
  /// Throws as the other, and `NetworkFileError` where the shapes are those of no network of this
  /// program.
  public init(_ kind: NetworkKind, contentsOf path: String) throws {
    self = try Self.sized(kind, contentsOf: path).file
  }

  /// Reads the network at `path` and the sizes that its tensors' shapes tell; what it does not show has the
  /// least size. Throws as `init(_:contentsOf:)`.
  static func sized(
    _ kind: NetworkKind, contentsOf path: String
  ) throws -> (file: NetworkFile, settings: ModelSettings) {
    let file = NetworkFile(kind, try SafeTensors(contentsOf: path).withBareNames(of: kind))
    return try inFile(path) {
      let settings = try file.sizes()
      try file.check(settings, hasOptions: false)
      return (file, settings)
    }
  }

  private init(_ kind: NetworkKind, _ tensors: SafeTensors) {
    self.kind = kind
    self.tensors = tensors
  }

  /// Throws `NetworkFileProblems` where this is not exactly a network of `settings`.
  ///
  /// - Parameter hasOptions: Whether the sizes come from options, which the error may then name.
  private func check(
    _ settings: ModelSettings, hasOptions: Bool
  ) throws(NetworkFileProblems) {
    if hasOptions { try checkClasses(settings) }
    let problems = Self.problems(of: tensors, kind, settings)
    guard problems.isEmpty else {
      throw NetworkFileProblems(
        kind: kind, problems: problems,
        advice: Self.advice(on: tensors, kind, hasOptions ? settings : nil))
    }
  }

  /// Writes the file, whole or not at all; throws `FileError`.
  public func write(to path: String) throws { try tensors.write(to: path) }

  /// Identifies names and numbers of the weights and running statistics, in whatever order they lie.
  public var digest: String {
    var sum = Fingerprint()
    for entry in tensors.entries.sorted(by: { $0.name < $1.name }) {
      sum.add(Array(entry.name.utf8) + [0])
      entry.values.withUnsafeBytes { sum.add($0) }
    }
    return sum.digits
  }

  private static func problems(
    of tensors: SafeTensors, _ kind: NetworkKind, _ settings: ModelSettings
  ) -> [String] {
    var surplus = Set(tensors.entries.map(\.name) + tensors.counters.map(\.name))
    var problems: [String] = []
    for (name, shape) in kind.shapes(settings) {
      surplus.remove(name)
      guard let entry = tensors[name] else {
        problems.append("\(name): expected the shape \(shape), found no such tensor")
        continue
      }
      if entry.shape != shape {
        problems.append("\(name): expected the shape \(shape), found \(entry.shape)")
      } else if let problem = Network.problem(in: entry) {
        problems.append(problem)
      }
    }
    surplus.subtract(kind.counterNames(settings))
    return problems + surplus.sorted().map { "expected no tensor \(quoted($0)), found one" }
  }

  /// Says with which options the tensors would fit, or what else they are; nil where that is unknown.
  static func advice(
    on tensors: SafeTensors, _ kind: NetworkKind, _ settings: ModelSettings?
  ) -> Message? {
    if let settings, let fitting = kind.settings(of: tensors, others: settings) {
      if fitting.hasMinibatchDeviation != settings.hasMinibatchDeviation {
        let use = fitting.hasMinibatchDeviation ? "with" : "without"
        return "train \(use) \(.minibatchDeviation), or name another file"
      }
      let widths: Message =
        kind == .generator
        ? "\(.nz, fitting.nz) \(.ngf, fitting.ngf)" : "\(.ndf, fitting.ndf)"
      return fitting.numbers == settings.numbers
        ? nil : "it fits \(.size, fitting.size) \(.channels, fitting.channels) \(widths)"
    }
    for other in NetworkKind.allCases where other != kind {
      if other.settings(of: tensors, others: .least) != nil { return "it is a \(other.rawValue)" }
    }
    let first = kind.ends.first
    if let name = tensors.entries.map(\.name).first(where: { $0.hasSuffix(first) && $0 != first }) {
      return
        "leave out all tensors except those of \(quoted(String(name.dropLast(first.count))))"
    }
    return tensors["0.weight"] == nil ? nil : "prefix the names with 'main.'"
  }
}

extension Network {
  /// Takes over the weights and running statistics of a file that was read for this network's sizes;
  /// throws `CheckpointError` where it is one of others.
  public func load(_ file: NetworkFile, path: String) throws {
    try inFile(path) { try load(file.tensors, prefix: "") }
  }
}
