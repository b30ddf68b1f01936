import Support

/// Why the command line was refused, before any work has started.
package struct UsageError: Error, Equatable, CustomStringConvertible {
  /// The command whose help explains the options, or nil for the program's own.
  package let command: String?

  /// Which option, what was expected, what was found and what to do.
  package let message: String

  /// Makes an error that points to the help of `command`.
  package init(_ message: String, command: String?) {
    self.message = message
    self.command = command
  }

  /// Makes the error for an option that must be given.
  package init(missing option: OptionSpecification, command: String) {
    self.init(
      "\(option.spelling) is missing; give \(option.expectation), "
        + "for example \(option.spelling) \(option.example)",
      command: command)
  }

  /// Makes the error for two options of which the first makes no sense beside the second.
  package init(
    _ option: OptionSpecification, beside other: OptionSpecification, because reason: String?,
    command: String
  ) {
    self.init(
      "\(option.spelling) and \(other.spelling) exclude each other"
        + "\(reason.map { ": \($0)" } ?? ""); leave one out",
      command: command)
  }

  /// Throws where an argument is `--help=…`: what asks for the help takes no value.
  package static func refuseHelpWithValue(
    _ argument: String, command: String?
  ) throws(UsageError) {
    for spelling in ["--help", "-h", "--version"] where argument.hasPrefix("\(spelling)=") {
      if command != nil && spelling == "--version" { continue }
      throw UsageError(
        "\(spelling) takes no value, but found "
          + "\(quoted(String(argument.dropFirst(spelling.count + 1)))); write \(spelling) alone",
        command: command)
    }
  }

  /// The message alone.
  package var description: String { message }

  /// Writes the message as the program says it, with the way to the help in a second line.
  package func text(program: String) -> String {
    let place = command.map { "\(program) \($0)" } ?? program
    return "\(place): \(message)\nTry '\(place) --help'."
  }
}

/// Writes "; did you mean '…'?", or nothing where no name is near.
package func suggestion(_ name: String?) -> String {
  name.map { "; did you mean '\($0)'?" } ?? ""
}
