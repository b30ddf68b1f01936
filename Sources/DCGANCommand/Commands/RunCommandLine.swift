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
      "--size \(size)", "--channels \(channels)", "--nz \(nz)", "--ngf \(ngf)", "--ndf \(ndf)",
    ]
    let plain = RunConfiguration(
      dataPath: "", seed: 0, split: "", threads: 1, variant: "", dataDigest: "", images: 0)
    if batch != plain.batch { options.append("--batch \(batch)") }
    if learningRate != plain.learningRate { options.append("--lr \(learningRate)") }
    if beta1 != plain.beta1 { options.append("--beta1 \(beta1)") }
    return options
  }

  private var dataOptions: [String] {
    var options = split == DataSplit.train.rawValue ? [] : ["--split \(split)"]
    options += classes.map { "--class \(Formatting.shellWord($0))" }
    options += (excluded ?? []).map { "--exclude \(Formatting.shellWord($0))" }
    if let limit { options.append("--limit \(limit)") }
    if reading.fit != .crop { options.append("--fit \(reading.fit.rawValue)") }
    if reading.background != 0 { options.append("--background \(reading.background)") }
    return options
  }

  /// The recipe that the run follows, or else what it does beyond the plain one.
  private var recipeOptions: [String] {
    var techniques = techniques ?? TrainingTechniques()
    let normalization = techniques.spectralNormalization ? ["--spectral-norm"] : []
    techniques.spectralNormalization = false
    let recipe = Recipe.allCases.first {
      $0.techniques == techniques && $0.averageDecay == averageDecay
    }
    if let recipe {
      return (recipe == .standard ? [] : ["--recipe \(recipe.rawValue)"]) + normalization
    }
    var options = ["--recipe \(Recipe.course.rawValue)", "--ema \(averageDecay ?? 0)"]
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
    return options + normalization
  }
}
