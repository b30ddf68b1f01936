/// Says that a command's body is not joined to the library.
package struct NotWiredError: Error, Equatable, CustomStringConvertible {
  /// Is the command.
  package let command: String

  /// Names the command.
  package var description: String { "'\(command)' is not wired yet" }
}
