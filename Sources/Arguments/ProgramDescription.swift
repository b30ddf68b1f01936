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
  /// How commands are called and where their output goes, in sentences.
  package let usage: String
  /// What all commands have in common, a paragraph in Markdown each.
  package let conventions: [String]
  /// Command lines to try.
  package let examples: [CommandSpecification.Example]
  /// The environment variables that the program obeys.
  package let environment: [Entry]
  /// Which folder holds what the program writes, as a sentence that ends in a colon.
  package let filesPlace: String
  /// What the program writes.
  package let files: [Entry]
  /// The exit codes.
  package let exitCodes: [Entry]
  /// The exit codes in one line, as the help has them.
  package let exitSummary: String

  /// Collects the texts.
  package init(
    name: String, version: String, date: String, purpose: String, usage: String,
    conventions: [String], examples: [CommandSpecification.Example], environment: [Entry],
    filesPlace: String, files: [Entry], exitCodes: [Entry], exitSummary: String
  ) {
    (self.name, self.version, self.date) = (name, version, date)
    (self.purpose, self.usage, self.conventions) = (purpose, usage, conventions)
    (self.examples, self.environment) = (examples, environment)
    (self.filesPlace, self.files) = (filesPlace, files)
    (self.exitCodes, self.exitSummary) = (exitCodes, exitSummary)
  }
}
