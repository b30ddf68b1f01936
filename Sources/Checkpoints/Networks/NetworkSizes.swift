import DCGAN
import Support

/// The sizes of a network as the shapes of its first and its last tensor tell them.
struct NetworkSizes: Equatable {
  /// Which network it is.
  let kind: NetworkKind
  /// The side of its images.
  let size: Int
  /// The channels of its images.
  let channels: Int
  /// The width: `ngf` or `ndf`.
  let width: Int
  /// The length of a latent; nil of a discriminator.
  let nz: Int?

  /// Why the shapes are those of no network.
  struct Problem: Error, Equatable {
    /// The tensor, what was expected and what was found.
    let description: String
  }

  /// Reads the shapes; throws `Problem` where one of the two tensors is missing, or a size is none that
  /// networks have here.
  init(_ kind: NetworkKind, of tensors: SafeTensors) throws(Problem) {
    let isGenerator = kind == .generator
    let axes =
      isGenerator
      ? ("[nz, 8 ngf, size / 16, size / 16]", "[ngf, channels, 4, 4]")
      : ("[ndf, channels, 4, 4]", "[1, 8 ndf, size / 16, size / 16]")
    let first = try Self.shape(of: NetworkKind.firstName, in: tensors, axes: axes.0)
    let last = try Self.shape(of: kind.lastName, in: tensors, axes: axes.1)
    self.kind = kind
    let (sized, other) =
      isGenerator ? (NetworkKind.firstName, kind.lastName) : (kind.lastName, NetworkKind.firstName)
    let head = isGenerator ? first[2] : last[2]
    size = try Self.check(
      // More than any network has, so that the product is a number.
      16 * min(head, 1 << 20), SettingBounds.sizes, "images of 32, 64, 128 or 256 pixels",
      "\(sized) \(isGenerator ? first : last)")
    channels = try Self.check(
      isGenerator ? last[1] : first[1], SettingBounds.channels, "1 or 3 channels",
      "\(other) \(isGenerator ? last : first)")
    width = try Self.check(
      isGenerator ? last[0] : first[0], SettingBounds.features,
      "from 1 to \(SettingBounds.features.upperBound) feature maps",
      "\(other) \(isGenerator ? last : first)")
    nz =
      isGenerator
      ? try Self.check(
        first[0], SettingBounds.latentSize,
        "vectors of 1 to \(SettingBounds.latentSize.upperBound) numbers", "\(sized) \(first)") : nil
  }

  /// The sizes of a pair of networks; what this one does not show is taken from `others`.
  func settings(others: ModelSettings) -> ModelSettings {
    ModelSettings(
      size: size, channels: channels, nz: nz ?? others.nz,
      ngf: kind == .generator ? width : others.ngf, ndf: kind == .generator ? others.ndf : width)
  }

  private static func shape(
    of name: String, in tensors: SafeTensors, axes: String
  ) throws(Problem) -> [Int] {
    guard let shape = tensors[name]?.shape, shape.count == 4 else {
      let found = tensors[name].map { "\($0.shape)" } ?? "no such tensor"
      throw Problem(description: "\(name): expected the shape \(axes), found \(found)")
    }
    return shape
  }

  private static func check(
    _ number: Int, _ range: some Sequence<Int>, _ expected: String, _ tensor: String
  ) throws(Problem) -> Int {
    guard range.contains(number) else {
      throw Problem(description: "expected \(expected), found \(number) according to \(tensor)")
    }
    return number
  }
}

extension ModelSettings {
  /// The smallest networks, for what a file does not show and nobody uses.
  static let least = ModelSettings(
    size: SettingBounds.sizes[0], channels: SettingBounds.channels[0], nz: 1, ngf: 1, ndf: 1)
}

extension NetworkFile {
  /// Reads the sizes off the shapes; throws `NetworkFileError` where they are those of no network.
  func sizes(path: String) throws -> ModelSettings {
    do {
      return try NetworkSizes(kind, of: tensors).settings(others: .least)
    } catch {
      throw NetworkFileError(
        path: path, kind: kind, problems: [error.description],
        advice: Self.advice(on: tensors, kind, nil))
    }
  }
}

extension SafeTensors {
  /// Takes what precedes the names of a network off them, where all have the same before them; of a whole
  /// checkpoint, the tensors of that network alone are taken.
  ///
  /// Names that stand otherwise are left as they are.
  func withBareNames(of kind: NetworkKind) -> SafeTensors {
    let isCheckpoint = metadata["format"] == CheckpointMetadata.format
    let own = "\(kind.rawValue)."
    let first = entries.map(\.name).first { $0.hasSuffix(NetworkKind.firstName) }
    let prefix = isCheckpoint ? own : first.map { String($0.dropLast(NetworkKind.firstName.count)) }
    guard let prefix, !prefix.isEmpty else { return self }
    let names = entries.map(\.name) + counters.map(\.name)
    guard isCheckpoint || names.allSatisfy({ $0.hasPrefix(prefix) }) else { return self }
    func bare(_ name: String) -> String? {
      name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : nil
    }
    return SafeTensors(
      metadata: metadata,
      entries: entries.compactMap { entry in
        bare(entry.name).map { Entry(name: $0, shape: entry.shape, values: entry.values) }
      },
      counters: counters.compactMap { counter in
        bare(counter.name).map { Counter(name: $0, value: counter.value) }
      })
  }
}
