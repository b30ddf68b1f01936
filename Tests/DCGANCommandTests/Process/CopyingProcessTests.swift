import Foundation
import Imaging
import Support
import TestSupport
import Testing

/// `dcgan evaluate` on a generator that copies one kind of images and fails at another.
@Suite(.slow) struct CopyingProcessTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Writes a picture of noise around a shade.
  private func write(_ path: String, shade: Int, spread: Int, seed: UInt32) throws {
    var state = seed &* 2_654_435_761 &+ 1
    let pixels = (0..<32 * 32).map { _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(shade - spread + Int(state >> 16) % (2 * spread + 1))
    }
    try folder.addFiles([path])
    try PixelImage(width: 32, height: 32, channels: 1, pixels: pixels)
      .writePNG(to: folder.file(path))
  }

  /// Dark and bright images, of which the generator copies the dark ones and makes others bright ones.
  private func makeImages() throws {
    for index in 0..<70 {
      let seed = UInt32(index)
      if index < 40 {
        try write("data/train/d\(index).png", shade: 60, spread: 20, seed: seed)
        try write("data/train/b\(index).png", shade: 190, spread: 20, seed: 100 + seed)
      }
      try write("data/test/d\(index).png", shade: 60, spread: 20, seed: 200 + seed)
      try write("data/test/b\(index).png", shade: 190, spread: 20, seed: 300 + seed)
      if index < 12 {
        try write("made/d\(index).png", shade: 60, spread: 20, seed: seed)
      } else if index < 40 {
        try write("made/b\(index).png", shade: 190, spread: 60, seed: 400 + seed)
      }
    }
  }

  @Test func copiesOfOneKindShowInItsCell() throws {
    try makeImages()
    let outcome = try Executable.run(
      [
        "evaluate", "--quiet", "--samples", folder.file("made"), "--data", folder.file("data"),
        "--out", folder.file("e.json"),
      ])
    #expect(outcome.code == 0)
    #expect(
      outcome.outputLines.last?.hasPrefix(
        "Possible copies: in 1 of 2 cells generated images are closer to training images than "
          + "140 held-out images (test) are (min z -5.") == true)
    let figures = try #require(
      try TemporaryFolder.object(folder.read("e.json"))["figures"] as? [String: any Sendable])
    let cells = try #require(figures["copying_cells"] as? [[String: Double]])
      .sorted { ($0["z"] ?? 0) < ($1["z"] ?? 0) }
    #expect(cells.map { $0["generated"] } == [12, 28] && cells.map { $0["held_out"] } == [70, 70])
    // Twelve distances of 0 before 70 others: U = 0, with 12 equal ones among 82.
    let variance = 12.0 * 70 / 12 * (83 - (12.0 * 12 * 12 - 12) / (82 * 81))
    let (low, high) = (try #require(cells[0]["z"]), try #require(cells[1]["z"]))
    #expect(abs(low + 420 / variance.squareRoot()) < 1e-9)
    #expect(high > 3)
    let all = try #require(figures["copying_by_cells"] as? [String: Double])
    #expect(abs(try #require(all["generated"]) - (low + high) / 2) < 1e-9)
    #expect(try #require(figures["copying"] as? [String: Double])["generated"] ?? -9 > 0)
  }
}
