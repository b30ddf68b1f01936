/// What a manual says of a program as a whole.
package struct ProgramDescription: Sendable {
  /// A name and what it means.
  package typealias Entry = (name: String, meaning: String)

  /// What the user types.
  package let name: String
  /// The version.
  package let version: String
  /// The date of the version.
  package let date: String
  /// What the program does, in one line that begins with its name.
  package let purpose: String
  /// What all commands have in common, a paragraph in Markdown each.
  package let conventions: [String]
  /// Command lines to try.
  package let examples: [CommandSpecification.Example]
  /// The environment variables that the program obeys.
  package let environment: [Entry]
  /// What the program writes.
  package let files: [Entry]
  /// The exit codes.
  package let exitCodes: [Entry]

  /// Collects the texts.
  package init(
    name: String, version: String, date: String, purpose: String, conventions: [String],
    examples: [CommandSpecification.Example], environment: [Entry], files: [Entry],
    exitCodes: [Entry]
  ) {
    (self.name, self.version, self.date) = (name, version, date)
    (self.purpose, self.conventions, self.examples) = (purpose, conventions, examples)
    (self.environment, self.files, self.exitCodes) = (environment, files, exitCodes)
  }
}
