import Arguments
import DCGAN
import Distribution
import Foundation
import Support

/// Joins a command's description with what it does.
package struct Command: Sendable {
  /// Describes the command.
  package let specification: CommandSpecification

  /// Whether several processes may be started with the command together, each to do a part of its work.
  package let sharesWork: Bool

  /// Checks the arguments, and nothing else; throws `UsageError`.
  package let check: @Sendable (ParsedArguments) throws -> Void

  /// Checks the arguments, does the work and returns how it ended.
  package let run: @Sendable (ParsedArguments, Console) throws -> ExitCode

  /// Joins them.
  package init(
    specification: CommandSpecification, sharesWork: Bool = false,
    check: @escaping @Sendable (ParsedArguments) throws -> Void = { _ in },
    run: @escaping @Sendable (ParsedArguments, Console) throws -> ExitCode
  ) {
    self.specification = specification
    self.sharesWork = sharesWork
    self.check = check
    self.run = run
  }

  /// Makes a command of what it does with its settings.
  package init<Options: CommandOptions>(
    sharesWork: Bool = false,
    _ run: @escaping @Sendable (Options, Console) throws -> ExitCode
  ) {
    self.init(
      specification: Options.specification, sharesWork: sharesWork,
      check: { _ = try Options($0) }
    ) { arguments, console in
      try run(Options(arguments), console)
    }
  }
}

/// Takes a command line to the command it names, and every error to a message and an exit code.
package struct Program: Sendable {
  /// Lists the commands that exist.
  package let commands: [Command]

  /// Makes a program of these commands.
  package init(commands: [Command]) { self.commands = commands }

  /// Runs the program.
  ///
  /// - Parameters:
  ///   - arguments: what follows the program's name.
  ///   - environment: what tells whether the process is one of several.
  /// - Returns: how it ended; whatever was to be said has been written to `console`.
  package func run(
    _ arguments: [String], console: Console,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> ExitCode {
    guard let launch = LaunchEnvironment(environment) else { return run(arguments, console) }
    return SharedLaunch(
      launch: launch, environment: environment, program: self, arguments: arguments,
      console: console
    ).run()
  }

  /// Runs the program as a process that was started alone.
  private func run(_ arguments: [String], _ console: Console) -> ExitCode {
    var place = ProgramName.text
    do {
      switch try parser.parse(arguments) {
      case .nothing:
        console.writeError(help(of: nil))
        return .usage
      case .help(let command):
        try console.writeOutput(help(of: command))
      case .version:
        try console.print(ProgramText.nameAndVersion)
      case .run(let command, let arguments):
        place += " \(command.name)"
        return try self.command(command).run(arguments, console)
      }
      return .done
    } catch {
      return report(error, place: place, console)
    }
  }

  /// Returns the command of a specification that the parser has found.
  func command(_ specification: CommandSpecification) -> Command {
    requireValue(
      commands.first { $0.specification == specification },
      "the parser knows no other commands than the program's")
  }

  /// Sorts the command lines of this program.
  package var parser: ArgumentParser {
    ArgumentParser(program: ProgramName.text, commands: commands.map(\.specification))
  }

  func help(of command: CommandSpecification?) -> String {
    let program = ProgramText.description
    return command.map { HelpText.command($0, of: program) }
      ?? HelpText.program(program, commands: commands.map(\.specification))
  }

  /// Returns what the process exits with after an error.
  func exitCode(of error: any Error) -> ExitCode {
    switch error {
    case is UsageError: .usage
    case OutputError.readerGone: .done
    default: .failed
    }
  }

  /// Says what went wrong, if that is for anybody to know, and returns the exit code.
  func report(_ error: any Error, place: String, _ console: Console) -> ExitCode {
    let code = exitCode(of: error)
    if let error = error as? UsageError {
      console.writeError(error.text(program: ProgramName.text) + "\n")
    } else if code != .done {
      // Names of files are what somebody else made of them.
      console.say("\(place): \(Message(error).text)")
    }
    return code
  }
}
