import Checkpoints
import DataSets
import Foundation
import Support
import Training

/// What a report shows of a run.
public struct RunReport: Equatable, Sendable {
  /// The run's folder.
  public var path: String
  /// The settings.
  public var configuration: RunConfiguration
  /// The steps, up to the epoch that was asked for.
  public var metrics: [StepMetrics]
  /// What was found out at the ends of these epochs, as far as the run kept it.
  public var epochs: [EpochMetrics] = []
  /// The steps that the run has made in all.
  public var stepsDone: Int
  /// When the last step was logged, or nil before there is one.
  public var lastLogged: Date?
  /// The epochs that have a checkpoint.
  public var checkpointEpochs: [Int]
  /// The progress sheets.
  public var strip: SheetStrip
  /// Real images as the networks see them, or nil where there is no such sheet.
  public var realSheet: ReportPicture?
  /// Whether those are evenly spread over the data; else they are its first ones, as earlier versions
  /// wrote them.
  public var isRealSheetSpread = true
  /// Generated images that nobody chose, or nil where there are none.
  public var generatedSheet: ReportPicture?
  /// The data set.
  public var data: ReportedData
  /// The scores, or nil where there is no checkpoint to ask.
  public var scores: ReportedScores?
  /// How these scores become probabilities; nil where the checkpoint does not say.
  public var calibration: ScoreCalibration?
  /// The diversity of the last sheet (see `EpochMetrics`); nil where that cannot be told.
  public var variety: Double?
  /// What went wrong while the report was made, each in a line.
  public var problems: [Message] = []

  /// Makes a report of its parts.
  package init(
    path: String, configuration: RunConfiguration, metrics: [StepMetrics], stepsDone: Int,
    lastLogged: Date?, checkpointEpochs: [Int], strip: SheetStrip, data: ReportedData
  ) {
    self.path = path
    self.configuration = configuration
    self.metrics = metrics
    self.stepsDone = stepsDone
    self.lastLogged = lastLogged
    self.checkpointEpochs = checkpointEpochs
    self.strip = strip
    self.data = data
  }

  /// The steps of an epoch, at least 1.
  public var stepsPerEpoch: Int {
    max(1, BatchSchedule.count(images: configuration.images, batchSize: configuration.batch))
  }

  /// Returns how many epochs were done after `step` steps, as a fraction.
  public func epochs(after step: Int) -> Double {
    configuration.position(after: step).exactEpochsDone
  }

  /// Whole epochs done.
  public var epochsDone: Int { configuration.position(after: stepsDone).epochsDone }

  /// Whether the run has made all the steps that it was to make.
  public var isFinished: Bool {
    stepsDone >= min(configuration.totalSteps, configuration.steps ?? .max)
  }

  /// Whether nothing more is to come: the run is finished, and the checkpoint of its last sheet, which
  /// is written after that, is there too.
  public var isComplete: Bool {
    isFinished && checkpointEpochs.last == strip.sheets.last?.epoch
  }
}
