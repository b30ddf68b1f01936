import DCGAN
import Reporting
import Testing
import Training

@Suite struct RunWarningsTests {
  /// Makes a report of four epochs of one step, whose last has these numbers.
  private func report(
    lossD: Float = 0.6, realScore: Float = 0.8, fakeScore: Float = 0.2, skipped: Int = 0
  ) -> RunReport {
    let configuration = RunConfiguration(
      data: RunData(
        dataPath: "/nowhere/at all", split: "all", dataDigest: "0", images: 8, skipped: skipped),
      training: RunTraining(epochs: 4, batch: 8, seed: 1),
      program: RunProgram(variant: "baseline", threads: 1))
    let metrics = (1...4).map { step in
      StepMetrics(
        step: step, epoch: step, lossD: lossD, lossG: 1, realScore: realScore, fakeScore: fakeScore,
        updatedFakeScore: 0.1,
        imagesPerSecond: 9)
    }
    return RunReport(
      path: "run", configuration: configuration, metrics: metrics, stepsDone: 4, lastLogged: nil,
      checkpointEpochs: [], strip: SheetStrip([]),
      data: ReportedData(of: configuration, at: nil, threads: 1) { _, _ in })
  }

  /// Returns the warnings but that about the data set, which is missing throughout.
  private func warnings(_ report: RunReport) -> [String] {
    report.warnings.map(\.description)
      .filter { !$0.hasPrefix("the data set is missing: /nowhere/at all") }
  }

  @Test func aHealthyRunHasNone() {
    var report = report()
    report.variety = 0.31
    #expect(warnings(report).isEmpty)
    #expect(report.warnings.count == 1)
    #expect(report.isFinished && report.epochsDone == 4)
  }

  @Test(arguments: [(0.04 as Float, 0.8 as Float, 0.2 as Float), (0.6, 0.98, 0.02)])
  func aDiscriminatorThatHasWonIsNamed(_ lossD: Float, _ realScore: Float, _ fakeScore: Float) {
    let found = warnings(report(lossD: lossD, realScore: realScore, fakeScore: fakeScore))
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("In epoch 4 the discriminator tells real and") == true)
  }

  /// With labels of 0.9 the least loss is 0.325, and the best score of real images 0.9.
  @Test(arguments: [
    (0.37 as Float, 0.7 as Float, 0.2 as Float, true), (0.38, 0.7, 0.2, false),
    (0.6, 0.88, 0.02, true), (0.6, 0.86, 0.02, false),
  ])
  func smoothedLabelsMoveWhatCountsAsWon(
    _ lossD: Float, _ realScore: Float, _ fakeScore: Float, isWon: Bool
  ) {
    var report = report(lossD: lossD, realScore: realScore, fakeScore: fakeScore)
    report.configuration.techniques = TrainingTechniques(labelSmoothing: 0.1)
    #expect(warnings(report).count == (isWon ? 1 : 0))
  }

  @Test func `images that look alike are reported after the first epochs`() {
    var report = report()
    report.variety = 0.124
    let alike =
      "The generated images look alike: they differ from one another only 12 % as much as the real ones. "
    #expect(
      warnings(report) == [
        alike + "The run is short, 4 steps in all, and shapes take several hundred to appear: "
          + "continue it with 'resume' and 'epochs' 1000, about 1000 steps."
      ])
    // A long run that is young, one that --steps keeps short, and one that had the time.
    report.configuration.epochs = 600
    #expect(
      warnings(report) == [
        alike + "Shapes take several hundred steps to appear, and this is "
          + "after 4."
      ])
    report.configuration.steps = 4
    #expect(
      warnings(report) == [
        alike + "The run is short, 4 steps in all, and shapes take several hundred to appear: "
          + "continue it with 'resume' and 'steps' 1000."
      ])
    report.configuration.steps = nil
    report.metrics[3] = StepMetrics(
      step: 500, epoch: 500, lossD: 0.6, lossG: 1, realScore: 0.8, fakeScore: 0.2,
      updatedFakeScore: 0.1,
      imagesPerSecond: 9)
    #expect(warnings(report) == [alike + "Look at earlier epochs."])
    report.stepsDone = 2
    #expect(warnings(report).isEmpty)
  }

  @Test func `losses, skipped files and problems are counted`() {
    var report = report(skipped: 2)
    report.metrics[1].lossG = .nan
    report.problems = ["epoch-0001.png: is damaged"]
    #expect(
      warnings(report) == [
        "epoch-0001.png: is damaged", "The losses of 1 of 4 steps are not finite numbers.",
        "2 of 10 files could not be read and were skipped.",
      ])
  }

  @Test func aThresholdThatNothingReachesIsNamed() {
    var report = report()
    func scores(_ generated: [Float]) -> ReportedScores {
      ReportedScores(
        epoch: 4, threshold: 0.7, seed: 0, real: [1], realSource: .dataSet, generated: generated)
    }
    report.scores = scores([0.1, 0.7])
    #expect(warnings(report).isEmpty)
    report.scores = scores([0.1, 0.69])
    #expect(
      warnings(report) == [
        "None of 2 generated images reaches the score 0.7 with the discriminator of epoch 4."
      ])
  }
}
