import DCGANCommand
import Foundation
import Imaging
import Statistics
import Study
import Testing

@Suite struct StudyPageTests {
  private func page(
    _ fixture: StudyFixture, curves: [StudyCurve] = [], examples: [StudyExamples] = []
  ) throws -> String {
    try StudyPage(fixture.result(), curves: curves, examples: examples).html.source
  }

  private let outcomes = BinaryOutcomes(
    scores: [0.1, 0.4, 0.35, 0.8], isPositive: [false, false, true, true])

  @Test func whatComesFromOutsideIsEscaped() throws {
    var fixture = StudyFixture()
    fixture.classes = ["<script>alert(1)</script>", "A&\"B\""]
    fixture.warnings = ["<img src=x onerror=alert(2)>"]
    fixture.verdicts = ["</p><script>alert(3)</script>"]
    let page = try page(fixture, examples: fixture.examples(side: 32))
    #expect(!page.contains("<script") && !page.contains("<img src=x"))
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;, A&amp;&quot;B&quot;</td>"))
    #expect(page.contains("<li>&lt;img src=x onerror=alert(2)&gt;</li>"))
    #expect(
      page.contains("<p class=\"verdict\">&lt;/p&gt;&lt;script&gt;alert(3)&lt;/script&gt;</p>"))
  }

  @Test func nothingIsFetchedAndNothingRuns() throws {
    let fixture = StudyFixture()
    let page = try page(fixture, examples: fixture.examples(side: 32))
    #expect(
      page.contains("content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">"))
    for word in ["://", "url(", "@import", "src=\"/", "href", "<script"] {
      #expect(!page.contains(word), "\(word)")
    }
  }

  @Test func verdictsComeFirstAndWarningsBelowThem() throws {
    var fixture = StudyFixture()
    #expect(!(try page(fixture).contains("id=\"warnings\"")))
    fixture.warnings = ["nobody knows"]
    let page = try page(fixture)
    let verdict = try #require(page.range(of: fixture.verdicts[0]))
    let warning = try #require(page.range(of: "<li>nobody knows</li>"))
    let chart = try #require(page.range(of: "<svg"))
    #expect(verdict.upperBound < warning.lowerBound && warning.upperBound < chart.lowerBound)
  }

  @Test func tablesHaveMeansAndRangesByArmAndShare() throws {
    let page = try page(StudyFixture())
    #expect(page.contains("colspan=\"9\">Share 0.03: 100 real images</th>"))
    #expect(page.contains("colspan=\"9\">Share 0.3: 1,000 real images</th>"))
    #expect(
      page.contains(
        "<tr><th scope=\"row\">synthetic 1:1</th>"
          + "<td>0.880<br><span class=\"range\">0.860 to 0.900</span></td>\n"
          + "<td>0.625<br><span class=\"range\">0.500 to 0.750</span></td>"))
    #expect(
      page.contains(
        "<td>0.125<br><span class=\"range\">0.125 to 0.125</span></td>\n<td>2,100</td>\n"
          + "<td>1,050</td></tr>"))
    // The training itself: 0.86 with its interval, and the threshold at the end.
    #expect(
      page.contains(
        "<tr><th scope=\"row\">synthetic 1:1</th><td>0</td>\n<td>2,100</td>\n<td>1,050</td>\n"
          + "<td>0.860</td>\n<td>0.797 to 0.922</td>\n<td>0.500</td>"))
    #expect(page.contains("<td>0.125</td>\n<td>0.375</td></tr>"))
    #expect(page.contains("<summary>All 8 trainings</summary>"))
  }

  @Test func comparisonsSayWhatWasShown() throws {
    let page = try page(StudyFixture())
    #expect(
      page.contains(
        "<tr><th scope=\"row\">synthetic 1:1</th><td>real</td>\n<td>+0.050</td>\n"
          + "<td>0.040 to 0.060</td>\n<td>0.0050</td>\n<td>0.0100</td>\n<td>better</td></tr>"))
    #expect(
      page.contains(
        "<td>-0.002</td>\n<td>-0.012 to 0.008</td>\n<td>0.4500</td>\n<td>0.9000</td>\n"
          + "<td>no difference shown</td></tr>"))
    #expect(page.contains("<details open><summary>All 2 comparisons</summary>"))
    var fixture = StudyFixture()
    fixture.comparisons[1] = (0.3, .synthetic, -0.02, 0.04)
    #expect(try self.page(fixture).contains("<td>0.0400</td>\n<td>worse</td></tr>"))
    fixture.comparisons = Array(repeating: fixture.comparisons[0], count: 13)
    #expect(try self.page(fixture).contains("<details><summary>All 13 comparisons</summary>"))
    fixture.comparisons = []
    #expect(try self.page(fixture).contains("there is nothing to compare"))
  }

  @Test func settingsAndDataAreThereButNoTimeAndNoThreads() throws {
    let page = try page(StudyFixture())
    for (name, value) in [
      ("Classes", "NORMAL, PNEUMONIA"), ("Positive class", "PNEUMONIA"),
      ("Training images", "5,216 of 2,846 patients"),
      ("Of these for thresholds", "782 of 415 patients"),
      ("Test images", "624 of 427 patients: NORMAL 234, PNEUMONIA 234"),
      ("Shares", "0.03 (100 images), 0.3 (1,000 images)"), ("Arms", "real, synthetic 1:1"),
      ("Trainings of each arm", "2"), ("Image size", "64x64, grey"),
      ("Steps of a classifier", "1,200"), ("Seed", "18446744073709551615"),
      ("Version", "dcgan 9.8.7"), ("Digest of the data", "feed"),
    ] {
      #expect(page.contains("<th scope=\"row\">\(name)</th><td>\(value)</td>"), "\(name)")
    }
    #expect(!page.contains("thread") && !page.contains("second"))
    #expect(page.contains("Written by dcgan 9.8.7."))
  }

  @Test func curvesOfTwoClassesHaveAPictureAndATable() throws {
    let mixture = StudyMixture(arm: .real, ratio: 0)
    let curve = StudyCurve(share: 0.3, mixture: mixture, outcomes: outcomes)
    let page = try page(StudyFixture(), curves: [curve])
    // (0, 0), (0, 0.5), (0.5, 0.5), (0.5, 1) and (1, 1) in a square of 280 at (40, 12).
    #expect(
      page.contains(
        "<path class=\"line series-0\" d=\"M40 292L40 152L180 152L180 12L320 12\"/>"))
    #expect(page.contains("Sensitivity at a specificity of 0.9: real 0.500."))
    #expect(
      page.contains(
        "<th scope=\"row\">real</th><td>1.000</td>\n<td>0.500</td>\n<td>0.500</td>\n"
          + "<td>0.500</td>\n<td>0.500</td></tr>"))
  }

  @Test func moreClassesHaveNoCurvesAndThePageSaysSo() throws {
    var fixture = StudyFixture()
    fixture.classes = ["A", "B", "C"]
    let page = try page(fixture)
    #expect(page.contains("There are curves for two classes only; these data have 3."))
    #expect(!page.contains("roc-0"))
    #expect(page.contains("<td>each against the others</td>"))
  }

  @Test func examplesAreTwoSheetsAShareAndPatientsAreMentioned() throws {
    let fixture = StudyFixture()
    let page = try page(fixture, examples: fixture.examples(side: 64))
    #expect(page.matches(of: /src="data:image\/jpeg;base64,/).count == 4)
    for words in ["Real images, share 0.03", "Synthetic images, share 0.3"] {
      #expect(page.contains("<figcaption>\(words)</figcaption>"), "\(words)")
    }
    #expect(page.contains("This page embeds real images of patients."))
    #expect(!page.contains("They are reduced") && !page.contains("Only the first"))
    let real = try self.page(
      fixture, examples: fixture.examples(side: 64, hasSynthetic: false))
    #expect(real.matches(of: /src="data:/).count == 2 && !real.contains("Synthetic images, share"))
  }

  @Test func aPageOfManyLargeNoisyImagesStaysBelow2Megabytes() throws {
    var fixture = StudyFixture()
    fixture.shares = [0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.3, 0.5, 1]
    fixture.classes = (0..<64).map { "class \($0)" }
    let page = try page(fixture, examples: fixture.examples(side: 64, channels: 3))
    #expect(page.utf8.count < 2_000_000, "\(page.utf8.count)")
    #expect(page.contains(" Only the first 14 of 64 classes are shown."))
    #expect(page.contains("They are reduced from 64 to 32 pixels a side."))
  }
}
