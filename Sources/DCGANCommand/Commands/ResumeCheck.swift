import DCGAN
import Support
import Training

/// Compares what the user gave with what a run recorded: these settings cannot change on the way.
struct ResumeCheck {
  private let options: TrainOptions

  init(_ options: TrainOptions) { self.options = options }

  /// Throws `TrainingError` that names the first option with both values.
  func compare(with recorded: RunConfiguration) throws {
    try check(\.size, options.size, recorded.model.size)
    try check(\.batch, options.batch, recorded.batch)
    try check(\.channels, options.channels, recorded.model.channels)
    if options.allowsSynthetic && recorded.allowsSynthetic != true {
      throw conflict("--allow-synthetic", nil)
    }
    if options.allowsBurnedIn && recorded.allowsBurnedIn != true {
      throw conflict("--allow-burned-in", nil)
    }
    if options.conditional && recorded.model.classes == nil { throw conflict("--conditional", nil) }
    if options.minibatchDeviation && !recorded.model.hasMinibatchDeviation {
      throw conflict("--minibatch-std", nil)
    }
    try check(\.latentSize, options.latentSize, recorded.model.nz)
    try check(\.generatorFeatures, options.generatorFeatures, recorded.model.ngf)
    try check(\.discriminatorFeatures, options.discriminatorFeatures, recorded.model.ndf)
    try check(\.learningRate, options.learningRate, recorded.learningRate)
    try check(\.beta1, options.beta1, recorded.beta1)
    try compareAverage(with: recorded)
    try compareTechniques(with: recorded)
    try check(
      \.precision, options.precision.rawValue, (recorded.precision ?? .float32).rawValue)
    try check(\.seed, options.seed, recorded.seed)
    try check(\.split, options.split, recorded.split)
    try check(\.splitByPatient, options.splitByPatient, recorded.splitByPatient)
    try check(\.classes, names(options.classes), names(recorded.classes))
    try check(\.excluded, names(options.excluded), names(recorded.excluded ?? []))
    try check(\.limit, options.limit, recorded.limit)
    try check(\.fit, options.fit, recorded.reading.fit)
    try check(\.background, options.background, recorded.reading.background)
    try check(\.window, options.window, recorded.window)
    try check(\.frames, options.frames, recorded.frames)
  }

  /// Compares the decay of the generator's average, however it was given.
  private func compareAverage(with recorded: RunConfiguration) throws {
    let decay = options.averageDecay(batch: recorded.batch)
    guard let images = options.overrides.averageHalfLife else {
      return try check(
        \.overrides.averageDecay, decay, recorded.averageDecay ?? 0, options.recipe)
    }
    if decay != recorded.averageDecay {
      throw conflict(
        "--ema-images \(images)", recorded.averageDecay.map { "an average of decay \($0)" })
    }
  }

  /// Compares what goes beyond the plain recipe, whether it was given by itself or by a recipe.
  private func compareTechniques(with recorded: RunConfiguration) throws {
    let (given, begun) = (options.techniques(images: recorded.images), recorded.techniquesInUse)
    let rate = recorded.learningRate
    let recipe = options.recipe
    try check(\.overrides.labelSmoothing, given.labelSmoothing, begun.labelSmoothing, recipe)
    // No recipe sets these.
    try check(
      \.overrides.discriminatorLearningRate, given.discriminatorLearningRate ?? rate,
      begun.discriminatorLearningRate ?? rate)
    try check(
      \.overrides.generatorLearningRate, given.generatorLearningRate ?? rate,
      begun.generatorLearningRate ?? rate)
    try check(
      \.overrides.finalLearningRate, given.finalLearningRate, begun.finalLearningRate)
    try check(\.overrides.instanceNoise, given.instanceNoise, begun.instanceNoise, recipe)
    try check(
      \.overrides.augmentations, Augmentation.text(given.augmentations),
      Augmentation.text(begun.augmentations),
      recipe)
    try check(
      \.overrides.augmentationTarget, given.augmentationTarget, begun.augmentationTarget)
    try check(\.overrides.realPenalty, given.realPenalty, begun.realPenalty, recipe)
    try check(\.overrides.fakePenalty, given.fakePenalty, begun.fakePenalty)
    if given.spectralNormalization && !begun.spectralNormalization {
      throw conflict("--spectral-norm", nil)
    }
  }

  private func check<Value: Equatable>(
    _ property: PartialKeyPath<TrainOptions>, _ given: Value?, _ recorded: Value?,
    _ recipe: Recipe? = nil
  ) throws {
    let isExplicit = options.isGiven(property)
    guard isExplicit || recipe != nil, let given, given != recorded else { return }
    let source = isExplicit ? "" : recipe.map { "--recipe \($0.rawValue), which sets " } ?? ""
    let option = TrainOptions.table.option(property).spelling
    throw conflict("\(source)\(option) \(given)", recorded.map { "\($0)" })
  }

  /// Says what was given, and with which value of the option the run was begun; nil for none.
  private func conflict(_ given: String, _ recorded: String?) -> TrainingError {
    let beginning = recorded.map { "with \($0)" } ?? "without this option"
    return TrainingError(
      "\(given): the run in \(options.run) was started \(beginning);"
        + " leave the option out, or start a new run in another --run folder")
  }

  private func names(_ classes: [String]) -> String? {
    classes.isEmpty ? nil : classes.sorted().joined(separator: ", ")
  }
}
