import Support

/// The trainings of one share.
struct ShareStudy {
  private let study: StudyRunner
  private let share: Double
  private let places: [Int]
  private let real: StudyImages

  /// Chooses the images of a share.
  init(_ runner: StudyRunner, _ share: Double) throws {
    study = runner
    self.share = share
    places = try study.data.places(ofShare: share)
    real = study.data.training.keeping(places)
  }

  /// Trains what is missing; nil where it was stopped.
  func run(
    _ shouldStop: @escaping () -> Bool, _ onEvent: (StudyRunner.Event) throws -> Void
  ) throws -> (rows: [StudyRow], comparisons: [StudyComparison], warnings: [Message])? {
    let settings = study.settings
    var records: [StudyMixture: [CellRecord]] = [:]
    var rows: [StudyMixture: [StudyRow]] = [:]
    // Images at hand need the words beside them also where no training needs the images any more.
    var source: (any SyntheticSource)? = try study.given(share: share)
    let caveat = source?.caveat
    var warnings: [Message] = []
    for seed in 0..<settings.seeds {
      for mixture in settings.mixtures {
        let cell = StudyCell(share: share, mixture: mixture, seed: seed)
        let record: CellRecord
        switch try trained(cell, &source, shouldStop, onEvent) {
        case .stopped: return nil
        case .tooFew(let warning):
          if !warnings.contains(warning) { warnings.append(warning) }
          continue
        case .done(let found): record = found
        }
        let row = StudyRow(cell, record, study.data, isDoubtful: caveat != nil)
        records[mixture, default: []].append(record)
        rows[mixture, default: []].append(row)
        try onEvent(.row(row))
      }
    }
    if let caveat { warnings.append(caveat) }
    // Means over different trainings would compare the trainings too.
    for (mixture, own) in records where own.count < settings.seeds {
      records[mixture] = nil
      rows[mixture] = nil
    }
    let trained = settings.mixtures.compactMap { mixture in
      records[mixture].map { (mixture: mixture, records: $0) }
    }
    let comparisons = StudyComparing(data: study.data, seed: settings.seed)
      .comparisons(share: share, trained)
    return (settings.mixtures.flatMap { rows[$0] ?? [] }, comparisons, warnings)
  }

  /// Trains what is missing of the trainings whose numbers are this process's; returns whether it came to
  /// the end of them.
  func trainMissing(
    _ isOwn: (Int) -> Bool, _ shouldStop: @escaping () -> Bool,
    _ onEvent: (StudyRunner.Event) throws -> Void
  ) throws -> Bool {
    let missing = try study.cells(ofShare: share).filter {
      try isOwn(study.done(before: $0)) && study.folder.record(of: $0, study.data) == nil
    }
    guard !missing.isEmpty else { return true }
    var source: (any SyntheticSource)? = try study.given(share: share)
    for cell in missing {
      if case .stopped = try trained(cell, &source, shouldStop, onEvent) { return false }
    }
    return true
  }

  /// Trains the share's generator where a missing training needs it; returns whether it came to the end.
  func trainGenerator(
    _ shouldStop: @escaping () -> Bool, _ onEvent: (StudyRunner.Event) throws -> Void
  ) throws -> Bool {
    let needs =
      try study.synthetic == nil
      && study.cells(ofShare: share).contains {
        try $0.mixture.arm.usesSynthetic && study.folder.record(of: $0, study.data) == nil
      }
    return try !needs || generator(shouldStop, onEvent) != nil
  }

  /// Reads what a training predicted, or trains and keeps it.
  private func trained(
    _ cell: StudyCell, _ source: inout (any SyntheticSource)?, _ shouldStop: @escaping () -> Bool,
    _ onEvent: (StudyRunner.Event) throws -> Void
  ) throws -> Outcome {
    if let record = try study.folder.record(of: cell, study.data) { return .done(record) }
    if cell.mixture.arm.usesSynthetic && source == nil {
      guard let found = try generator(shouldStop, onEvent) else { return .stopped }
      source = found
    }
    let outcome = try train(cell, source, shouldStop, onEvent)
    if case .done(let record) = outcome { try study.folder.write(record, of: cell) }
    return outcome
  }

