import DCGAN
import DataSets
import Training

extension RunConfiguration {
  /// The options of `dcgan train` that begin another run like this one, but for its folders, seed and
  /// first weights.
  package var trainingOptions: String {
    (networkOptions + dataOptions + recipeOptions).joined(separator: " ")
  }

  private var networkOptions: [String] {
    var options = [
      "--size \(model.size)", "--channels \(model.channels)", "--nz \(model.nz)",
      "--ngf \(model.ngf)", "--ndf \(model.ndf)",
    ]
    let plain = RunTraining(seed: 0)
    if training.batch != plain.batch { options.append("--batch \(training.batch)") }
    if training.learningRate != plain.learningRate {
      options.append("--lr \(training.learningRate)")
    }
    if training.beta1 != plain.beta1 { options.append("--beta1 \(training.beta1)") }
    return options
  }

  private var dataOptions: [String] {
    var options = data.split == DataSplit.train.rawValue ? [] : ["--split \(data.split)"]
    options += data.splitByPatient.map { ["--split-by-patient \($0)"] } ?? []
    options += data.classes.map { "--class \(Formatting.shellWord($0))" }
    options += (data.excluded ?? []).map { "--exclude \(Formatting.shellWord($0))" }
    if let limit = data.limit { options.append("--limit \(limit)") }
    if reading.fit != .crop { options.append("--fit \(reading.fit.rawValue)") }
    if reading.background != 0 { options.append("--background \(reading.background)") }
    if let window = data.window { options.append("--window \(window)") }
    if let frames = data.frames { options.append("--frames \(frames.rawValue)") }
    if data.allowsBurnedIn == true { options.append("--allow-burned-in") }
    return options
  }

  /// The recipe that the run follows, or else what it does beyond the plain one.
  private var recipeOptions: [String] {
    var techniques = training.techniquesInUse
    let deviation = model.hasMinibatchDeviation ? ["--minibatch-std"] : []
    if let recipe = recipe(of: techniques) {
      return ["--recipe \(recipe.rawValue)"]
        + deviation
    }
    let further =
      Self.furtherOptions(techniques) + deviation
      // Rates fall over the run's length.
      + (techniques.finalLearningRate == nil ? [] : ["--epochs \(training.epochs)"])
    // No recipe, or but one, sets these.
    (techniques.spectralNormalization, techniques.finalLearningRate) = (false, nil)
    (techniques.realPenalty, techniques.fakePenalty) = (0, 0)
    techniques.augmentationTarget = nil
    if let recipe = recipe(of: techniques) {
      return ["--recipe \(recipe.rawValue)"]
        + further
    }
    var options = ["--recipe \(Recipe.course.rawValue)", "--ema \(training.averageDecay ?? 0)"]
    if techniques.labelSmoothing > 0 {
      options.append("--label-smoothing \(techniques.labelSmoothing)")
    }
    if let rate = techniques.discriminatorLearningRate { options.append("--lr-d \(rate)") }
    if let rate = techniques.generatorLearningRate { options.append("--lr-g \(rate)") }
    if techniques.instanceNoise > 0 {
      options.append("--instance-noise \(techniques.instanceNoise)")
    }
    if !techniques.augmentations.isEmpty {
      options.append("--augment \(Augmentation.text(techniques.augmentations))")
    }
    return options + further
  }

  /// The recipe that the run follows in all that goes beyond the plain one; nil where it follows none.
  var recipe: Recipe? { recipe(of: training.techniquesInUse) }

  /// Returns the recipe that does just this, with the run's average; nil where none does.
  private func recipe(of techniques: TrainingTechniques) -> Recipe? {
    Recipe.allCases.first {
      $0.techniques == techniques && $0.averageDecay == training.averageDecay
    }
  }

  /// The options that are part of no recipe, or but one.
  private static func furtherOptions(_ techniques: TrainingTechniques) -> [String] {
    (techniques.finalLearningRate.map { ["--final-lr \($0)"] } ?? [])
      + (techniques.augmentationTarget.map { ["--augment-target \($0)"] } ?? [])
      + (techniques.spectralNormalization ? ["--spectral-norm"] : [])
      + (techniques.realPenalty > 0 ? ["--r1 \(techniques.realPenalty)"] : [])
      + (techniques.fakePenalty > 0 ? ["--r2 \(techniques.fakePenalty)"] : [])
  }
}
