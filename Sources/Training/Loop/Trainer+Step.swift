import Checkpoints
import DCGAN
import DataSets
import Support
import Tensor

/// One step of training.
extension Trainer {
  /// Returns the images of the next step, in an order that depends on the seed and the epoch alone.
  func nextBatch() -> ArraySlice<Int> {
    let epoch = position.nextEpoch
    if let schedule, schedule.epoch == epoch {
      return schedule.batches.batch(at: position.nextStepInEpoch)
    }
    let random = RandomUse.imageOrder.stream(seed: configuration.seed, part: UInt32(epoch))
    let batches = BatchSchedule(
      order: random.permutation(of: images.count), batchSize: configuration.batch)
    schedule = (epoch, batches)
    return batches.batch(at: position.nextStepInEpoch)
  }

  /// Lets the next batch of this epoch be fetched from the disk while the step is computed.
  private func announceNextBatch() {
    let next = position.nextStepInEpoch + 1
    guard let batches = schedule?.batches, next < batches.count else { return }
    let batch = batches.batch(at: next)
    backend.withOwnPart(ofBatch: batch.count) { images.announce(batch.part($0)) }
  }

  /// Makes one step and returns its line, the same on all ranks but for the speed.
  func trainStep(_ indices: ArraySlice<Int>) throws -> StepMetrics {
    let start = clock.now
    let conditions = StepConditions(
      techniques, seed: configuration.seed, position: position, batch: configuration.batch,
      augmentationProbability: augmentation?.probability ?? 1)
    model.setLearningRates(
      of: techniques, else: configuration.learningRate, at: position, epochs: configuration.epochs)
    let result = try compute(indices, conditions)
    position.advance()
    var line = StepMetrics(
      result, position: position, seconds: (clock.now - start) / .seconds(1))
    line.augmentationProbability = augmentation.map { Float($0.probability) }
    augmentation?.follow(realScores: result.realScores)
    return line
  }

  /// Computes this rank's part of a step, or all of it where ranks cannot share it.
  private func compute(
    _ batch: ArraySlice<Int>, _ conditions: StepConditions
  ) throws -> AdversarialModel.StepResult {
    try backend.withOwnPart(ofBatch: batch.count) { part in
      let own = batch.part(part)
      let latents = Tensor(
        latents: own.count, nz: configuration.nz,
        from: RandomUse.trainingLatents.stream(seed: configuration.seed),
        first: position.step * configuration.batch + part.lowerBound)
      let real = try Tensor(images: images, at: own)
      announceNextBatch()
      return model.step(
        real: real, latents: latents, labels: images.labels(at: own), conditions: conditions,
        backend)
    }
  }

  /// Logs and reports a step; throws `TrainingError` where it was the one that numbers went wrong in.
  func log(_ line: StepMetrics, _ onEvent: (Event) throws -> Void) throws {
    guard line.lossD.isFinite && line.lossG.isFinite else {
      throw divergence(
        "the loss is no longer finite", "(loss_d \(line.lossD.text), loss_g \(line.lossG.text))",
        in: checkpoint())
    }
    try logs?.metrics.append(line)
    try onEvent(.step(line, position))
    if let warning = stall.warning(after: line) { try onEvent(.warning(warning)) }
  }

  /// Says where a number went wrong, and which checkpoint was written before that.
  func divergence(
    _ what: String, _ numbers: String, in state: Checkpoint
  ) -> TrainingError {
    // A folder that cannot be read must not hide what happened.
    let newest = (try? folder.latestCheckpointEpoch()) ?? nil
    let advice: Message =
      newest.map {
        "; this run's checkpoints are intact: draw samples with the newest, \(.epoch, $0)"
      } ?? ""
    return TrainingError(
      "\(what) at step \(position.step) of epoch \(position.epoch) \(numbers): "
        + "\(state.nonFiniteSummary); start a new \(.run) with a smaller \(.learningRate)\(advice)")
  }
}
