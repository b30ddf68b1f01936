import Support
import Training

extension RunReport {
  /// What a reader should not miss: what cannot be read first, then what the
  /// numbers warn of.
  public var warnings: [Message] {
    let findings = [notFinite, oneSided, alike, nothingPasses, skippedFiles]
    return shortcomings + findings.compactMap(\.self)
  }

  /// What the report lacks and why: what cannot be read, and the data set where it is not as it
  /// was.
  public var shortcomings: [Message] { problems + [dataState].compactMap(\.self) }

  /// With a mean loss of an epoch this close to the least, or mean scores this close to the labels, the
  /// discriminator tells all images apart.
  private static let wonLoss: Float = 0.05
  private static let wonScore: Float = 0.03
  /// Below this part of the real images' differences the generated ones look alike.
  private static let leastVariety = 0.3
  /// The first epochs look alike in every run.
  private static let epochsBeforeVariety = 3

  private var notFinite: Message? {
    let count = metrics.count { !$0.lossD.isFinite || !$0.lossG.isFinite }
    return count == 0
      ? nil : "The losses of \(count) of \(metrics.count) steps are not finite numbers."
  }

  private var oneSided: Message? {
    guard let last = StepMetrics.epochMeans(metrics).last else { return nil }
    let techniques = configuration.techniquesInUse
    let label = Float(1 - techniques.labelSmoothing)
    let hasWon =
      last.lossD < Self.wonLoss + Float(techniques.leastDiscriminatorLoss)
      || last.realScore > label - Self.wonScore && last.fakeScore < Self.wonScore
    guard hasWon else { return nil }
    return "In epoch \(last.epoch) the discriminator tells real and generated images apart almost "
      + "without error, so the generator learns little. An earlier epoch may be better; in a new "
      + "run, try a smaller \(.ndf) or \(.learningRate)."
  }

  private var alike: Message? {
    guard let variety, variety < Self.leastVariety, epochsDone >= Self.epochsBeforeVariety else {
      return nil
    }
    return "The generated images look alike: they differ from one another only "
      + "\(Int((variety * 100).rounded())) % as much as the real ones. \(waysToVariety)"
  }

  /// What may help where images look alike: a longer run before there are shapes, else an
  /// earlier epoch.
  private var waysToVariety: Message {
    let made = metrics.last?.step ?? 0
    guard TrainingLength.isShort(steps: made) else { return "Look at earlier epochs." }
    let length = TrainingLength(
      images: configuration.images, batch: configuration.batch, epochs: configuration.epochs)
    let all = min(configuration.totalSteps, configuration.steps ?? .max)
    guard TrainingLength.isShort(steps: all) else {
      return "Shapes take several hundred steps to appear, and this is after \(made)."
    }
    let way: Message =
      length.isShort
      ? "\(.epochs, length.advisedEpochs), about \(TrainingLength.advisedSteps) steps"
      : "\(.steps, TrainingLength.advisedSteps)"
    return
      "The run is short, \(all) steps in all, and shapes take several hundred to appear: continue it "
      + "with \(.resume) and \(way)."
  }

  private var nothingPasses: Message? {
    guard let scores, let generated = scores.generated, generated.passing == 0 else { return nil }
    return "None of \(generated.summary.count) generated images reaches the score "
      + "\(scores.threshold) with the discriminator of epoch \(scores.epoch)."
  }

  private var dataState: Message? {
    switch data.state {
    case .unchanged: nil
    case .changed(let files):
      "the files in \(data.path) have changed since the run began: "
        + "\(files) now, \(configuration.images + configuration.skipped) then"
    case .missing(let reason): "the data set is missing: \(reason)"
    }
  }

  private var skippedFiles: Message? {
    guard configuration.skipped > 0 else { return nil }
    let all = configuration.images + configuration.skipped
    return "\(configuration.skipped) of \(all) files could not be read and were skipped."
  }
}
