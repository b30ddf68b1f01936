import DCGAN

/// Why the shapes of tensors are those of no network.
struct NetworkSizesProblem: Error, Equatable {
  /// The tensor, what was expected and what was found.
  let description: String
}

extension NetworkKind {
  /// Reads the sizes off the shapes of the network's first and last tensors; what this kind of network does
  /// not show is taken from `others`.
  ///
  /// Throws where one of the two is missing, or a size is none that networks have here.
  func sizes(
    of tensors: SafeTensors, others: ModelSettings
  ) throws(NetworkSizesProblem) -> ModelSettings {
    switch self {
    case .generator:
      let first = try SizingFilter(ends.first, "[nz, 8 ngf, size / 16, size / 16]", in: tensors)
      let last = try SizingFilter(ends.last, "[ngf, channels, 4, 4]", in: tensors)
      let (size, channels) = (try first.imageSize(), try last.channels())
      let ngf = try last.features()
      return ModelSettings(
        size: size, channels: channels, nz: try first.latentSize(), ngf: ngf, ndf: others.ndf,
        classes: try classes(of: tensors), hasMinibatchDeviation: others.hasMinibatchDeviation)
    case .discriminator:
      let first = try SizingFilter(ends.first, "[ndf, channels, 4, 4]", in: tensors)
      let last = try SizingFilter(ends.last, "[1, 8 ndf, size / 16, size / 16]", in: tensors)
      let (size, channels) = (try last.imageSize(), try first.channels())
      return ModelSettings(
        size: size, channels: channels, nz: others.nz, ngf: others.ngf, ndf: try first.features(),
        classes: try classes(of: tensors),
        hasMinibatchDeviation: tensors["main.10.running_deviation"] != nil)
    }
  }

  /// Reads off the tensors how many classes the network knows, and takes their names from the file's
  /// metadata where they stand there; nil where it knows none.
  func classes(of tensors: SafeTensors) throws(NetworkSizesProblem) -> ModelClasses? {
    let name = self == .generator ? "main.1.weight" : "main.11.projection.weight"
    guard let shape = tensors[name]?.shape, shape.count == 2 else { return nil }
    let range = SettingBounds.classes
    guard range.contains(shape[0]) else {
      throw NetworkSizesProblem(
        description: "expected from \(range.lowerBound) to \(range.upperBound) classes, found "
          + "\(shape[0]) according to \(name) \(shape)")
    }
    let recorded = ModelClasses(strings: tensors.metadata)
    return recorded?.count == shape[0] ? recorded : ModelClasses(unnamed: shape[0])
  }
}

/// A network's first or last filter, whose axes tell sizes.
private struct SizingFilter {
  private let name: String
  private let shape: [Int]

  /// Looks for the filter; throws where there is none of four axes, which `axes` are to name.
  init(_ name: String, _ axes: String, in tensors: SafeTensors) throws(NetworkSizesProblem) {
    guard let shape = tensors[name]?.shape, shape.count == 4 else {
      let found = tensors[name].map { "\($0.shape)" } ?? "no such tensor"
      throw NetworkSizesProblem(description: "\(name): expected the shape \(axes), found \(found)")
    }
    (self.name, self.shape) = (name, shape)
  }

  /// Reads the side of an image off a filter that spans the whole of the smallest map.
  func imageSize() throws(NetworkSizesProblem) -> Int {
    // More than any network has, so that the product is a number.
    try check(
      16 * min(shape[2], 1 << 20), SettingBounds.sizes, "images of 32, 64, 128 or 256 pixels")
  }

  /// Reads the channels of an image.
  func channels() throws(NetworkSizesProblem) -> Int {
    try check(shape[1], SettingBounds.channels, "1 or 3 channels")
  }

  /// Reads the width of the network next to the image: `ngf` or `ndf`.
  func features() throws(NetworkSizesProblem) -> Int {
    let range = SettingBounds.features
    return try check(shape[0], range, "from 1 to \(range.upperBound) feature maps")
  }

  /// Reads the length of a latent.
  func latentSize() throws(NetworkSizesProblem) -> Int {
    let range = SettingBounds.latentSize
    return try check(shape[0], range, "vectors of 1 to \(range.upperBound) numbers")
  }

  private func check(
    _ number: Int, _ range: some Sequence<Int>, _ expected: String
  ) throws(NetworkSizesProblem) -> Int {
    guard range.contains(number) else {
      throw NetworkSizesProblem(
        description: "expected \(expected), found \(number) according to \(name) \(shape)")
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
  /// Reads the sizes off the shapes; throws `NetworkFileProblems` where they are those of no network.
  func sizes() throws(NetworkFileProblems) -> ModelSettings {
    do {
      return try kind.sizes(of: tensors, others: .least)
    } catch {
      throw NetworkFileProblems(
        kind: kind, problems: [error.description],
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
    let bareFirst = kind.ends.first
    let first = entries.map(\.name).first { $0.hasSuffix(bareFirst) }
    let prefix = isCheckpoint ? own : first.map { String($0.dropLast(bareFirst.count)) }
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
