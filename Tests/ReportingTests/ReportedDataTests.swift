import DCGAN
import DataSets
import Foundation
import Imaging
import Reporting
import TestSupport
import Testing
import Training

@Suite struct ReportedDataTests {
  private func configuration(
    _ folder: String, digest: String, skipped: Int = 0
  ) -> RunConfiguration {
    RunConfiguration(
      data: RunData(
        dataPath: folder, split: "train", dataDigest: digest, images: 2, skipped: skipped),
      model: ModelSettings(size: 32, channels: 1), training: RunTraining(seed: 1),
      program: RunProgram(variant: "baseline", threads: 1))
  }

  /// Makes a data set of two pictures and a broken one.
  private func makeData(in folder: TemporaryFolder) throws -> String {
    for name in ["a", "b"] {
      let picture = PixelImage(width: 32, height: 32, channels: 1, repeating: 90)
      try folder.addFiles(["data/train/NORMAL/\(name).png"])
      try picture.writePNG(to: folder.file("data/train/NORMAL/\(name).png"))
    }
    try folder.write("no picture", to: "data/train/SICK/<c>.png")
    return folder.file("data")
  }

  @Test func `skipped files are named if the data is unchanged`() throws {
    let folder = try TemporaryFolder()
    let data = try makeData(in: folder)
    let digest = try ImageFolder(root: data).digest
    let review = ReportedData(
      of: configuration(data, digest: digest, skipped: 1), at: nil, threads: 1
    ) { _, _ in }
    #expect(review.state == .unchanged)
    #expect(review.folders.map(\.folder) == ["train/NORMAL", "train/SICK"])
    #expect(review.folders.map(\.images) == [2, 1])
    #expect(review.skipped?.map(\.path) == ["train/SICK/<c>.png"])
    #expect(review.skipped?.first?.reason.hasPrefix("expected a readable image") == true)
  }

  @Test func otherFilesAndNoFolderAreTold() throws {
    let folder = try TemporaryFolder()
    let data = try makeData(in: folder)
    let changed = ReportedData(of: configuration(data, digest: "0"), at: nil, threads: 1) { _, _ in
    }
    #expect(changed.state == .changed(files: 3))
    #expect(changed.skipped == nil)
    let gone = folder.file("gone")
    let missing = ReportedData(of: configuration(data, digest: "0"), at: gone, threads: 1) { _, _ in
    }
    guard case .missing(let reason) = missing.state else {
      Issue.record("found \(missing.state)")
      return
    }
    #expect(reason.hasPrefix("\(gone): expected a folder of images"))
    #expect(missing.path == gone && missing.folders.isEmpty)
  }

  @Test func passingCountsWhatReachesTheThreshold() {
    let review = ReportedScores(
      epoch: 3, threshold: 0.7, seed: 0, real: [0.69, 0.7, 0.95, 1], realSource: .dataSet,
      generated: [0, 0.05, .nan])
    #expect(review.real?.passing == 3)
    #expect(review.real?.share == 0.75)
    #expect(review.real?.summary.histogram == [0, 0, 0, 0, 0, 0, 1, 1, 0, 2])
    #expect(review.generated?.passing == 0)
    #expect(review.generated?.summary.count == 2)
    #expect(
      ReportedScores(
        epoch: 3, threshold: 0, seed: 0, real: [], realSource: .realSamples, generated: []
      ).real == nil)
  }
}
