import Checkpoints
import DCGAN
import Tensor
import TestSupport
import Testing
import Training
import TrainingTestSupport

/// What ranks find out together about networks that are evaluated: 22 images make a batch that two can share and
/// three cannot, and 40 make two that four can.
@Suite struct RankedEvaluationTests {
  @Test(arguments: [22, 40], [false, true])
  func `ranks have the statistics and the calibration of one process`(
    images: Int, hasMinibatchDeviation: Bool
  ) throws {
    let place = try TrainingPlace(count: images)
    let found = { @Sendable (backend: Backend) throws -> Checkpoint in
      let model = AdversarialModel(
        ModelSettings(
          size: 32, channels: 3, nz: 4, ngf: 2, ndf: 3, hasMinibatchDeviation: hasMinibatchDeviation
        ), seed: 5, backend: backend)
      try model.estimateStatistics(real: place.images, seed: 1, backend)
      let calibration = try model.calibration(
        on: place.images, isHeldOut: false, seed: 1, backend)
      return model.checkpoint(
        at: TrainingPosition(stepsPerEpoch: 1), seed: 5, images: images, calibration: calibration)
    }
    let alone = try found(Backend(threads: 1))
    #expect(alone.metadata.calibration != nil)
    for ranks in [2, 3, 4] {
      let states = try LocalRanks.run(ranks) { _, backend in try found(backend) }
      #expect(states.allSatisfy { $0 == alone }, "\(ranks) ranks")
    }
  }
}
