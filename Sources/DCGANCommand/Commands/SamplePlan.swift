import DCGAN
import Samples
import Tensor

/// What `dcgan sample` draws, decided once.
enum SamplePlan {
  /// Candidates in order, until enough of them pass.
  case fresh(LatentRecipe)
  /// The way between the first latents of two seeds.
  case walk(LatentRecipe)
  /// The candidates that a table lists.
  case again(SampleRepetition)

  /// Decides by the options; reads the table where samples are drawn again.
  ///
  /// Throws what reading the table and the record beside it throws.
  init(_ options: SampleOptions) throws {
    if let table = options.from {
      self = .again(try SampleRepetition(table: table))
    } else if let pair = options.interpolation {
      self = .walk(
        .arc(
          from: pair.from, to: pair.to, steps: options.steps, truncation: options.truncation))
    } else if let path = options.latents {
      self = .fresh(.file(path: path))
    } else {
      self = .fresh(.seeded(seed: options.seed, truncation: options.truncation))
    }
  }

  /// Returns where the latents come from.
  func latents(_ options: SampleOptions) -> LatentRecipe {
    switch self {
    case .fresh(let latents), .walk(let latents): latents
    case .again(let repetition): repetition.latents(options)
    }
  }

  /// Returns the names of the classes that are drawn in turn; none where each is drawn as in training.
  func classNames(_ options: SampleOptions) -> [String] {
    guard options.classes.isEmpty, case .again(let repetition) = self else {
      return options.classes
    }
    return repetition.recorded?.drawnClasses ?? []
  }

  /// Chooses the classes of the candidates; a walk is all of one, that of its first image.
  ///
  /// Throws `SampleClassError` where the networks know no such class.
  func classes(_ options: SampleOptions, _ known: ModelClasses?) throws -> SampleClasses {
    let seed: UInt64 =
      switch latents(options) {
      case .seeded(let seed, _): seed
      case .arc(let from, _, _, _): from
      case .file: options.seed
      }
    let chosen = try SampleClasses(named: classNames(options), of: known, seed: seed)
    guard isAnimated, let known else { return chosen }
    return .inTurn(chosen.labels(of: 0...0, among: known) ?? [])
  }

  /// Returns where the networks come from.
  func networks(_ options: SampleOptions) -> NetworkSource {
    switch self {
    case .fresh, .walk: options.networks
    case .again(let repetition): repetition.networks(options)
    }
  }

  /// Returns the format of what convolutions multiply: that of the options, or else of the record of what
  /// is drawn again.
  func precision(_ options: SampleOptions) -> Precision {
    guard case .again(let repetition) = self, !options.isGiven(\.precision) else {
      return options.precision
    }
    return repetition.recorded?.precision ?? .float32
  }

  /// Returns how many samples are wanted of these latents.
  func count(_ options: SampleOptions, of latents: LatentSource) -> Int {
    switch self {
    case .fresh:
      options.count
        ?? latents.count.map { all in
          options.selection.map { max(1, Int(Double(all) * $0.share)) } ?? all
        } ?? 0
    case .walk: latents.count ?? 0
    case .again(let repetition): repetition.table.candidates.count
    }
  }

  /// Whether the samples are also shown one after the other.
  var isAnimated: Bool {
    if case .walk = self { return true }
    return false
  }
}
