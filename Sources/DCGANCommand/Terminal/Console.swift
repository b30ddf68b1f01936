import Support

/// Everything that the commands see of the terminal, so that tests can stand in for it.
package struct Console: Sendable {
  /// Writes text to standard output as it is; throws where the output cannot be written.
  package var writeOutput: @Sendable (String) throws(OutputError) -> Void
  /// Writes text to standard error as it is, also what moves the cursor.
  package var draw: @Sendable (String) -> Void
  /// How progress appears.
  package var progressStyle: ProgressStyle
  /// Returns the width of the window at this moment.
  package var columns: @Sendable () -> Int
  /// Returns the seconds since some fixed moment.
  package var now: @Sendable () -> Double

  /// Makes a console of its parts.
  package init(
    writeOutput: @escaping @Sendable (String) throws(OutputError) -> Void,
    draw: @escaping @Sendable (String) -> Void, progressStyle: ProgressStyle,
    columns: @escaping @Sendable () -> Int, now: @escaping @Sendable () -> Double
  ) {
    self.writeOutput = writeOutput
    self.draw = draw
    self.progressStyle = progressStyle
    self.columns = columns
    self.now = now
  }

  /// The same console with nobody to hear it: results, progress, messages and warnings are dropped.
  package var muted: Console {
    Console(
      writeOutput: { _ in }, draw: { _ in }, progressStyle: .silent, columns: columns, now: now)
  }

  /// Writes a result as one line, whatever the names in it hold: see `printable`.
  package func print(_ line: String) throws(OutputError) {
    try writeOutput(printable(line) + "\n")
  }

  /// Writes a result as one line of fields with tabs between them, whatever the fields hold.
  package func print(fields: [String]) throws(OutputError) {
    try writeOutput(fields.map(printable).joined(separator: "\t") + "\n")
  }

  /// Writes a result of several lines, in which nothing can steer the terminal.
  ///
  /// Ends of lines stay, so that whoever puts a name into such a text makes it printable first.
  package func print(text: String) throws(OutputError) {
    try writeOutput(printableLines(text) + "\n")
  }

  /// Writes messages to standard error, in which nothing can steer the terminal; ends of lines stay.
  package func writeError(_ text: String) { draw(printableLines(text)) }

  /// Writes a message to standard error as one line, whatever the names in it hold.
  package func say(_ line: String) { draw(printable(line) + "\n") }

  /// Writes a warning to standard error, as `say` does.
  package func warn(_ message: String) { say("warning: \(message)") }

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

/// Why standard output cannot be written.
package enum OutputError: Error, Equatable, CustomStringConvertible {
  /// The reader has gone, as `head` does; nobody misses the rest.
  case readerGone
  /// The system refused to write, and why.
  case failed(reason: String)

  /// What failed and what to do.
  package var description: String {
    switch self {
    case .readerGone: "standard output was closed"
    case .failed(let reason):
      "cannot write to standard output: \(reason); redirect it to a place with free space"
    }
  }
}
