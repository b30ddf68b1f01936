import Arguments
import DCGAN
import Support

/// Joins a command's description with what it does.
package struct Command: Sendable {
  /// Describes the command.
  package let specification: CommandSpecification

  /// Checks the arguments, does the work and returns how it ended.
  package let run: @Sendable (ParsedArguments, Console) throws -> ExitCode

  /// Joins them.
  package init(
    specification: CommandSpecification,
    run: @escaping @Sendable (ParsedArguments, Console) throws -> ExitCode
  ) {
    self.specification = specification
    self.run = run
  }

  /// Makes a command of what it does with its settings.
  package init<Options: CommandOptions>(
    _ run: @escaping @Sendable (Options, Console) throws -> ExitCode
  ) {
    self.init(specification: Options.specification) { arguments, console in
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
  /// - Parameter arguments: what follows the program's name.
  /// - Returns: how it ended; whatever was to be said has been written to `console`.
  package func run(_ arguments: [String], console: Console) -> ExitCode {
    var place = ProgramName.text
    do {
      switch try parser.parse(arguments) {
      case .nothing:
        console.writeError(help(of: nil))
        return .usage
      case .help(let command):
        try console.writeOutput(help(of: command))
      case .version:
        try console.print("\(ProgramName.text) \(DCGANVersion.current)")
      case .run(let command, let arguments):
        place += " \(command.name)"
        // The parser knows no other commands than these.
        return try commands.first { $0.specification == command }!.run(arguments, console)
      }
      return .done
    } catch {
      return report(error, place: place, console)
    }
  }

  /// Sorts the command lines of this program.
  package var parser: ArgumentParser {
    ArgumentParser(program: ProgramName.text, commands: commands.map(\.specification))
  }

  private func help(of command: CommandSpecification?) -> String {
    let program = ProgramText.description
    return command.map { HelpText.command($0, of: program) }
      ?? HelpText.program(program, commands: commands.map(\.specification))
  }

  private func report(_ error: any Error, place: String, _ console: Console) -> ExitCode {
    switch error {
    case let error as UsageError:
      console.writeError(error.text(program: ProgramName.text) + "\n")
      return .usage
    case OutputError.readerGone:
      return .done
    default:
      // Names of files are what somebody else made of them.
      console.say("\(place): \(Message(error).text)")
      return .failed
    }
  }
}
