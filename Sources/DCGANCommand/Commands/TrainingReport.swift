import DCGAN
import Foundation
import Training

/// Shows a run's progress: the bar, or a line at the end of each epoch.
final class TrainingReport {
  private let console: Console
  private let progress: ProgressLine
  private let configuration: RunConfiguration
  private let stepsPerEpoch: Int
  private var pace: Pace
  private var epoch: EpochTotals
  private var last: (metrics: StepMetrics, position: TrainingPosition)?

  init(_ trainer: Trainer, _ console: Console, quiet: Bool) {
    self.console = console
    progress = ProgressLine(console: console, quiet: quiet)
    configuration = trainer.configuration
    stepsPerEpoch = trainer.position.stepsPerEpoch
    pace = Pace(startedAt: console.now(), done: trainer.position.step)
    epoch = EpochTotals(start: console.now())
  }

  /// Shows an event of the trainer.
  func show(_ event: Trainer.Event) {
    switch event {
    case .step(let metrics, let position):
      pace.record(done: position.step, at: console.now())
      epoch.add(metrics)
      last = (metrics, position)
      progress.update(status(metrics, position).status)
    case .saved(let position, _, let diversity):
      guard position.isEndOfEpoch else { return }
      progress.milestone(
        epoch.summary(position.epoch, configuration.epochs, console.now(), diversity).line)
      epoch = EpochTotals(start: console.now())
    case .warning(let message):
      progress.warn(message.text)
    }
  }

  /// Leaves the bar's line, with the last step on it.
  func finish() {
    if let last { progress.settle(status(last.metrics, last.position).status) }
    progress.finish()
  }

  private func status(_ metrics: StepMetrics, _ position: TrainingPosition) -> TrainingStatus {
    let all = configuration.totalSteps
    let speed = pace.unitsPerSecond.map { $0 * Double(configuration.batch) }
    return TrainingStatus(
      epoch: position.epoch, epochs: configuration.epochs, step: position.stepInEpoch,
      steps: stepsPerEpoch, discriminatorLoss: Double(metrics.lossD),
      generatorLoss: Double(metrics.lossG), realScore: Double(metrics.realScore),
      fakeScore: Double(metrics.fakeScore),
      imagesPerSecond: speed ?? Double(metrics.imagesPerSecond),
      secondsLeft: pace.secondsLeft(until: min(all, configuration.steps ?? all)))
  }
}

/// Sums over the steps of an epoch.
private struct EpochTotals {
  let start: Double
  private var steps = 0.0
  private var lossD = 0.0
  private var lossG = 0.0

  init(start: Double) { self.start = start }

  mutating func add(_ metrics: StepMetrics) {
    steps += 1
    lossD += Double(metrics.lossD)
    lossG += Double(metrics.lossG)
  }

  func summary(
    _ epoch: Int, _ epochs: Int, _ now: Double, _ diversity: Double?
  ) -> EpochSummary {
    EpochSummary(
      epoch: epoch, epochs: epochs, seconds: now - start,
      discriminatorLoss: lossD / max(1, steps), generatorLoss: lossG / max(1, steps),
      diversity: diversity)
  }
}

/// The result of training, as text or as JSON.
struct TrainingResult: Encodable {
  private let run: String
  private let outcome: String
  private let epoch: Int
  private let step: Int
  private let seed: UInt64
  private let isEndOfEpoch: Bool

  private enum CodingKeys: String, CodingKey {
    case run, outcome, epoch, step, seed
  }

  init(_ trainer: Trainer, _ outcome: Trainer.Outcome) {
    run = trainer.runPath
    epoch = trainer.position.epoch
    step = trainer.position.step
    seed = trainer.configuration.seed
    isEndOfEpoch = trainer.position.isEndOfEpoch
    self.outcome =
      switch outcome {
      case .finished: "finished"
      case .stepsReached: "steps reached"
      case .interrupted: "interrupted"
      case .collapsed: "collapsed"
      }
  }

  /// Prints the result on standard output.
  func print(asJSON: Bool, _ console: Console) throws {
    if asJSON {
      try console.printJSON(self)
    } else {
      let next =
        outcome == "finished"
        ? "" : "; continue with dcgan train --run \(Formatting.shellWord(run)) --resume"
      let place = isEndOfEpoch ? "after" : "in"
      try console.print(
        "\(outcome) \(place) epoch \(epoch), step \(step), seed \(seed): \(run)\(next)")
    }
  }
}
