/// What the progress of a training run shows.
package struct TrainingStatus: Sendable, Equatable {
  /// The epoch, counted from 1.
  package var epoch: Int
  /// The number of epochs.
  package var epochs: Int
  /// The number of steps of this epoch from 1.
  package var step: Int
  /// The number of steps in an epoch.
  package var steps: Int
  /// The discriminator's loss.
  package var discriminatorLoss: Double
  /// The generator's loss.
  package var generatorLoss: Double
  /// The mean D(x) over real images.
  package var realScore: Double
  /// The mean D(G(z)) before the discriminator's step.
  package var fakeScore: Double
  /// The speed.
  package var imagesPerSecond: Double
  /// The time that is left, or nil where it is unknown.
  package var secondsLeft: Double?

  /// Makes a status.
  package init(
    epoch: Int, epochs: Int, step: Int, steps: Int, discriminatorLoss: Double,
    generatorLoss: Double, realScore: Double, fakeScore: Double, imagesPerSecond: Double,
    secondsLeft: Double?
  ) {
    self.epoch = epoch
    self.epochs = epochs
    self.step = step
    self.steps = steps
    self.discriminatorLoss = discriminatorLoss
    self.generatorLoss = generatorLoss
    self.realScore = realScore
    self.fakeScore = fakeScore
    self.imagesPerSecond = imagesPerSecond
    self.secondsLeft = secondsLeft
  }

  /// Arranges the numbers; the bar shows the part of all epochs that is done.
  package var status: ProgressStatus {
    let speed = Formatting.fixed(imagesPerSecond, decimals: 1)
    let lossD = Formatting.fixed(discriminatorLoss, decimals: 3)
    let lossG = Formatting.fixed(generatorLoss, decimals: 3)
    let left = Formatting.duration(secondsLeft)
    let total = Double(max(1, epochs) * max(1, steps))
    return ProgressStatus(
      fields: [
        .init("epoch \(epoch)/\(epochs)", rank: 0),
        .init("step \(step)/\(steps)", short: "\(step)/\(steps)", rank: 1),
        .init("loss_d \(lossD)", short: "d \(lossD)", rank: 3),
        .init("loss_g \(lossG)", short: "g \(lossG)", rank: 4),
        .init("D(x) \(Formatting.fixed(realScore, decimals: 2))", rank: 5),
        .init("D(G(z)) \(Formatting.fixed(fakeScore, decimals: 2))", rank: 6),
        .init("\(speed) images/s", short: "\(speed)/s", rank: 7),
        .init("\(left) left", rank: 2),
      ],
      fraction: Double((epoch - 1) * steps + step) / total)
  }
}

/// What the line at an epoch's end shows.
package struct EpochSummary: Sendable, Equatable {
  /// The epoch, counted from 1.
  package var epoch: Int
  /// The number of epochs.
  package var epochs: Int
  /// The time that the epoch took.
  package var seconds: Double
  /// The mean of the discriminator's loss over the epoch.
  package var discriminatorLoss: Double
  /// The mean of the generator's loss over the epoch.
  package var generatorLoss: Double
  /// The diversity of the epoch's sheet, or nil where it is unknown.
  package var diversity: Double?

  /// Makes a summary.
  package init(
    epoch: Int, epochs: Int, seconds: Double, discriminatorLoss: Double, generatorLoss: Double,
    diversity: Double?
  ) {
    self.epoch = epoch
    self.epochs = epochs
    self.seconds = seconds
    self.discriminatorLoss = discriminatorLoss
    self.generatorLoss = generatorLoss
    self.diversity = diversity
  }

  /// Writes the line.
  package var line: String {
    "epoch \(epoch)/\(epochs) done in \(Formatting.duration(seconds)),"
      + " mean loss_d \(Formatting.fixed(discriminatorLoss, decimals: 3)),"
      + " loss_g \(Formatting.fixed(generatorLoss, decimals: 3))"
      + (diversity.map { ", diversity \(Formatting.fixed($0, decimals: 2))" } ?? "")
  }
}

extension ProgressStatus {
  /// Shows work that counts up to a known total: `loading 1234/5216 0:00:12 left`.
  package static func counting(
    _ verb: String, done: Int, of total: Int, secondsLeft: Double? = nil
  ) -> ProgressStatus {
    var fields = [Field("\(verb) \(done)/\(total)", rank: 0)]
    if let secondsLeft {
      fields.append(Field("\(Formatting.duration(secondsLeft)) left", rank: 1))
    }
    return ProgressStatus(fields: fields, fraction: Double(done) / Double(max(1, total)))
  }

  /// Shows how many samples are kept of those tried: `sampling 12/64 kept of 345 tried 0:00:12 left`.
  package static func sampling(
    kept: Int, of count: Int, tried: Int, secondsLeft: Double? = nil
  ) -> ProgressStatus {
    var fields = [
      Field("sampling \(kept)/\(count) kept", short: "sampling \(kept)/\(count)", rank: 0),
      Field("of \(tried) tried", rank: 2),
    ]
    if let secondsLeft {
      fields.append(Field("\(Formatting.duration(secondsLeft)) left", rank: 1))
    }
    return ProgressStatus(
      fields: fields,
      fraction: Double(kept) / Double(max(1, count)))
  }
}
