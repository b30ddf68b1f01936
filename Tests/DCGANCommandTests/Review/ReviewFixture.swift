import CommandTestSupport
import DCGANCommand
import Foundation
import Imaging
import Review
import Samples
import TestSupport

/// A folder with samples, real images and, once it is made, a review of them.
struct ReviewFixture {
  let folder: TemporaryFolder

  /// Makes `count` pictures of noise of each kind, 32 pixels wide.
  init(count: Int = 4) throws {
    folder = try TemporaryFolder()
    var table = "file,candidate,score\n"
    var state: UInt32 = 1
    for index in 0..<count {
      for path in ["samples/\(SampleFolder.name(index))", "data/patient-\(index).png"] {
        let pixels = (0..<32 * 32).map { _ in
          state = state &* 1_664_525 &+ 1_013_904_223
          return UInt8(state >> 24)
        }
        try folder.addFiles([path])
        try PixelImage(width: 32, height: 32, channels: 1, pixels: pixels)
          .writePNG(to: folder.file(path))
      }
      table += "\(SampleFolder.name(index)),\(index),0.\(index)\n"
    }
    try folder.write(table, to: "samples/samples.csv")
  }

  /// Runs `dcgan review` with the words of a line after its placeholders are replaced.
  func run(_ line: String) -> (code: ExitCode, recording: RecordingConsole) {
    let recording = RecordingConsole()
    let words = Executable.words(line, ["folder": folder.path])
    return (Program.dcgan.run(["review"] + words, console: recording.console), recording)
  }

  /// Makes the review with a seed of 4.
  func make(_ more: String = "") -> (code: ExitCode, recording: RecordingConsole) {
    run(
      "--samples {folder}/samples --data {folder}/data --out {folder}/review --seed 4 --quiet "
        + more)
  }

  var key: ReviewKey {
    get throws { try ReviewKey(contentsOf: folder.file("review/key.json")) }
  }

  var page: String {
    get throws { String(decoding: try folder.read("review/review.html"), as: UTF8.self) }
  }

  /// Writes the verdicts of a reader, by the file of the image; the others are called what they are.
  func writeVerdicts(_ reader: String, wrong files: [String], to name: String) throws {
    let key = try key
    let lines = key.images.map { image in
      let isCalledReal = (image.kind == .real) != files.contains(image.file)
      return "\(key.review),\(reader),\(image.id),\(isCalledReal ? "real" : "synthetic"),1.0\n"
    }
    try folder.write("review,reader,image,verdict,seconds\n" + lines.joined(), to: name)
  }
}
