import DCGANCommand
import Support
import Testing

/// A command line that must be refused, and the first line of what is said about it.
package struct Refusal: Sendable, CustomTestStringConvertible {
  package let arguments: [String]
  package let message: String

  package init(_ line: String, _ message: String) {
    arguments = line.split(separator: " ").map { $0 == "''" ? "" : String($0) }
    self.message = message
  }

  package var testDescription: String { arguments.joined(separator: " ") }

  /// Checks that it is refused, in these words and with the way to the help.
  package func check() {
    let recording = RecordingConsole()
    let code = Program.dcgan.run(arguments, console: recording.console)
    #expect(code == .usage)
    #expect(recording.output.isEmpty)
    let lines = recording.error.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.first.map(String.init) == message)
    let place = message.prefix { $0 != ":" }
    #expect(lines.dropFirst().map(String.init) == ["Try '\(place) --help'.", ""])
  }
}
