import Support
import Tensor

/// How progress appears.
package enum ProgressStyle: Sendable, Equatable {
  /// Rewrites one line in place: for a terminal.
  case bar(colour: Bool)
  /// Writes a line now and then: for a file or a pipe.
  case lines
  /// Writes none.
  case silent
}

/// Shows the progress of some work; may be told of it from any thread and as often as one likes.
///
/// A bar is redrawn at most ten times a second. Lines appear at most every ten seconds, the first
/// ten seconds after the start, and once more at the end.
package final class ProgressLine: Sendable {
  private struct State {
    var lastDrawn: Double?
    var status: ProgressStatus?
    var isBarVisible = false
  }

  private let console: Console
  private let style: ProgressStyle
  private let start: Double
  private let state = Locked(State())

  /// The least time in seconds between two drawings of the bar.
  package static let barInterval = 0.1
  /// The least time in seconds between two lines.
  package static let lineInterval = 10.0

  /// Starts to show progress; `quiet` shows none.
  package init(console: Console, quiet: Bool) {
    self.console = console
    style = quiet ? .silent : console.progressStyle
    start = console.now()
  }

  /// Shows the status, unless the last was shown a moment ago; `makeStatus` runs only if needed.
  package func update(_ makeStatus: @autoclosure () -> ProgressStatus) {
    guard style != .silent else { return }
    state.withLock { state in
      let now = console.now()
      guard isDue(now, state) else { return }
      state.lastDrawn = now
      draw(makeStatus(), &state)
    }
  }

  /// Shows the status at once where there is a bar, so that what stays on its line is the end of
  /// the work and not a moment before it.
  package func settle(_ status: ProgressStatus) {
    guard case .bar = style else { return }
    state.withLock { draw(status, &$0) }
  }

  /// Writes a line that stays; only where there is no bar, which would scroll away.
  package func milestone(_ line: String) {
    guard style == .lines else { return }
    state.withLock { state in
      state.lastDrawn = console.now()
      console.say(line)
    }
  }

  /// Writes a warning on a line of its own, above the bar if there is one, in every style.
  package func warn(_ message: String) {
    state.withLock { state in
      let wasVisible = state.isBarVisible
      clear(&state)
      console.warn(message)
      if wasVisible, let status = state.status { draw(status, &state) }
    }
  }

  /// Lets `body` write to standard output, which may be the same terminal, above the bar if there is
  /// one.
  package func aside(_ body: () throws -> Void) rethrows {
    try state.withLock { state in
      let wasVisible = state.isBarVisible
      clear(&state)
      defer { if wasVisible, let status = state.status { draw(status, &state) } }
      try body()
    }
  }

  /// Shows the last status, if there is a new one, and leaves the line; a line that stays is not
  /// repeated.
  package func finish(_ last: ProgressStatus? = nil) {
    guard style != .silent else { return }
    state.withLock { state in
      if let last, style != .lines || last.plainLine != state.status?.plainLine {
        draw(last, &state)
      }
      if state.isBarVisible { console.draw("\n") }
      state.isBarVisible = false
    }
  }

  private func isDue(_ now: Double, _ state: State) -> Bool {
    switch style {
    case .bar: state.lastDrawn.map { now - $0 >= Self.barInterval } ?? true
    case .lines: now - (state.lastDrawn ?? start) >= Self.lineInterval
    case .silent: false
    }
  }

  private func draw(_ status: ProgressStatus, _ state: inout State) {
    state.status = status
    switch style {
    case .bar(let colour):
      let line = status.line(columns: console.columns(), colour: colour)
      console.draw("\r\(line)\u{1B}[K")
      state.isBarVisible = true
    case .lines: console.say(status.plainLine)
    case .silent: break
    }
  }

  private func clear(_ state: inout State) {
    guard state.isBarVisible else { return }
    console.draw("\r\u{1B}[K")
    state.isBarVisible = false
  }
}