  /// Finds or trains the share's generator; nil where it was stopped.
  private func generator(
    _ shouldStop: @escaping () -> Bool, _ onEvent: (StudyRunner.Event) throws -> Void
  ) throws -> ShareGenerator? {
    let steps = study.settings.generatorSteps
    var failure: (any Error)?
    let generator = try ShareGenerator(
      study.data, places: places, share: share, study.settings, study.folder, study.backend,
      shouldStop: { shouldStop() || failure != nil }
    ) { step in
      do {
        try onEvent(.generator(share: share, step: step, of: steps))
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return generator
  }

  private enum Outcome {
    case done(CellRecord)
    case tooFew(Message)
    case stopped
  }

  private func train(
    _ cell: StudyCell, _ source: (any SyntheticSource)?, _ shouldStop: () -> Bool,
    _ onEvent: (StudyRunner.Event) throws -> Void
  ) throws -> Outcome {
    let settings = study.settings
    let synthetic = try images(of: cell, source, shouldStop)
    if shouldStop() { return .stopped }
    if let synthetic, let missing = shortage(synthetic, cell) {
      return .tooFew(missing)
    }
    let set = mixed(cell.mixture, synthetic ?? StudyImages())
    var failure: (any Error)?
    let all = settings.shares.count * settings.seeds * settings.mixtures.count
    let training = ClassifierTraining(
      settings: settings.model(nil), classes: study.data.classes.count, steps: settings.steps,
      backend: study.backend)
    let done = study.done(before: cell)
    let classifier = try training.train(
      on: set, isAugmented: cell.mixture.arm.isAugmented,
      seed: settings.seed &+ UInt64(cell.seed), shouldStop: { shouldStop() || failure != nil }
    ) { step in
      do {
        try onEvent(
          .classifier(
            name: cell.mixture.name, step: step, of: settings.steps, done: done, all: all))
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    guard let classifier else { return .stopped }
    return .done(
      CellRecord(
        images: set.count, syntheticImages: synthetic?.count ?? 0,
        validation: classifier.probabilities(of: study.data.validation.images),
        test: classifier.probabilities(of: study.data.test.images)))
  }

  /// How many synthetic images of each class a mixture has.
  private func wanted(_ mixture: StudyMixture) -> [Int] {
    real.counts(study.data.classes.count).map {
      max(1, Int((Double($0) * mixture.ratio).rounded()))
    }
  }

  /// Draws the synthetic images of a training; nil where it has none.
  private func images(
    of cell: StudyCell, _ source: (any SyntheticSource)?, _ shouldStop: () -> Bool
  ) throws -> StudyImages? {
    guard cell.mixture.arm.usesSynthetic, let source else { return nil }
    var result = StudyImages()
    let minimum = cell.mixture.arm == .filtered ? study.settings.minReal : 0
    if minimum > 0 && !source.hasScores { return result }
    for (label, count) in wanted(cell.mixture).enumerated() {
      let images = try source.images(
        ofClass: label, count: count, seed: cell.seed, minimumScore: minimum,
        shouldStop: shouldStop)
      result.images += images
      result.labels += images.map { _ in label }
      // Nobody's images: no patient is parted by them.
      result.patients += images.map { _ in -1 }
    }
    return result
  }

  /// Says where there are fewer synthetic images than the mixture needs; nil where there are enough.
  private func shortage(_ images: StudyImages, _ cell: StudyCell) -> Message? {
    let (found, wanted) = (images.count, wanted(cell.mixture).reduce(0, +))
    guard found < wanted else { return nil }
    let why =
      cell.mixture.arm == .filtered
      ? " with a score of at least \(study.settings.minReal)" : ""
    return "share \(share), \(cell.mixture.name): left out, for it needs \(wanted) synthetic images"
      + "\(why), and there are \(found)"
  }

  /// The places of the real images again and again: all as often as whole numbers go, then of each class
  /// what the largest mixture has of it besides.
  private func repeated(_ ratio: Double) -> [Int] {
    let whole = Int(ratio)
    let rest = ratio - Double(whole)
    let all = (0...whole).flatMap { _ in Array(0..<real.count) }
    return (0..<study.data.classes.count).reduce(all) { places, label in
      let own = real.labels.indices.filter { real.labels[$0] == label }
      return places + own.prefix(Int((Double(own.count) * rest).rounded()))
    }
  }

  private func mixed(_ mixture: StudyMixture, _ synthetic: StudyImages) -> StudyImages {
    var set = mixture.arm.usesReal ? real : StudyImages()
    if mixture.arm == .repeated {
      return real.keeping(repeated(mixture.ratio))
    }
    set.images += synthetic.images
    set.labels += synthetic.labels
    set.patients += synthetic.patients
    return set
  }
}
