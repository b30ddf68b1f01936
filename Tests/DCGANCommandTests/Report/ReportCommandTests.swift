import CommandTestSupport
import DCGAN
import DCGANCommand
import Foundation
import Imaging
import TestSupport
import Testing
import Training

@Suite struct ReportCommandTests {
  /// Makes a run of a step an epoch with a sheet of noise after each.
  private func makeRun(epochs: Int, side: Int, in folder: TemporaryFolder) throws -> RunFolder {
    let run = try RunFolder.create(
      at: folder.file("run"),
      configuration: RunConfiguration(
        data: RunData(dataPath: folder.file("gone"), split: "all", dataDigest: "0", images: 64),
        model: ModelSettings(size: 32), training: RunTraining(epochs: epochs, batch: 64, seed: 1),
        program: RunProgram(variant: "baseline", threads: 1)))
    let log = try MetricsLog(path: run.metricsPath, afterStep: 0)
    var state: UInt32 = 1
    for epoch in 1...epochs {
      try log.append(
        StepMetrics(
          step: epoch, epoch: epoch, lossD: 1, lossG: 2, realScore: 0.6, fakeScore: 0.4,
          updatedFakeScore: 0.3,
          imagesPerSecond: 10))
      let pixels = (0..<side * side).map { _ in
        state = state &* 1_664_525 &+ 1_013_904_223
        return UInt8(state >> 24)
      }
      try PixelImage(width: side, height: side, channels: 1, pixels: pixels)
        .writePNG(to: run.progressPath(epoch: epoch))
    }
    return run
  }

  private func report(
    _ run: String, _ out: String, _ more: [String] = []
  ) -> (code: ExitCode, recording: RecordingConsole) {
    let recording = RecordingConsole()
    let code = Program.dcgan.run(
      ["report", "--run", run, "--out", out] + more, console: recording.console)
    return (code, recording)
  }

  @Test(.slow) func aHundredEpochsStayBelowTenMegabytes() throws {
    let folder = try TemporaryFolder()
    // Noise takes several times the room of radiographs; some sheets have to go.
    let run = try makeRun(epochs: 100, side: 526, in: folder)
    let out = folder.file("report.html")
    let (code, recording) = report(run.path, out, ["--quiet"])
    #expect(code == .done)
    let page = String(decoding: try folder.read("report.html"), as: UTF8.self)
    #expect(page.utf8.count < 10_000_000)
    #expect(page.utf8.count > 4_000_000)
    let shown = page.matches(of: /<figure data-epoch="(\d+)"/).compactMap { Int($0.1) }
    #expect(shown.count < 100 && shown.count > 30)
    #expect(shown.first == 1 && shown.last == 100)
    #expect(page.contains("\(shown.count) of 100 sheets, evenly spaced, so that the page stays"))
    #expect(recording.output.hasPrefix("wrote \(out): 100 epochs, \(shown.count) of 100 sheets, "))
  }

  @Test func aDamagedSheetIsNamedAndTheRestIsShown() throws {
    let folder = try TemporaryFolder()
    let run = try makeRun(epochs: 3, side: 270, in: folder)
    try folder.write("no picture", to: "run/progress/epoch-0002.png")
    let (code, recording) = report(run.path, folder.file("r.html"), ["--quiet"])
    #expect(code == .done)
    #expect(
      recording.error.hasPrefix(
        "warning: \(run.progressPath(epoch: 2)): expected a readable image, found a file that begins "
          + "with 6e 6f 20 70 69 63 74 75\nwarning: the data set is missing: "))
    let page = String(decoding: try folder.read("r.html"), as: UTF8.self)
    #expect(page.matches(of: /<figure data-epoch="(\d+)"/).map(\.1) == ["1", "3"])
    #expect(page.contains("<li>\(run.progressPath(epoch: 2)): expected a readable image"))
  }

  @Test func anEpochEndsThePageAndMustExist() throws {
    let folder = try TemporaryFolder()
    let run = try makeRun(epochs: 3, side: 270, in: folder)
    #expect(report(run.path, folder.file("r.html"), ["--epoch", "2"]).code == .done)
    let page = String(decoding: try folder.read("r.html"), as: UTF8.self)
    #expect(page.matches(of: /<figure data-epoch="(\d+)"/).map(\.1) == ["1", "2"])
    #expect(!page.contains("<tr><th scope=\"row\">3</th><td>1.000"))
    let (code, recording) = report(run.path, folder.file("s.html"), ["--epoch", "7"])
    #expect(code == .failed)
    #expect(
      recording.error
        == "dcgan report: \(run.path): has no contact sheet of epoch 7; choose another with "
        + "--epoch: 1-3\n")
    #expect(try !folder.names().contains("s.html"))
  }

  @Test func `the output is checked first, and there must be a run`() throws {
    let folder = try TemporaryFolder()
    let nowhere = report(folder.file("run"), folder.file("nowhere/r.html"))
    #expect(nowhere.code == .failed)
    #expect(
      nowhere.recording.error.hasPrefix(
        "dcgan report: cannot write \(folder.file("nowhere/r.html")): there is no folder"))
    let missing = report(folder.file("run"), folder.file("r.html"))
    #expect(missing.code == .failed)
    #expect(
      missing.recording.error.hasPrefix("dcgan report: \(folder.file("run")): does not exist; "))
  }
}
