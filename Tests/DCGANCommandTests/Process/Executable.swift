import Foundation
import TestSupport
import Testing

/// The built program, run as a user runs it.
enum Executable {
  /// Seconds after which a program counts as one that hangs.
  private static let patience =
    ProcessInfo.processInfo.environment["DCGAN_SANITIZER"] == nil ? 120.0 : 1200.0

  /// What a process left behind.
  struct Outcome {
    let code: Int32
    let output: String
    let error: String

    /// The lines of standard error, without the empty one after the last line break.
    var errorLines: [String] { lines(error) }
    /// The lines of standard output, likewise.
    var outputLines: [String] { lines(output) }

    private func lines(_ text: String) -> [String] {
      text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }
  }

  /// A process under way, whose output goes to files, which never fill up as pipes do.
  final class Running {
    let process = Process()
    private let folder: TemporaryFolder
    private let watchdog: DispatchWorkItem

    /// Starts the program; `output` and `error` take what it writes instead of the files.
    ///
    /// - Parameters:
    ///   - script: lines of shell that start the program, which is `$0`, with its arguments `$@`.
    ///   - environment: variables beside those of the tests.
    init(
      _ arguments: [String], in directory: String? = nil, output: FileHandle? = nil,
      error: FileHandle? = nil, script: String? = nil, environment: [String: String] = [:]
    ) throws {
      folder = try TemporaryFolder()
      try folder.write("", to: "output")
      try folder.write("", to: "error")
      process.executableURL = script == nil ? Executable.url : URL(filePath: "/bin/sh")
      process.arguments =
        (script.map { ["-c", $0, Executable.url.path] } ?? []) + arguments
      process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = output ?? FileHandle(forWritingAtPath: folder.file("output"))
      process.standardError = error ?? FileHandle(forWritingAtPath: folder.file("error"))
      if let directory { process.currentDirectoryURL = URL(filePath: directory) }
      try process.run()
      // A program that hangs fails its test instead of hanging the tests; a sanitizer makes it slow.
      let identifier = process.processIdentifier
      watchdog = DispatchWorkItem { kill(identifier, SIGKILL) }
      DispatchQueue.global().asyncAfter(deadline: .now() + Executable.patience, execute: watchdog)
    }

    /// Sends the process a signal.
    func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// Waits for the end by itself or, where `signal` is given, by that signal.
    func outcome(endedBy signal: Int32? = nil) throws -> Outcome {
      process.waitUntilExit()
      watchdog.cancel()
      #expect(process.terminationReason == (signal == nil ? .exit : .uncaughtSignal))
      if let signal { #expect(process.terminationStatus == signal) }
      return Outcome(
        code: process.terminationStatus,
        output: String(decoding: try folder.read("output"), as: UTF8.self),
        error: String(decoding: try folder.read("error"), as: UTF8.self))
    }
  }

  /// Finds the program beside the tests that are built with it.
  static var url: URL {
    let tests = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
    let folder = tests ?? URL(fileURLWithPath: CommandLine.arguments[0])
    return folder.deletingLastPathComponent().appendingPathComponent("dcgan")
  }

  /// Runs the program to its end.
  static func run(
    _ arguments: [String], in directory: String? = nil, output: FileHandle? = nil,
    environment: [String: String] = [:]
  ) throws -> Outcome {
    try Running(arguments, in: directory, output: output, environment: environment).outcome()
  }

  /// Runs lines of shell to their end, in which the program is `$0` and the arguments are `$@`.
  static func runInShell(_ script: String, _ arguments: [String]) throws -> Outcome {
    try Running(arguments, script: script).outcome()
  }

  /// Runs the program with the words of a line, which holds no quotes, after its placeholders
  /// `{name}` are replaced.
  static func run(_ line: String, _ values: [String: String]) throws -> Outcome {
    try run(words(line, values))
  }

  /// Splits a line at its spaces and replaces each `{name}`.
  static func words(_ line: String, _ values: [String: String]) -> [String] {
    line.split(separator: " ").map { word in
      values.reduce(String(word)) { $0.replacing("{\($1.key)}", with: $1.value) }
    }
  }

  /// Waits until `condition` holds, or records an issue where it does not within a minute.
  static func wait(
    checkingEvery microseconds: UInt32 = 2000, until condition: () throws -> Bool
  ) throws {
    let deadline = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < deadline {
      if try condition() { return }
      usleep(microseconds)
    }
    Issue.record("what was waited for never happened")
  }
}
