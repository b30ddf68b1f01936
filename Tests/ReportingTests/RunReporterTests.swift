import Foundation
import Reporting
import Support
import Tensor
import TestSupport
import Testing
import Training
import TrainingTestSupport

/// What a report says of diversity and of the real images, of runs of this version and of earlier ones.
@Suite(.slow) struct RunReporterTests {
  private let place: TrainingPlace
  private let run: RunFolder

  /// Trains for two epochs on more images than a sheet shows: dark ones first, then bright ones.
  init() throws {
    place = try TrainingPlace(count: 0, dark: 64, bright: 16)
    _ = try place.train("run", epochs: 2)
    run = try RunFolder.open(at: place.path("run"))
  }

  private func report() throws -> RunReport {
    try RunReporter(
      run, RunReporter.Request(dataPath: "/nowhere", count: 4), backend: Backend(threads: 1)
    ).report()
  }

  private func remove(_ path: String) throws { try FileManager.default.removeItem(atPath: path) }

  @Test func theDiversityIsThatOfTheEpochs() throws {
    let line = try #require(try EpochLog.read(run.epochsPath).last)
    let report = try report()
    #expect(report.isRealSheetSpread)
    #expect(report.variety == line.diversity)
    #expect(report.scores?.realSource == .realSamples)

    // Without that line it is worked out again, by the same images.
    try remove(run.epochsPath)
    let again = try #require(try self.report().variety)
    #expect(abs(again - (try #require(line.diversity))) < 1e-9)
  }

  /// Earlier versions wrote the first images to `real-samples.png`, which here are nearly the same.
  @Test func `a run of an older version is not compared with its first images`() throws {
    let kept = try EpochLog.read(run.epochsPath).last?.diversity
    try remove(run.realSamplesPath)
    try FileManager.default.moveItem(atPath: run.realFirstPath, toPath: run.realSamplesPath)
    let report = try report()
    #expect(!report.isRealSheetSpread)
    #expect(kept != nil && report.variety == kept)
    #expect(report.scores?.realSource == .firstImages)
    try remove(run.epochsPath)
    #expect(try self.report().variety == nil)
  }

  /// All of few images are the first ones as well as spread ones.
  @Test func anEarlierRunOfFewImagesIsCompared() throws {
    let few = try TrainingPlace()
    _ = try few.train("run", epochs: 1)
    let run = try RunFolder.open(at: few.path("run"))
    let kept = try #require(try EpochLog.read(run.epochsPath).last?.diversity)
    for path in [run.realFirstPath, run.epochsPath] { try remove(path) }
    let report = try RunReporter(
      run, RunReporter.Request(count: 4), backend: Backend(threads: 1)
    ).report()
    #expect(report.isRealSheetSpread)
    #expect(abs(try #require(report.variety) - kept) < 1e-9)
  }
}
