import Support

/// What the command line asks for.
package enum Invocation: Sendable, Equatable {
  /// Asks for nothing: the program's name stands alone.
  case nothing
  /// Asks for the help of a command, or of the program.
  case help(CommandSpecification?)
  /// Asks for the version.
  case version
  /// Asks to run a command.
  case run(CommandSpecification, ParsedArguments)
}

/// Sorts a command line into command, options and operands; every refusal names the argument and
/// the nearest name that exists.
package struct ArgumentParser: Sendable {
  /// What the user types to run the program.
  package let program: String

  /// Lists the commands that exist.
  package let commands: [CommandSpecification]

  /// Makes a parser for the commands of a program.
  package init(program: String, commands: [CommandSpecification]) {
    (self.program, self.commands) = (program, commands)
  }

  /// Sorts the arguments that follow the program's name.
  ///
  /// - Throws: `UsageError` for an unknown command or option, a value that is missing or not
  ///   taken, an option given twice, and too many or too few operands. An option's value is read
  ///   later, by the `OptionTable` of its command.
  package func parse(_ arguments: [String]) throws(UsageError) -> Invocation {
    guard let first = arguments.first else { return .nothing }
    let rest = Array(arguments.dropFirst())
    switch first {
    case "help", "--help", "-h": return try parseHelp(rest)
    case "--version":
      try refuse(rest.first, after: first)
      return .version
    default: break
    }
    try UsageError.refuseHelpWithValue(first, command: nil)
    if first.hasPrefix("-") { throw unknownProgramOption(first) }
    let command = try self.command(named: first)
    let ownArguments = rest.prefix { $0 != "--" }
    if ownArguments.contains("--help") || ownArguments.contains("-h") { return .help(command) }
    return .run(command, try CommandArgumentParser(command: command).parse(rest))
  }

  private var commandList: String { commands.map(\.name).joined(separator: ", ") }

  private func command(named name: String) throws(UsageError) -> CommandSpecification {
    if let command = commands.first(where: { $0.name == name }) { return command }
    let nearest = nearestName(to: name, among: commands.map(\.name) + ["help"])
    let advice = nearest == nil ? "; the commands are \(commandList)" : suggestion(nearest)
    throw UsageError("unknown command \(quoted(name))\(advice)", command: nil)
  }

  private func parseHelp(_ rest: [String]) throws(UsageError) -> Invocation {
    let isHelp = ["help", "--help", "-h"].contains
    guard let name = rest.first(where: { !isHelp($0) }) else { return .help(nil) }
    let command = try self.command(named: name)
    try refuse(rest.filter { !isHelp($0) }.dropFirst().first, after: "help \(name)")
    return .help(command)
  }

  private func refuse(_ argument: String?, after place: String) throws(UsageError) {
    guard let argument else { return }
    throw UsageError(
      "unexpected argument \(quoted(argument)) after '\(place)'; leave it out", command: nil)
  }

  private func unknownProgramOption(_ argument: String) -> UsageError {
    let name = String(argument.prefix { $0 != "=" })
    let nearest = nearestName(to: String(name.drop { $0 == "-" }), among: ["help", "version"])
    let advice =
      nearest.map { suggestion("--\($0)") }
      ?? "; options follow the command: \(program) COMMAND \(quoted(name).dropFirst().dropLast())"
    return UsageError("unknown option \(quoted(name))\(advice)", command: nil)
  }
}
