import Foundation
import Testing

/// Runs the built program as a user does.
@Suite struct ExecutableTests {
  private struct Outcome {
    let code: Int32
    let output: String
    let error: String
  }

  /// Finds the program beside the tests that are built with it.
  private var executable: URL {
    let tests = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
    let folder = tests ?? URL(fileURLWithPath: CommandLine.arguments[0])
    return folder.deletingLastPathComponent().appendingPathComponent("dcgan")
  }

  private func run(_ arguments: [String], output: Any? = nil) throws -> Outcome {
    let process = Process()
    let outputPipe = Pipe()
    let errorPipe = Pipe()
    process.executableURL = executable
    process.arguments = arguments
    process.standardOutput = output ?? outputPipe
    process.standardError = errorPipe
    try process.run()
    let error = errorPipe.fileHandleForReading.readDataToEndOfFile()
    let text = output == nil ? outputPipe.fileHandleForReading.readDataToEndOfFile() : Data()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    return Outcome(
      code: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
      error: String(decoding: error, as: UTF8.self))
  }

  @Test func helpGoesToStandardOutput() throws {
    let outcome = try run(["help", "train"])
    #expect(outcome.code == 0)
    #expect(outcome.output.hasPrefix("dcgan train: "))
    #expect(outcome.error.isEmpty)
  }

  @Test func usageErrorsExitWith2() throws {
    let outcome = try run(["trian"])
    #expect(outcome.code == 2)
    #expect(outcome.output.isEmpty)
    #expect(outcome.error.hasPrefix("dcgan: unknown command 'trian'; did you mean 'train'?\n"))
  }

  @Test func aClosedPipeEndsQuietly() throws {
    let pipe = Pipe()
    try pipe.fileHandleForReading.close()
    let outcome = try run(["--help"], output: pipe.fileHandleForWriting)
    #expect(outcome.code == 0)
    #expect(outcome.error.isEmpty)
  }
}
