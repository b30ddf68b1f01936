import Checkpoints
import DCGANCommand
import Foundation
import Reporting
import Support
import Testing
import Training

@Suite struct ChartTests {
  @Test(arguments: [
    (7.3, 5, 8.0, 2.0), (1, 5, 1, 0.2), (0.93, 5, 1, 0.2), (12.06, 5, 15, 5),
    (1234, 4, 1500, 500), (0, 5, 1, 0.2), (.infinity, 5, 1, 0.2), (3, 4, 3, 1),
  ])
  func axesEndAtARoundValue(_ largest: Double, _ ticks: Int, _ end: Double, _ step: Double) {
    let axis = Axis(through: largest, ticks: ticks)
    #expect(abs(axis.end - end) < 1e-9 && abs(axis.step - step) < 1e-9)
    #expect(axis.ticks.count <= ticks + 1 && axis.ticks.first == 0)
  }

  @Test func `ticks have as many decimals as their step`() {
    #expect(Axis(through: 1, ticks: 5).ticks.map(Axis(through: 1, ticks: 5).text).last == "1.0")
    let thousands = Axis(through: 4000, ticks: 4)
    #expect(thousands.ticks.map(thousands.text) == ["0", "1,000", "2,000", "3,000", "4,000"])
    // An axis that ends between ticks has none beyond.
    #expect(Axis(endingAt: 2.5, ticks: 6).ticks.last == 2.5)
    #expect(Axis(endingAt: 7, ticks: 3).ticks == [0, 5])
  }

  private func line(_ values: [Float], stepsPerEpoch: Int = 1) -> LineChart {
    let metrics = values.enumerated().map { index, value in
      StepMetrics(
        step: index + 1, epoch: index + 1, lossD: value, lossG: 0, realScore: 0, fakeScore: 0,
        updatedFakeScore: 0,
        imagesPerSecond: 0)
    }
    return LineChart(
      title: "Losses", unit: "loss",
      lines: [
        .init(
          name: "D",
          curve: MetricCurve(metrics, \.lossD, epochs: { Double($0) / Double(stepsPerEpoch) }))
      ],
      identifier: "losses")
  }

  /// Returns the commands of the first curve.
  private func commands(_ html: HTML) -> Substring? {
    html.source.firstMatch(of: /class="line line-1" d="([^"]*)"/)?.1
  }

  @Test func pointsLieWhereTheNumbersSay() {
    // The plot spans x from 44 to 370 over 4 epochs and y from 190 up to 12 over 0 to 2.
    let html = line([0, 1, 2, 0.5]).html
    #expect(commands(html) == "M125.5 190h0L207 101L288.5 12L370 145.5")
    #expect(html.source.contains("D: from 0.00 to 0.50, min 0.00, max 2.00."))
    #expect(!html.source.contains("above the top"))
  }

  @Test func `a number that is not finite interrupts the curve`() {
    #expect(
      commands(line([2, .nan, 2, .infinity]).html) == "M125.5 12h0M288.5 12h0")
  }

  @Test func aPeakIsCutOffAndSaid() {
    let html = line(Array(repeating: 1, count: 99) + [50]).html
    #expect(html.source.contains("1 point above the top, max 50.00."))
    // The top is 1.5, above 1.1; the peak stays at it.
    #expect(commands(html)?.hasSuffix("L370 12") == true)
  }

  @Test func nothingIsSaidInWords() {
    #expect(line([]).html.source.contains("No step has been logged yet."))
    #expect(line([.nan]).html.source.contains("No step has been logged yet."))
  }

  @Test func reliabilityLiesWhereItsBinsSay() {
    let html = ReliabilityChart(
      .init(
        before: ReliabilityCurve(real: [0.75, 0.75, 0.75], fakes: [0.75, 0.25]),
        after: ReliabilityCurve(real: [1, 1, 1], fakes: [0, 0])),
      identifier: "reliability"
    ).html.source
    // The plot spans x from 44 to 370 and y from 262 up to 12, both for 0 to 1.
    #expect(html.contains("class=\"line line-1\" d=\"M125.5 262L288.5 74.5\""))
    #expect(html.contains("class=\"line line-2\" d=\"M44 262L370 12\""))
    #expect(html.contains("class=\"point-1\" cx=\"288.5\" cy=\"74.5\""))
    // Wilson's interval of 3 in 4 goes from 0.3006 to 0.9544.
    #expect(
      html.contains("class=\"interval-1\" x1=\"288.5\" x2=\"288.5\" y1=\"186.8\" y2=\"23.4\""))
    #expect(html.contains("class=\"ideal\" x1=\"44\" x2=\"370\" y1=\"262\" y2=\"12\""))
    #expect(html.contains("D&#39;s own score: 0.25, 0.0 % of 1; 0.75, 75.0 % of 4."))
    #expect(html.contains("calibrated: 0.00, 0.0 % of 2; 1.00, 100.0 % of 3."))
  }

  @Test func barsAreAsHighAsTheirCounts() throws {
    let scores: [Float] = [0.05, 0.05, 0.15, 0.75, 0.75, 0.75, 0.75, 1]
    let group = try #require(ReportedScores.Group(scores, threshold: 0.7))
    let html = HistogramChart(
      title: "Real images", group: group, threshold: 0.7, identifier: "real"
    ).html.source
    // Ten bars between y = 150 and 26; the axis ends at 4.
    let bars = html.matches(of: /class="bar real" x="[^"]*" y="([^"]*)"/).map { $0.1 }
    #expect(bars == ["88", "119", "150", "150", "150", "150", "150", "26", "150", "119"])
    #expect(html.contains("in tenths. 0.0 to 0.1: 2; 0.1 to 0.2: 1; "))
    #expect(html.contains("0.7 to 0.8: 4; 0.8 to 0.9: 0; 0.9 to 1: 1."))
    #expect(html.contains("<strong>62.5 %</strong> pass: 5 of 8."))
    // The threshold stands at 44 + 0.7 * 326.
    #expect(html.contains("class=\"threshold\" x1=\"272.2\" x2=\"272.2\""))
    #expect(html.contains("passes from 0.7"))
  }
}
