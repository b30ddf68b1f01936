import CommandTestSupport
import DCGANCommand
import Foundation
import Imaging
import TestSupport
import Testing
import Training

@Suite struct GridCommandTests {
  /// Makes a run with grey sheets of 32-pixel pictures.
  private func makeRun(_ epochs: ClosedRange<Int>, in folder: TemporaryFolder) throws -> String {
    let run = try RunFolder.create(
      at: folder.file("run"),
      configuration: RunConfiguration(
        data: RunData(dataPath: "d", split: "all", dataDigest: "0", images: 64),
        training: RunTraining(seed: 1), program: RunProgram(variant: "baseline", threads: 1)))
    for epoch in epochs {
      let tile = PixelImage(width: 32, height: 32, channels: 1, repeating: UInt8(epoch * 10))
      try ContactSheet(columns: 8).image(of: Array(repeating: tile, count: 64))
        .writePNG(to: run.progressPath(epoch: epoch))
    }
    return run.path
  }

  @Test func drawsAStillPicture() throws {
    let folder = try TemporaryFolder()
    let run = try makeRun(1...13, in: folder)
    let recording = RecordingConsole()
    let out = folder.file("progress.PNG")
    let code = Program.dcgan.run(
      ["grid", "--run", run, "--out", out], console: recording.console)
    #expect(code == .done)
    #expect(recording.output == "wrote \(out): 12 of 13 sheets from epoch 1 to 13\n")
    #expect(recording.error == "reading sheets 12/12\n")
    let image = try PixelImage(contentsOf: out)
    #expect(image.height == 12 + 12 * 34 - 2)
    #expect(image.samples(x: image.width - 1, y: image.height - 1) == [130])
  }

  @Test func animates() throws {
    let folder = try TemporaryFolder()
    let run = try makeRun(1...3, in: folder)
    let recording = RecordingConsole()
    let out = folder.file("progress.gif")
    let code = Program.dcgan.run(
      ["grid", "--run", run, "--out", out, "--epoch", "2", "--quiet"], console: recording.console)
    #expect(code == .done)
    #expect(recording.output == "wrote \(out): all 2 sheets from epoch 1 to 2\n")
    #expect(recording.error.isEmpty)
    #expect(try Data(contentsOf: URL(filePath: out)).starts(with: Data("GIF89a".utf8)))
  }

  @Test func theOutputIsCheckedFirst() throws {
    let folder = try TemporaryFolder()
    let recording = RecordingConsole()
    let out = folder.file("nowhere/a.png")
    // There is no run either; the first complaint is about the output.
    let code = Program.dcgan.run(
      ["grid", "--run", folder.file("run"), "--out", out], console: recording.console)
    #expect(code == .failed)
    #expect(
      recording.error
        == "dcgan grid: cannot write \(out): there is no folder \(folder.file("nowhere/")): "
        + "create it first\n")
  }

  @Test func anOutputThatIsAFolderIsRefused() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "a.png/inner")
    let recording = RecordingConsole()
    let out = folder.file("a.png")
    #expect(Program.dcgan.run(["grid", "--out", out], console: recording.console) == .failed)
    #expect(
      recording.error
        == "dcgan grid: cannot write \(out): it is a folder, not a file\n")
  }
}
