import Checkpoints
import DCGAN
import DCGANCommand
import Foundation
import Imaging
import Reporting
import Support
import Testing
import Training

@Suite struct ReportPageTests {
  private static let hostile = "/data/<img src=x onerror=alert(1)>\"'&\u{202E}"

  /// Makes a report of a run with steps but without pictures, checkpoint and data.
  private func report(epochs: Int, dataPath: String = hostile) -> RunReport {
    let configuration = RunConfiguration(
      data: RunData(
        dataPath: dataPath, split: "all", classes: ["<b>"], dataDigest: "0", images: 16, skipped: 3),
      training: RunTraining(epochs: 9, batch: 8, seed: .max),
      program: RunProgram(variant: "baseline", threads: 1))
    let metrics = (0..<2 * epochs).map { step in
      StepMetrics(
        step: step + 1, epoch: step / 2 + 1, lossD: 0.5, lossG: Float(step), realScore: 0.8,
        fakeScore: 0.3,
        updatedFakeScore: 0.25, imagesPerSecond: 120)
    }
    return RunReport(
      path: "<run>", configuration: configuration, metrics: metrics, stepsDone: metrics.count,
      lastLogged: Date(timeIntervalSince1970: 0), checkpointEpochs: [], strip: SheetStrip([]),
      data: ReportedData(of: configuration, at: nil, threads: 1) { _, _ in })
  }

  private func page(_ report: RunReport, isLive: Bool = false) -> String {
    ReportPage(report, isLive: isLive).html.source
  }

