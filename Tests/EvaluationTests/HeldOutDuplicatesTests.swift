import DataSets
import Evaluation
import Imaging
import TestSupport
import Testing

/// A claim that nothing was copied must not rest on images that training has seen.
@Suite struct HeldOutDuplicatesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func add(_ levels: Range<UInt8>, to part: String) throws {
    for level in levels {
      let image = PixelImage(width: 32, height: 32, channels: 1, repeating: level)
      try folder.add(image.pngData(file: ""), as: "\(part)/\(100 + Int(level)).png")
    }
  }

  private func data() throws -> EvaluationData {
    try EvaluationData(
      EvaluationData.Request(path: folder.path, reading: ImageReading(size: 32, channels: 1)),
      seed: 1, threads: 2)
  }

  @Test func `training images among the held-out ones are left out`() throws {
    try add(0..<20, to: "train")
    try add(10..<30, to: "test")
    let data = try data()
    #expect(data.knownHeldOut == 10)
    #expect(!data.isHeldOutFromTraining && data.mostCompared == 10)
  }

  @Test func `a test folder that repeats the training images holds nothing out`() throws {
    try add(0..<20, to: "train")
    try add(0..<20, to: "test")
    let data = try data()
    #expect(data.isHeldOutFromTraining)
    #expect(data.knownHeldOut == 20 && data.repeatedTraining == 0)
    #expect(data.heldOutSource == "one half of the training images, for lack of others")
  }

  @Test func noImageLiesInBothHalves() throws {
    try add(0..<20, to: "a")
    try add(0..<20, to: "again")
    let data = try data()
    #expect(data.isHeldOutFromTraining)
    #expect(data.repeatedTraining == 20 && data.knownHeldOut == 0 && data.mostCompared == 10)
  }
}
