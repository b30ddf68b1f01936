import DataSets
import Foundation
import Samples
import Support
import TestSupport
import Testing
import Training

/// What is known of the data that samples were made after.
@Suite struct SampleOriginTests {
  private let folder: TemporaryFolder
  private var samples: String { folder.file("samples") }
  private var run: String { folder.file("place/run") }

  init() throws {
    folder = try TemporaryFolder()
    for kind in ["NORMAL", "PNEUMONIA"] {
      try folder.addFiles(["place/data/train/\(kind)/a.png", "place/data/test/\(kind)/b.png"])
    }
    _ = try RunFolder.create(
      at: run,
      configuration: RunConfiguration(
        data: RunData(
          dataPath: "data", split: "train", classes: ["NORMAL"], limit: 5, dataDigest: "d1",
          images: 1), training: RunTraining(seed: 7),
        program: RunProgram(variant: "avx2", threads: 1)))
  }

  /// Writes a record as older versions did, and with more keys.
  private func record(_ more: String = "", runPath: String? = nil) throws {
    try folder.write(
      """
      {"epoch":2,"latents":{"seeded":{"seed":4,"truncation":0.5}},"run":"\(runPath ?? run)",
      "run_seed":7,"step":9,"variant":"avx2","version":"0.1.0"\(more)}
      """, to: "samples/samples.json")
  }

  @Test func `an older record is read and completed from the run`() throws {
    try record()
    let origin = try #require(try SampleOrigin(of: samples))
    #expect(origin.recipe.latents == .seeded(seed: 4, truncation: 0.5))
    #expect(origin.recipe.split == nil && origin.recipe.count == nil)
    #expect(origin.selection == DataSelection(split: .train, classes: ["NORMAL"], limit: 5))
    #expect(origin.dataDigest == "d1")
    // A relative path counts from beside the run.
    #expect(origin.dataPath == folder.file("place/data"))
  }

  @Test func theRecordSaysItByItself() throws {
    try record(
      #", "split":"test","class":["PNEUMONIA"],"limit":3,"exclude":["m*"],"fit":"pad","#
        + #""background":255,"window":"minmax","frames":"first","data_digest":"d2","count":64,"#
        + #""min_real":0.5,"min_real_calibrated":0,"tries":99,"run_path":"/none","#
        + #""run_digest":"r2""#, runPath: folder.file("gone"))
    let origin = try #require(try SampleOrigin(of: samples))
    #expect(origin.configuration == nil && origin.dataPath == nil)
    #expect(
      origin.selection
        == DataSelection(split: .test, classes: ["PNEUMONIA"], excluded: ["m*"], limit: 3))
    #expect(origin.reading.fit == .pad && origin.reading.background == 255)
    #expect(origin.reading.window == .minMax && origin.reading.frames == .first)
    #expect(origin.dataDigest == "d2" && origin.recipe.runDigest == "r2")
    #expect(origin.recipe.count == 64 && origin.recipe.tries == 99)
    #expect(origin.recipe.minReal == 0.5 && origin.recipe.minRealCalibrated == 0)
  }

  /// Another run of the same seed in the same place is another run.
  @Test func theRunIsToldByItsDigest() throws {
    let found = try RunFolder.open(at: run).configuration()
    try record(#","run_digest":"\#(found.digest)""#)
    #expect(try SampleOrigin(of: samples)?.configuration == found)
    try record(#","run_digest":"0123456789abcdef""#)
    #expect(try SampleOrigin(of: samples)?.configuration == nil)
  }

  /// The absolute path goes before the one that was given; a run of another seed is another run.
  @Test func theRunIsFoundByItsAbsolutePath() throws {
    try record(#","run_path":"\#(run)""#, runPath: "nowhere/run")
    #expect(try SampleOrigin(of: samples)?.configuration?.dataDigest == "d1")
    let other = RunConfiguration(
      data: RunData(dataPath: "data", split: "all", dataDigest: "d3", images: 1),
      training: RunTraining(seed: 8), program: RunProgram(variant: "avx2", threads: 1))
    try other.write(to: "\(run)/config.json")
    #expect(try SampleOrigin(of: samples)?.configuration == nil)
    #expect(try SampleOrigin(of: samples)?.selection == nil)
  }

  @Test func whatADataSetLacksIsSaid() throws {
    try record()
    let origin = try #require(try SampleOrigin(of: samples))
    let found = try origin.selection(in: folder.file("place/data"))
    #expect(found.selection.classes == ["NORMAL"] && found.shortcoming == nil)
    let other = folder.file("place/data/test/PNEUMONIA")
    let lacking = try origin.selection(in: other)
    #expect(lacking.selection == DataSelection())
    #expect(
      lacking.shortcoming == "\(other): the samples' run was trained on the images in train of "
        + "'NORMAL', which are not there")
    try FileManager.default.removeItem(atPath: run)
    let unknown = try #require(try SampleOrigin(of: samples)).selection(in: other)
    #expect(
      unknown.shortcoming == "samples.json does not say which images the run \(quotedRun) was "
        + "trained on, and the run is missing")
  }

  private var quotedRun: String { run.count > 60 ? "'\(run.prefix(57))...'" : "'\(run)'" }

  @Test func withoutARecordNothingIsKnown() throws {
    #expect(try SampleOrigin(of: samples) == nil)
  }
}
