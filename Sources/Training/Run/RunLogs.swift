import DCGAN

/// The logs of a run that is being trained.
struct RunLogs {
  /// A line a step.
  let metrics: MetricsLog
  /// A line an epoch.
  let epochs: EpochLog
  /// What there is to say about the folder before the first step.
  let notices: [String]

  /// Brings a run's folder to where it was at `position`, which costs nothing where it is there, and opens
  /// its logs to go on with; throws what reading and writing the folder throw.
  init(goingBackTo position: TrainingPosition, in folder: RunFolder) throws {
    // First the checkpoints, then the lines: wherever a kill falls in between, the newest checkpoint
    // has all its lines.
    var notices = try folder.setAside(after: position.epoch).map {
      "a later epoch's checkpoint was renamed to \($0)"
    }
    metrics = try MetricsLog(path: folder.metricsPath, afterStep: position.step)
    // No crash leaves a step without a line: the file was edited or lost.
    let missing = position.step - metrics.earlierLines
    if missing > 0 {
      notices.append(
        "\(folder.metricsPath) lacks \(missing) of the \(position.step) steps that the "
          + "checkpoint counts as done: its curves will have gaps")
    }
    epochs = try EpochLog(path: folder.epochsPath, afterStep: position.step)
    self.notices = notices
  }
}
