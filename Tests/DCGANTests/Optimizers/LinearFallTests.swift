import DCGAN
import Testing

@Suite struct LinearFallTests {
  @Test func theRateStaysForHalfTheStepsAndThenFalls() {
    let fall = LinearFall(from: 2e-4, to: 4e-5, steps: 8)
    let expected = [2e-4, 2e-4, 2e-4, 2e-4, 2e-4, 1.6e-4, 1.2e-4, 0.8e-4, 4e-5, 4e-5]
    for (step, rate) in expected.enumerated() {
      #expect(abs(fall.rate(at: step) - rate) < 1e-18, "step \(step)")
    }
  }

  /// An odd number of steps has no step in the middle: the second of five is 2/5 in, the third 1/5 of the
  /// way down.
  @Test func theMiddleNeedNotBeAStep() {
    let fall = LinearFall(from: 1, to: 0, steps: 5)
    let rates = (0..<5).map { fall.rate(at: $0) }
    for (rate, expected) in zip(rates, [1, 1, 1, 0.8, 0.4]) {
      #expect(abs(rate - expected) < 1e-15)
    }
  }

  @Test func theRateNeverRises() {
    let fall = LinearFall(from: 1e-4, to: 1, steps: 3)
    #expect((0..<3).allSatisfy { fall.rate(at: $0) == 1e-4 })
  }

  @Test func eachNetworkFallsFromItsOwnRate() {
    let model = AdversarialModel(ModelSettings(size: 32, nz: 1, ngf: 1, ndf: 1), seed: 1)
    var techniques = TrainingTechniques(discriminatorLearningRate: 1e-4, finalLearningRate: 0)
    func rates(atStep step: Int, epochs: Int) -> [Double] {
      model.setLearningRates(
        of: techniques, else: 4e-4, at: TrainingPosition(step: step, stepsPerEpoch: 10),
        epochs: epochs)
      return [model.generatorOptimizer, model.discriminatorOptimizer].map(\.settings.learningRate)
    }
    #expect(rates(atStep: 10, epochs: 2) == [4e-4, 1e-4])
    #expect(rates(atStep: 15, epochs: 2) == [2e-4, 0.5e-4])
    // A longer run is not as far.
    #expect(rates(atStep: 15, epochs: 3) == [4e-4, 1e-4])
    techniques.finalLearningRate = nil
    #expect(rates(atStep: 15, epochs: 2) == [4e-4, 1e-4])
  }
}
