import CommandTestSupport
import Foundation
import Testing

/// A name that somebody made to steer a terminal.
@Suite struct ConsoleTests {
  private static let name = "a\u{1B}[2J\n\t\r\u{202E}\u{2028}\u{9B}Röntgen 胸"
  private static let shown = #"a\u{1B}[2J\n\t\r\u{202E}\u{2028}\u{009B}Röntgen 胸"#

  @Test func aResultIsOneLine() throws {
    let recording = RecordingConsole()
    try recording.console.print("wrote \(Self.name)")
    #expect(recording.output == "wrote \(Self.shown)\n")
  }

  @Test func fieldsStayBetweenTheirTabs() throws {
    let recording = RecordingConsole()
    try recording.console.print(fields: ["0.5", Self.name])
    #expect(recording.output == "0.5\t\(Self.shown)\n")
  }

  @Test func linesStayAndNothingElse() throws {
    let recording = RecordingConsole()
    try recording.console.print(text: "a\u{7}\n\n  b\r\nc")
    #expect(recording.output == "a\\u{07}\n\n  b\\r\nc\n")
    recording.console.writeError("warning: \u{1B}]0;x\nnext\n")
    #expect(recording.error == "warning: \\u{1B}]0;x\nnext\n")
  }

  @Test func messagesAreOneLine() {
    let recording = RecordingConsole()
    recording.console.say("starting from \(Self.name)")
    recording.console.warn(Self.name)
    #expect(recording.error == "starting from \(Self.shown)\nwarning: \(Self.shown)\n")
  }

  @Test func jsonIsReadableOnATerminalToo() throws {
    let recording = RecordingConsole()
    try recording.console.printJSON([Self.name + "\u{E0001}"])
    #expect(
      recording.output
        == #"["a\u001b[2J\n\t\r\u202e\u2028\u009bRöntgen 胸\udb40\udc01"]"# + "\n")
    let read = try JSONDecoder().decode([String].self, from: Data(recording.output.utf8))
    #expect(read == [Self.name + "\u{E0001}"])
  }
}