  @Test func whatComesFromOutsideIsEscaped() {
    var report = report(epochs: 2)
    report.problems = ["</p><script>alert(2)</script>"]
    let page = page(report)
    #expect(!page.contains("<img"))
    #expect(!page.contains("<run>") && page.contains("&lt;run&gt;"))
    #expect(!page.contains("<b>") && page.contains("&lt;b&gt;"))
    #expect(page.matches(of: /<script>/).count == 1)
    #expect(
      page.contains(
        "/data/&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;\\u{202E}</td>"))
  }

  @Test func nothingIsFetched() {
    let page = page(report(epochs: 2, dataPath: "/data"))
    #expect(page.contains("default-src 'none'; img-src data:;"))
    for word in ["://", "url(", "@import", "src=\"/", "href"] { #expect(!page.contains(word)) }
  }

  @Test func epochsStandInATable() {
    let page = page(report(epochs: 2))
    #expect(
      page.contains(
        "<tr><th scope=\"row\">2</th><td>0.500</td>\n<td>2.500</td>\n<td>0.800</td>\n"
          + "<td>0.300</td>\n<td>0.250</td>\n<td>120.0</td>\n<td>unknown</td></tr>"))
    #expect(!page.contains("Diversity of the progress sheets"))
    #expect(page.contains("Not finished: 2 of 9 epochs done, 4 steps; last step logged 1970-01-01"))
    #expect(page.contains("<td>18446744073709551615</td>"))
  }

  @Test func diversityIsACurveAndAColumn() {
    var report = report(epochs: 2)
    report.epochs = [
      EpochMetrics(epoch: 1, step: 2, diversity: nil),
      EpochMetrics(epoch: 2, step: 4, diversity: 0.8349),
    ]
    let page = page(report)
    #expect(page.contains("Diversity: from 0.83 to 0.83, min 0.83, max 0.83."))
    #expect(page.contains("<td>120.0</td>\n<td>unknown</td></tr>"))
    #expect(page.contains("<td>120.0</td>\n<td>0.83</td></tr>"))
  }

  @Test func techniquesStandAmongTheSettings() {
    var report = report(epochs: 1)
    #expect(page(report).contains("Techniques</th><td>none</td>"))
    report.configuration.techniques = TrainingTechniques(labelSmoothing: 0.1)
    #expect(page(report).contains("Techniques</th><td>label smoothing 0.1</td>"))
  }

  @Test func theCalibrationIsShownAsFarAsItWasKept() throws {
    var report = report(epochs: 1)
    #expect(!page(report).contains("id=\"calibration\""))
    report.scores = ReportedScores(
      epoch: 1, threshold: 0.7, seed: 0, real: [0.5], realSource: .dataSet, generated: [0.5])
    #expect(page(report).contains("The checkpoint holds no calibration"))
    let fit = try #require(ScoreCalibration(real: [2, 1], fakes: [-2, 0.5, -1], isHeldOut: true))
    report.calibration = fit
    let whole = page(report)
    // (1 - 0.8808)², (1 - 0.7311)², 0.1192², 0.6225² and 0.2689²: 0.5605 over 5 images.
    #expect(whole.contains("<dt>Brier score of D&#39;s own score</dt><dd>0.112</dd>"))
    #expect(whole.contains("held-out real images and"))
    #expect(
      whole.contains("0.2 to 0.3</th><td>1</td>\n<td>0.269</td>\n<td>0.0 %</td><td>"))
    #expect(whole.contains("0.3 to 0.4</th><td>0</td>\n<td>none</td>\n<td>none</td><td>"))
    report.calibration = ScoreCalibration(
      slope: 1, intercept: 0, realImages: 2, fakes: 3, isHeldOut: false, brierScoreBefore: 0.25,
      brierScore: 0.125)
    let older = page(report)
    #expect(older.contains("<dd>0.250</dd>") && older.contains("<dd>0.125</dd>"))
    #expect(older.contains("The checkpoint holds no reliability curve"))
    #expect(older.contains("real training images"))
  }

  @Test func whatIsMissingIsSaidInWords() {
    let page = page(report(epochs: 0))
    for words in [
      "There is no progress sheet yet", "has no real-samples.png",
      "There is no usable checkpoint", "No step has been logged yet.",
      "the data set is missing: /data/", "Which files were skipped is unknown",
      "0 of 9 epochs done",
    ] { #expect(page.contains(words), "\(words)") }
    #expect(!page.contains("type=\"range\""))
    #expect(!page.contains("Table of epochs"))
  }

  @Test func oneEpochHasASheetWithoutASlider() throws {
    var report = report(epochs: 1)
    let sheet = PixelImage(width: 270, height: 270, channels: 1, repeating: 99)
    report.strip = SheetStrip([try .init(sheet, epoch: 1, file: "epoch-0001.png")])
    let one = page(report)
    #expect(!one.contains("type=\"range\""))
    #expect(one.contains("The only sheet of the run"))
    #expect(one.contains("alt=\"64 generated images after epoch 1, 8 in a row\""))
    #expect(one.contains(" The run has one epoch so far."))
    report.strip = SheetStrip(
      try [1, 3].map { try .init(sheet, epoch: $0, file: "epoch") })
    let two = page(report)
    #expect(two.contains("<input type=\"range\" id=\"epoch\" min=\"0\" max=\"1\" step=\"1\""))
    #expect(two.matches(of: /data-epoch="\d+" class="printed" hidden/).count == 1)
    #expect(two.contains("All 2 sheets of the run, epochs 1, 3"))
  }

  @Test(arguments: [
    (64, true, "all images of the data"), (64, false, "all images of the data"),
    (65, true, "64 images, evenly spaced in the data"),
    (65, false, "the first 64 images of the data"),
  ])
  func theRealImagesAreCalledWhatTheyAre(images: Int, isSpread: Bool, words: String) {
    var report = report(epochs: 1)
    report.configuration.images = images
    report.isRealSheetSpread = isSpread
    report.realSheet = ReportPicture(width: 9, height: 9, jpeg: Data([255]))
    #expect(page(report).contains("<figcaption>Real: \(words), as the networks see them<"))
    report.scores = ReportedScores(
      epoch: 1, threshold: 0.7, seed: 0, real: [0.5],
      realSource: isSpread ? .realSamples : .firstImages, generated: [0.5])
    let source = isSpread ? "evenly spaced in the data" : "the first of the data"
    #expect(page(report).contains("The real images are \(source), from real-samples.png, as "))
  }

  @Test func onlyALivePageOfARunUnderWayLoadsAgain() {
    #expect(page(report(epochs: 2), isLive: true).contains("id=\"reload\" checked"))
    #expect(!page(report(epochs: 2)).contains("id=\"reload\" checked"))
    #expect(!page(report(epochs: 9), isLive: true).contains("id=\"reload\" checked"))
  }

  @Test func aPageWithRealImagesSaysSo() {
    var report = report(epochs: 1)
    let words = "This page embeds real images of patients. Keep it where the images may be."
    #expect(!page(report).contains(words))
    report.realSheet = ReportPicture(width: 9, height: 9, jpeg: Data())
    #expect(page(report).contains(words))
  }

  @Test func longListsAreCut() {
    let page = page(report(epochs: 300))
    #expect(page.contains("100 of 300 epochs, evenly spaced"))
    #expect(page.matches(of: /<tr><th scope="row">\d+<\/th><td>/).count == 100)
  }
}
