import Arguments
import CommandTestSupport
import DCGAN
import DCGANCommand
import Foundation
import Testing

@Suite struct ProgramTests {
  private struct Failure: Error, CustomStringConvertible {
    let description = "a.png: expected a PNG file, found text"
  }

  /// Makes a program with one command `info` that does `body`.
  private func program(
    _ body: @escaping @Sendable (ParsedArguments, Console) throws -> ExitCode
  ) -> Program {
    Program(commands: [Command(specification: InfoOptions.specification, run: body)])
  }

  @Test func aloneItShowsTheUsageAndFails() {
    let recording = RecordingConsole()
    #expect(Program.dcgan.run([], console: recording.console) == .usage)
    #expect(recording.output.isEmpty)
    #expect(recording.error.contains("\nUsage: dcgan COMMAND [options]\n"))
  }

  @Test func versionIsAResult() {
    let recording = RecordingConsole()
    #expect(Program.dcgan.run(["--version"], console: recording.console) == .done)
    #expect(recording.output == "dcgan \(DCGANVersion.current)\n")
  }

  @Test func `a command's body gets its arguments and decides the exit code`() {
    let recording = RecordingConsole()
    let code = program { arguments, console in
      try console.print(arguments.operands.joined())
      return .interrupted
    }.run(["info", "here"], console: recording.console)
    #expect(code == .interrupted)
    #expect(recording.output == "here\n")
  }

  @Test func anErrorIsNamedAfterTheCommand() {
    let recording = RecordingConsole()
    let code = program { _, _ in throw Failure() }.run(["info"], console: recording.console)
    #expect(code == .failed)
    #expect(recording.error == "dcgan info: a.png: expected a PNG file, found text\n")
  }

  @Test func aReaderThatLeavesIsNoError() {
    let recording = RecordingConsole(outputError: .readerGone)
    #expect(Program.dcgan.run(["--help"], console: recording.console) == .done)
    #expect(recording.error.isEmpty)
  }

  @Test func outputThatCannotBeWrittenIsAnError() {
    let recording = RecordingConsole(outputError: .failed(reason: "No space left on device"))
    #expect(Program.dcgan.run(["--version"], console: recording.console) == .failed)
    #expect(
      recording.error
        == "dcgan: cannot write to standard output: No space left on device; redirect it to a "
        + "place with free space\n")
  }

  @Test func jsonIsOneLineWithSortedSnakeCaseKeys() throws {
    struct Result: Encodable {
      let stepSeconds = 0.25
      let path = "a/b"
      let imagesPerSecond: Float = 0.7
    }
    let recording = RecordingConsole()
    try recording.console.printJSON(Result())
    #expect(
      recording.output == #"{"images_per_second":0.7,"path":"a/b","step_seconds":0.25}"# + "\n")
  }

  @Test func signalsGiveTheCodesThatShellsExpect() {
    #expect(Interruption.exitCode(signal: SIGINT) == .interrupted)
    #expect(Interruption.exitCode(signal: SIGTERM) == .terminated)
    #expect(Interruption.exitCode(signal: SIGHUP) == .hungUp)
    #expect(Interruption.exitCode(signal: 0) == nil)
    #expect(ExitCode.hungUp.rawValue == 128 + SIGHUP)
    #expect(ExitCode.interrupted.rawValue == 128 + SIGINT)
    #expect(ExitCode.terminated.rawValue == 128 + SIGTERM)
  }
}
