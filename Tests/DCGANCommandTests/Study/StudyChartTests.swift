import DCGANCommand
import Study
import Testing

/// The curves of AUROC over the shares; x goes from 104 to 586, and y from 350 up to 16.
@Suite struct StudyChartTests {
  private func page(_ fixture: StudyFixture) throws -> String {
    try StudyPage(fixture.result(), curves: [], examples: []).html.source
  }

  /// Returns the commands of the paths of a class, in order.
  private func paths(_ page: String, _ name: String) throws -> [String] {
    let expression = try Regex(
      "<path class=\"\(name)\" *d=\"([^\"]*)\"/>", as: (Substring, Substring).self)
    return page.matches(of: expression).map { String($0.1) }
  }

  @Test func pointsAndWhiskersLieWhereTheFiguresSay() throws {
    let page = try page(StudyFixture())
    // From 0.80 to 0.95: 334 units are 0.15, so 0.83 is 66.8 above 350, and 0.9 is 222.7.
    // Two arms stand 3.5 units left and right of the shares at 104 and 586.
    #expect(try paths(page, "line series-0")[0] == "M100.5 283.2L582.5 127.3")
    #expect(try paths(page, "line series-1")[0] == "M107.5 171.9L589.5 127.3")
    #expect(try paths(page, "whisker series-0") == ["M100.5 305.5V260.9", "M582.5 127.3V127.3"])
    #expect(try paths(page, "whisker series-1") == ["M107.5 216.4V127.3", "M589.5 171.9V82.8"])
    #expect(page.contains("real: 0.830 at share 0.03, 0.900 at share 0.3."))
    #expect(!page.contains("beyond the axis"))
    for words in [">0.80</text>", ">0.95</text>", ">0.03</text>", ">1,000</text>"] {
      #expect(page.contains(words), "\(words)")
    }
    #expect(!page.contains(">1.00</text>"))
  }

  @Test func sharesAreSpacedByTheirLogarithms() throws {
    var fixture = StudyFixture()
    fixture.shares = [0.01, 0.1, 1]
    fixture.areas = fixture.shares.map { ($0, .real, 0, [0.9, 0.9]) }
    #expect(try paths(page(fixture), "line series-0")[0] == "M104 350L345 350L586 350")
  }

  @Test func aLineIsInterruptedWhereAnArmIsMissing() throws {
    var fixture = StudyFixture()
    fixture.shares = [0.01, 0.1, 1]
    fixture.areas =
      fixture.shares.map { ($0, .real, 0, [0.9, 1]) } + [
        (0.01, .synthetic, 1, [0.9, 1]), (1, .synthetic, 1, [0.9, 1]),
      ]
    let page = try page(fixture)
    #expect(try paths(page, "line series-1")[0] == "M107.5 183M589.5 183")
    #expect(try paths(page, "whisker series-1").count == 2)
    #expect(page.contains("synthetic 1:1: 0.950 at share 0.01, 0.950 at share 1."))
  }

  @Test func anArmThatWasNeverTrainedIsNeitherDrawnNorNamedInTheLegend() throws {
    var fixture = StudyFixture()
    fixture.arms = [.real, .filtered, .synthetic]
    let page = try page(fixture)
    #expect(page.matches(of: /<li><svg class="sample"/).count == 2)
    #expect(!page.contains("filtered 1:1</li>"))
    #expect(page.contains("<td>real, filtered 1:1, synthetic 1:1</td>"))
  }

  @Test func anArmBelowTheAxisStandsAtItsEndAndTheChartSaysSo() throws {
    var fixture = StudyFixture()
    fixture.arms = [.real, .syntheticOnly]
    fixture.areas = fixture.areas.map { share, arm, ratio, values in
      arm == .real ? (share, arm, ratio, values) : (share, .syntheticOnly, 1, [0.5, 0.6])
    }
    let page = try page(fixture)
    #expect(try paths(page, "line series-1")[0] == "M107.5 350L589.5 350")
    #expect(page.contains("beyond the axis and is drawn at its end"))
  }

  @Test func tenArmsDifferWithoutColours() throws {
    var fixture = StudyFixture()
    fixture.arms = StudyArm.allCases
    fixture.ratios = [1, 2, 3, 4]
    let mixtures = try fixture.result().settings.mixtures
    #expect(mixtures.count == 10)
    fixture.areas = mixtures.map { (0.3, $0.arm, $0.ratio, [0.9, 0.9]) }
    let page = try page(fixture)
    let marks = page.matches(
      of: /<path class="marker( solid|) series-(\d)" d="M[-\d. ]+([^"]*)"\/><\/svg>/)
    #expect(marks.count == 10)
    // Outlines, hollow or solid, tell nine arms apart, and with the dashes the tenth.
    let styles = marks.map { "\($0.1) \($0.3) \($0.2)" }
    #expect(Set(styles).count == 10)
    #expect(Set(marks.prefix(9).map { "\($0.1) \($0.3)" }).count == 9)
    #expect(marks.map { Int($0.2) } == [0, 1, 2, 3, 4, 5, 6, 7, 8, 0])
  }

  @Test func sharesTooCloseToEachOtherAreNotAllLabelled() throws {
    var fixture = StudyFixture()
    fixture.shares = [0.03, 0.9, 1]
    fixture.areas = fixture.shares.map { ($0, .real, 0, [0.9, 0.9]) }
    let page = try page(fixture)
    #expect(page.contains(">0.03</text>") && page.contains(">3,333</text>"))
    #expect(!page.contains(">0.9</text>"))
  }
}
