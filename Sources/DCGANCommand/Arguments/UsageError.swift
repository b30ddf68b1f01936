/// Says why the command line was refused, before any work has started.
package struct UsageError: Error, Equatable, CustomStringConvertible {
  /// Names the command whose help explains the options, or nil for the program's own.
  package let command: String?

  /// Says which option, what was expected, what was found and what to do.
  package let message: String

  /// Makes an error that points to the help of `command`.
  package init(_ message: String, command: String?) {
    self.message = message
    self.command = command
  }

  /// Joins the message and the way to the help, without the program's name.
  package var description: String {
    "\(message)\nTry '\(ProgramName.invocation(of: command)) --help'."
  }
}

/// Holds the names under which the program speaks of itself.
package enum ProgramName {
  /// Is what the user types.
  package static let text = "dcgan"

  /// Writes `dcgan` or `dcgan COMMAND`.
  package static func invocation(of command: String?) -> String {
    command.map { "\(text) \($0)" } ?? text
  }
}

/// Writes "; did you mean '…'?", or nothing where no name is near.
package func suggestion(_ name: String?) -> String {
  name.map { "; did you mean '\($0)'?" } ?? ""
}

/// Puts what the user typed between quotes, shortened to 60 characters, with control characters
/// as `\u{…}` so that a message cannot disturb the terminal.
package func quoted(_ text: String) -> String {
  let shown = text.count > 60 ? text.prefix(57) + "..." : text[...]
  var result = "'"
  for scalar in shown.unicodeScalars {
    let isControl = scalar.properties.generalCategory == .control
    result += isControl ? scalar.escaped(asASCII: true) : String(scalar)
  }
  return result + "'"
}
