import DCGAN
import Tensor

extension Network {
  /// The parameters and buffers under PyTorch's names and in PyTorch's layouts; a filter that is
  /// normalized stands there as it is applied, divided by its spectral norm.
  ///
  /// - Parameter prefix: what precedes each name, as `generator.`.
  public func entries(prefix: String) -> [SafeTensors.Entry] {
    let applied = Dictionary(
      uniqueKeysWithValues: spectralNorms.map { ($0.filter.name, $0.normalized) })
    return namedTensors.map { Self.entry(name: prefix + $0.name, applied[$0.name] ?? $0.value) }
  }

  /// Copies the parameters and buffers out of a file's tensors.
  ///
  /// Throws `CheckpointProblems` where one is missing, has another shape or holds a number that no
  /// training makes; others are left alone. Where filters are normalized, `findSpectralNorms` or
  /// `loadSpectralNorms` must follow.
  package func load(_ tensors: SafeTensors, prefix: String) throws(CheckpointProblems) {
    for (name, value) in namedTensors {
      try Self.load(tensors, name: prefix + name, into: value)
    }
  }

  /// The parameters alone, likewise.
  func parameterEntries(prefix: String) -> [SafeTensors.Entry] {
    arena.parameters.map { Self.entry(name: prefix + $0.name, $0.value) }
  }

  /// Copies the parameters alone out of a file's tensors; throws as the other.
  func loadParameters(_ tensors: SafeTensors, prefix: String) throws(CheckpointProblems) {
    for parameter in arena.parameters {
      try Self.load(tensors, name: prefix + parameter.name, into: parameter.value)
    }
  }

  /// The filters that are normalized as the optimizer changes them, each with its singular vectors;
  /// these have PyTorch's names, u as `main.0.weight_u`, v as `main.0.weight_v`.
  func spectralEntries(prefix: String) -> [SafeTensors.Entry] {
    spectralTensors.map { Self.entry(name: prefix + $0.name, $0.value) }
  }

  /// Copies these out of a file's tensors, and divides the filters; throws as `load`. Does nothing where
  /// no filter is normalized.
  package func loadSpectralNorms(
    _ tensors: SafeTensors, prefix: String, _ backend: Backend
  ) throws(CheckpointProblems) {
    for (name, value) in spectralTensors {
      try Self.load(tensors, name: prefix + name, into: value)
    }
    for norm in spectralNorms { norm.divide(backend) }
    try checkSpectralNorms(prefix: prefix)
  }

  /// Throws `CheckpointProblems` where a filter that was read cannot be divided: it is zero, or its vectors
  /// are not those of its largest singular value.
  package func checkSpectralNorms(prefix: String = "") throws(CheckpointProblems) {
    for norm in spectralNorms where norm.value <= SpectralNorm.leastValue {
      throw CheckpointProblems([
        "\(prefix)\(norm.filter.name): expected a filter with a spectral norm above "
          + "\(SpectralNorm.leastValue), found \(norm.value)"
      ])
    }
  }

  private var spectralTensors: [(name: String, value: Tensor)] {
    spectralNorms.flatMap { norm in
      let name = norm.filter.name
      return [
        (name, norm.filter.value), (name + CheckpointShapes.leftVectorSuffix, norm.left),
        (name + CheckpointShapes.rightVectorSuffix, norm.right),
      ]
    }
  }

  /// All tensors of the network under their names, parameters first.
  private var namedTensors: [(name: String, value: Tensor)] {
    arena.parameters.map { ($0.name, $0.value) } + buffers
  }

  /// Returns a tensor as PyTorch lays it out: filters `[O, I, k, k]`, vectors `[count]`,
  /// those of classes `[classes, count]`.
  package static func entry(name: String, _ tensor: Tensor) -> SafeTensors.Entry {
    let shape = tensor.shape.portable
    let values =
      shape.count < 4
      ? tensor.values : Layouts.toPyTorch(tensor.values, shape: shape)
    return SafeTensors.Entry(name: name, shape: shape, values: values)
  }

  /// Copies one tensor out of a file's; throws as the other.
  static func load(
    _ tensors: SafeTensors, name: String, into tensor: Tensor
  ) throws(CheckpointProblems) {
    let shape = tensor.shape.portable
    guard let entry = tensors[name], entry.shape == shape else {
      let found = tensors[name].map { "\($0.shape)" } ?? "no such tensor"
      throw CheckpointProblems(["\(name): expected the shape \(shape), found \(found)"])
    }
    if let problem = problem(in: entry) { throw CheckpointProblems([problem]) }
    let values =
      shape.count < 4
      ? entry.values : Layouts.fromPyTorch(entry.values, shape: shape)
    tensor.assign(Tensor(values, shape: tensor.shape))
  }

  /// Names the first number that is not finite, or a mean of squares or a deviation that is below zero;
  /// nil where every number is one that training makes.
  static func problem(in entry: SafeTensors.Entry) -> String? {
    if let value = entry.values.first(where: { !$0.isFinite }) {
      return "\(entry.name): expected finite numbers, found \(value)"
    }
    let isPositive =
      [".running_var", ".running_deviation"].contains(where: entry.name.hasSuffix)
      || entry.name.contains(".exp_avg_sq.")
    if isPositive, let value = entry.values.first(where: { $0 < 0 }) {
      return "\(entry.name): expected no number below zero, found \(value)"
    }
    return nil
  }
}
