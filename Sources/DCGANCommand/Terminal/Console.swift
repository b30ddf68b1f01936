/// Is everything that the commands see of the terminal, so that tests can stand in for it.
package struct Console: Sendable {
  /// Writes a result to standard output; throws where the output cannot be written.
  package var writeOutput: @Sendable (String) throws(OutputError) -> Void
  /// Writes progress, a warning or an error to standard error.
  package var writeError: @Sendable (String) -> Void
  /// Says how progress appears.
  package var progressStyle: ProgressStyle
  /// Returns the width of the window at this moment.
  package var columns: @Sendable () -> Int
  /// Returns the seconds since some fixed moment.
  package var now: @Sendable () -> Double

  /// Makes a console of its parts.
  package init(
    writeOutput: @escaping @Sendable (String) throws(OutputError) -> Void,
    writeError: @escaping @Sendable (String) -> Void, progressStyle: ProgressStyle,
    columns: @escaping @Sendable () -> Int, now: @escaping @Sendable () -> Double
  ) {
    self.writeOutput = writeOutput
    self.writeError = writeError
    self.progressStyle = progressStyle
    self.columns = columns
    self.now = now
  }

  /// Writes a result and ends the line.
  package func print(_ line: String) throws(OutputError) { try writeOutput(line + "\n") }

  /// Runs what writes results, and ends it without an error where their reader goes away.
  ///
  /// How the work ended is to be decided outside: the reader's leaving changes nothing of that.
  package func whileSomebodyReads(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch OutputError.readerGone {
      return
    }
  }

  /// Chooses how progress appears: a bar on a terminal that can move its cursor (`TERM` is
  /// neither missing nor `dumb`), in colour unless `NO_COLOR` is set to anything; else lines.
  package static func progressStyle(
    isTerminal: Bool, environment: [String: String]
  ) -> ProgressStyle {
    let terminal = environment["TERM"] ?? ""
    guard isTerminal, !terminal.isEmpty, terminal != "dumb" else { return .lines }
    return .bar(colour: (environment["NO_COLOR"] ?? "").isEmpty)
  }
}

/// Says why standard output cannot be written.
package enum OutputError: Error, Equatable, CustomStringConvertible {
  /// Tells that the reader has gone, as `head` does; nobody misses the rest.
  case readerGone
  /// Tells that the system refused to write, and why.
  case failed(reason: String)

  /// Says what failed and what to do.
  package var description: String {
    switch self {
    case .readerGone: "nobody reads the standard output any more"
    case .failed(let reason):
      "cannot write to standard output: \(reason); send it to a place with room to write"
    }
  }
}
