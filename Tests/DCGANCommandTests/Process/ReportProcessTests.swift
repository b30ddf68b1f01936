import Foundation
import TestSupport
import Testing

/// `dcgan report` on a run that was trained.
@Suite(.slow) struct ReportProcessTests {
  private func page(_ folder: TemporaryFolder) throws -> String {
    String(decoding: try folder.read("report.html"), as: UTF8.self)
  }

  @Test func aTrainedRunIsShownWhole() throws {
    let folder = try TemporaryFolder()
    let arguments = ["report", "--run", PracticeRun.path, "--count", "20", "--min-real", "0.4"]
    let outcome = try Executable.run(arguments, in: folder.path)
    #expect(outcome.code == 0)
    #expect(outcome.error.isEmpty)
    #expect(outcome.outputLines.count == 1)
    #expect(outcome.output.hasPrefix("wrote ./report.html: 3 epochs, 3 sheets, "))
    let page = try page(folder)
    #expect(page.matches(of: /<img alt="/).count == 5)
    #expect(page.contains("Finished: 3 of 3 epochs done, 15 steps; last step logged 20"))
    #expect(page.contains("the files are the same as at the start"))
    #expect(page.contains("<th scope=\"row\">train/NORMAL</th>"))
    #expect(page.contains("<figcaption>Real: all images of the data, as the networks see them<"))
    #expect(page.contains("<title id=\"reliability-title\">Reliability</title>"))

    // The page says of the generated images what sampling them says.
    let sampling = try Executable.run(
      ["sample", "--run", PracticeRun.path, "--count", "20", "--out", folder.file("samples")])
    #expect(sampling.code == 0)
    let table = String(decoding: try folder.read("samples/samples.csv"), as: UTF8.self)
    let scores = table.split(separator: "\n").dropFirst()
      .compactMap { Float($0.split(separator: ",")[2]) }
    #expect(scores.count == 20)
    #expect(page.contains(" pass: \(scores.count { $0 >= 0.4 }) of 20."))
    // The same run gives the same page.
    #expect(try Executable.run(arguments, in: folder.path).code == 0)
    #expect(try self.page(folder) == page)
  }

  @Test func realImagesAreScoredAsScoreDoes() throws {
    let folder = try TemporaryFolder()
    let outcome = try Executable.run(
      ["report", "--run", PracticeRun.path, "--count", "39", "--min-real", "0.5"], in: folder.path)
    #expect(outcome.code == 0)
    let scoring = try Executable.run(
      ["score", "--run", PracticeRun.path, Practice.phantoms.data + "/train"])
    let scores = scoring.outputLines.compactMap {
      $0.split(separator: "\t").first.flatMap { Float($0) }
    }
    #expect(scores.count == 39)
    let page = try page(folder)
    #expect(page.contains(" pass: \(scores.count { $0 >= 0.5 }) of 39."))
    let first = scores.count { $0 < 0.1 }
    #expect(
      page.contains("Number of images by score, in tenths. 0.0 to 0.1: \(first); 0.1 to 0.2: "))
  }

  @Test func withoutItsDataTheRunsOwnSheetIsScored() throws {
    let folder = try TemporaryFolder()
    let outcome = try Executable.run(
      ["report", "--run", PracticeRun.path, "--data", folder.file("gone")], in: folder.path)
    #expect(outcome.code == 0)
    #expect(outcome.errorLines.count == 1)
    #expect(
      outcome.error.hasPrefix(
        "warning: the data set is missing: \(folder.file("gone")): expected"))
    let page = try page(folder)
    #expect(
      page.contains(
        "evenly spaced in the data, from real-samples.png, as the data set is missing"))
    // The sheet holds all 39 images, as the networks see them.
    #expect(page.contains(" of 39. Median"))
    #expect(page.contains("<li>the data set is missing: \(folder.file("gone")): expected"))
  }

  @Test func `a damaged checkpoint is named and the rest is shown`() throws {
    let folder = try TemporaryFolder()
    try PracticeRun.copy(to: folder.file("run"))
    try folder.write("damage", to: "run/\(PracticeRun.checkpoint(3))")
    let outcome = try Executable.run(
      ["report", "--run", folder.file("run"), "--quiet"], in: folder.path)
    #expect(outcome.code == 0)
    #expect(outcome.errorLines.count == 1)
    #expect(outcome.error.hasPrefix("warning: \(folder.file("run"))/\(PracticeRun.checkpoint(3))"))
    #expect(try page(folder).contains("There is no usable checkpoint"))
  }

  @Test func watchingEndsWithTheRun() throws {
    let folder = try TemporaryFolder()
    let outcome = try Executable.run(
      ["report", "--watch", "--run", PracticeRun.path, "--count", "4"], in: folder.path)
    #expect(outcome.code == 0)
    #expect(outcome.outputLines.count == 1)
    #expect(try !page(folder).contains("id=\"reload\" checked"))
  }

  @Test func watchingFollowsARunAndAnswersSignals() throws {
    let folder = try TemporaryFolder()
    let run = folder.file("run")
    try Practice.phantoms.train(run: run, epochs: 2, ["--quiet"])
    // As if two of four epochs were done and training went on.
    let path = folder.file("run/config.json")
    let settings = try String(contentsOfFile: path, encoding: .utf8)
    try settings.replacing("\"epochs\" : 2", with: "\"epochs\" : 4")
      .write(toFile: path, atomically: true, encoding: .utf8)
    let watching = try Executable.Running(
      ["report", "--watch", "--run", run, "--out", folder.file("report.html"), "--count", "4"])
    try Executable.wait { (try? page(folder).contains("2 of 4 epochs done")) == true }
    #expect(try page(folder).contains("id=\"reload\" checked"))
    try FileManager.default.copyItem(
      atPath: folder.file("run/progress/epoch-0002.png"),
      toPath: folder.file("run/progress/epoch-0003.png"))
    try Executable.wait { try page(folder).contains("data-epoch=\"3\"") }
    watching.send(SIGINT)
    #expect(try watching.outcome().code == 130)
  }
}
