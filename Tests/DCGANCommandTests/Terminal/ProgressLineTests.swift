import CommandTestSupport
import DCGANCommand
import Testing

@Suite struct ProgressLineTests {
  private func loading(_ done: Int) -> ProgressStatus { .counting("loading", done: done, of: 9) }

  @Test func `the bar is rewritten in place at most ten times a second`() {
    let recording = RecordingConsole(.bar(colour: false), columns: 16)
    let progress = ProgressLine(console: recording.console, quiet: false)
    progress.update(loading(1))
    recording.advance(by: 0.09)
    progress.update(loading(2))
    recording.advance(by: 0.02)
    progress.update(loading(3))
    progress.finish(loading(9))
    #expect(
      recording.error
        == "\rloading 1/9\u{1B}[K\rloading 3/9\u{1B}[K\rloading 9/9\u{1B}[K\n")
    #expect(recording.output.isEmpty)
  }

  @Test func barFollowsTheWindow() {
    let recording = RecordingConsole(.bar(colour: false), columns: 16)
    let progress = ProgressLine(console: recording.console, quiet: false)
    progress.update(loading(1))
    recording.resize(to: 8)
    recording.advance(by: 1)
    progress.update(loading(2))
    #expect(recording.error == "\rloading 1/9\u{1B}[K\rloading\u{1B}[K")
  }

  @Test func linesAppearEveryTenSecondsAndAtTheEnd() {
    let recording = RecordingConsole(.lines)
    let progress = ProgressLine(console: recording.console, quiet: false)
    progress.update(loading(1))
    recording.advance(by: 9.9)
    progress.update(loading(2))
    recording.advance(by: 0.2)
    progress.update(loading(3))
    progress.update(loading(4))
    progress.milestone("half")
    recording.advance(by: 9.9)
    progress.update(loading(5))
    progress.finish(loading(9))
    #expect(recording.error == "loading 3/9\nhalf\nloading 9/9\n")
  }

  @Test func theLastLineIsNotRepeated() {
    let recording = RecordingConsole(.lines)
    let progress = ProgressLine(console: recording.console, quiet: false)
    recording.advance(by: 10)
    progress.update(loading(9))
    progress.finish(loading(9))
    #expect(recording.error == "loading 9/9\n")
  }

  @Test func quietShowsWarningsOnly() {
    for style in [ProgressStyle.bar(colour: true), .lines, .silent] {
      let recording = RecordingConsole(style)
      let progress = ProgressLine(console: recording.console, quiet: true)
      recording.advance(by: 60)
      progress.update(loading(1))
      progress.milestone("half")
      progress.warn("a.png: not a PNG file")
      progress.finish(loading(9))
      #expect(recording.error == "warning: a.png: not a PNG file\n")
    }
  }

  @Test func aStatusThatIsNotShownIsNotMade() {
    let recording = RecordingConsole(.lines)
    let progress = ProgressLine(console: recording.console, quiet: false)
    var made = 0
    func status() -> ProgressStatus {
      made += 1
      return loading(made)
    }
    progress.update(status())
    #expect(made == 0)
    recording.advance(by: 11)
    progress.update(status())
    #expect(made == 1)
  }

  @Test func aWarningStandsAboveTheBar() {
    let recording = RecordingConsole(.bar(colour: false), columns: 16)
    let progress = ProgressLine(console: recording.console, quiet: false)
    progress.warn("first")
    progress.update(loading(1))
    progress.warn("second")
    progress.finish()
    progress.finish()
    #expect(
      recording.error
        == "warning: first\n\rloading 1/9\u{1B}[K\r\u{1B}[Kwarning: second\n"
        + "\rloading 1/9\u{1B}[K\n")
  }

  @Test func milestonesDoNotScrollABarAway() {
    let recording = RecordingConsole(.bar(colour: false))
    ProgressLine(console: recording.console, quiet: false).milestone("epoch 1/2 done")
    #expect(recording.error.isEmpty)
  }

  static let environments: [(Bool, [String: String], ProgressStyle)] = [
    (true, ["TERM": "xterm"], .bar(colour: true)),
    (true, ["TERM": "xterm", "NO_COLOR": ""], .bar(colour: true)),
    (true, ["TERM": "xterm", "NO_COLOR": "1"], .bar(colour: false)),
    (true, ["TERM": "dumb"], .lines), (true, ["TERM": ""], .lines), (true, [:], .lines),
    (false, ["TERM": "xterm"], .lines),
  ]

  @Test(arguments: environments)
  func styleFollowsTheTerminal(
    _ isTerminal: Bool, _ environment: [String: String], _ expected: ProgressStyle
  ) {
    #expect(Console.progressStyle(isTerminal: isTerminal, environment: environment) == expected)
  }
}
