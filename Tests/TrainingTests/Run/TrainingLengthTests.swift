import Testing
import Training

@Suite struct TrainingLengthTests {
  private static let lengths:
    [(images: Int, batch: Int, epochs: Int, steps: Int, isShort: Bool, advised: Int)] = [
      // The default on the usual radiographs: 81 batches and one of 32.
      (5216, 64, 100, 8200, false, 13),
      (200, 16, 21, 273, true, 77),
      (64, 64, 25, 25, true, 1000),
      (65, 64, 25, 25, true, 1000),
      (66, 64, 25, 50, true, 500),
      (100, 10, 49, 490, true, 100),
      (100, 10, 50, 500, false, 100),
      (100_000, 64, 0, 0, true, 1),
      (1, 64, 9, 0, true, 1000),
    ]

  @Test(arguments: lengths)
  func stepsCount(
    _ length: (images: Int, batch: Int, epochs: Int, steps: Int, isShort: Bool, advised: Int)
  ) {
    let found = TrainingLength(images: length.images, batch: length.batch, epochs: length.epochs)
    #expect(found.steps == length.steps)
    #expect(found.isShort == length.isShort)
    #expect(found.advisedEpochs == length.advised)
    #expect(
      TrainingLength(images: length.images, batch: length.batch, epochs: found.advisedEpochs).steps
        >= (found.stepsPerEpoch == 0 ? 0 : 1000))
  }
}
