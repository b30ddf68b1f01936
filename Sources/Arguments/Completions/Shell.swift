/// A shell that can be told how a program's command lines are completed.
package enum Shell: String, CaseIterable, Sendable {
  /// The GNU shell, from version 4.
  case bash
  /// The Z shell, with its completion system.
  case zsh
  /// The friendly interactive shell.
  case fish

  /// Writes the script that tells this shell how a program's commands, their options and their
  /// values are completed: all of them from the tables that the parser reads, so that neither knows
  /// more than the other.
  package func completions(of program: String, commands: [CommandSpecification]) -> String {
    switch self {
    case .bash: BashCompletions(program: program).script(for: commands)
    case .zsh: ZshCompletions(program: program).script(for: commands)
    case .fish: FishCompletions(program: program).script(for: commands)
    }
  }

  /// Explains `help`, which is no command of the table.
  static let helpPurpose = "explain a command and its options"

  /// Begins a script with what it is and where it comes from.
  func header(_ program: String) -> String {
    "# \(rawValue) completions of \(program), as '\(program) completions \(rawValue)' prints them\n"
  }
}

extension String {
  /// Quotes a text so that bash and zsh take it as it is.
  var shellQuoted: String { "'" + replacing("'", with: #"'\''"#) + "'" }
}
