import DCGANCommand
import Support
import Testing

@Suite struct FormattingTests {
  @Test(arguments: [
    ("./dcgan-run", "./dcgan-run"), ("/a/b_c:1@x=2,+%", "/a/b_c:1@x=2,+%"), ("Röntgen", "Röntgen"),
    ("my run", "'my run'"),
    ("a\u{1B}\n\u{202E} 'b\\", "$'a\\033\\012\\342\\200\\256 \\'b\\\\'"), ("it's", "'it'\\''s'"),
    ("$HOME", "'$HOME'"), ("", "''"), ("~", "'~'"),
  ])
  func `a word is quoted if a shell would split or interpret it`(word: String, written: String) {
    #expect(Formatting.shellWord(word) == written)
  }

  @Test func alternativesHaveAnOrWhereThereAreSome() {
    #expect(alternatives(["a"]) == "a")
    #expect(alternatives(["a", "b"]) == "a or b")
    #expect(alternatives(["a", "b", "c"]) == "a, b or c")
    #expect(alternatives([]).isEmpty)
  }

  static let durations: [(Double?, String)] = [
    (nil, "-:--:--"), (-1, "-:--:--"), (.nan, "-:--:--"), (.infinity, "-:--:--"),
    (36_000_000, "-:--:--"), (0, "0:00:00"), (0.4, "0:00:00"), (59.5, "0:01:00"),
    (61, "0:01:01"), (3599.4, "0:59:59"), (3723, "1:02:03"), (360_000, "100:00:00"),
  ]

  @Test(arguments: durations)
  func duration(_ seconds: Double?, _ expected: String) {
    #expect(Formatting.duration(seconds) == expected)
  }

  static let sizes: [(Int, String)] = [
    (0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (99_949, "99.9 kB"), (99_950, "100 kB"),
    (999_499, "999 kB"), (999_500, "1.0 MB"), (106_123_456, "106 MB"), (2_500_000_000, "2.5 GB"),
    (5_000_000_000_000_000, "5000 TB"),
  ]

  @Test(arguments: sizes)
  func bytes(_ count: Int, _ expected: String) {
    #expect(Formatting.bytes(count) == expected)
  }

  @Test func fixedDecimals() {
    #expect(Formatting.fixed(0.5, decimals: 3) == "0.500")
    #expect(Formatting.fixed(-1.2345, decimals: 2) == "-1.23")
    #expect(Formatting.fixed(.nan, decimals: 2) == "nan")
    #expect(Formatting.fixed(.infinity, decimals: 2) == "inf")
  }

  @Test(
    arguments: [
      (0, "0"), (7, "7"), (999, "999"), (1000, "1,000"), (3_576_704, "3,576,704"),
      (-12_345, "-12,345"),
    ])
  func thousandsAreGrouped(_ count: Int, _ text: String) {
    #expect(Formatting.grouped(count) == text)
  }

  @Test func nounsFollowTheirNumber() {
    #expect(Formatting.counted(1, "step") == "1 step")
    #expect(Formatting.counted(0, "step") == "0 steps")
    #expect(Formatting.counted(5216, "image") == "5,216 images")
  }

  @Test func tablesAlignTheirValues() {
    #expect(Formatting.table([("a", "1"), ("long", "2")]) == "  a     1\n  long  2")
    #expect(Formatting.table([]).isEmpty)
    #expect(Formatting.table([("a", "x\n\u{1B}[1m")]) == #"  a  x\n\u{1B}[1m"#)
    #expect(
      Formatting.columns(["name", "ms"], [["x\ty", "1"], ["z", "10"]], texts: 1)
        == "  name  ms\n  x\\ty   1\n  z     10")
  }

  @Test func paceFollowsTheLatestEvents() {
    var pace = Pace(startedAt: 10, window: 3)
    #expect(pace.unitsPerSecond == nil)
    #expect(pace.secondsLeft(until: 100) == nil)
    pace.record(done: 20, at: 20)
    #expect(pace.unitsPerSecond == 2)
    #expect(pace.secondsLeft(until: 100) == 40)
    pace.record(done: 24, at: 24)
    pace.record(done: 36, at: 24)
    #expect(pace.unitsPerSecond == 4)
    #expect(pace.secondsLeft(until: 30) == 0)
  }

  @Test func paceIsUnknownWhileTheClockStandsStill() {
    var pace = Pace(startedAt: 1)
    pace.record(done: 5, at: 1)
    #expect(pace.unitsPerSecond == nil)
  }

  @Test func columns() {
    #expect(
      Formatting.columns(
        ["name", "what", "n"], [["a", "longer", "1.5"], ["longest", "b", "10.5"]], texts: 2) == """
            name     what       n
            a        longer   1.5
            longest  b       10.5
          """)
  }

  @Test func percents() {
    #expect([0, 0.1249, 1].map(Formatting.percent) == ["0.0 %", "12.5 %", "100.0 %"])
  }
}
