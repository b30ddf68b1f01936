/// The guide's page of all commands, in Markdown, from the tables that the parser reads.
package enum CommandsPage {
  /// Writes the page.
  package static func text(
    of commands: [CommandSpecification], _ program: ProgramDescription
  ) -> String {
    let name = program.name
    var lines = ["# Commands", "", "Every command and option of `\(name)`, with its default.", ""]
    lines += ["## Overview", ""] + program.conventions.flatMap { [$0, ""] }
    lines += ["<!-- Written by `\(name) manual --markdown`. -->", ""]
    lines += ["| command | what it does |", "| --- | --- |"]
    lines += commands.map {
      "| [`\($0.name)`](#\(name)-\($0.name)) | \(escaped($0.purpose)) |"
    }
    lines += commands.flatMap { section($0, name) }
    lines += ["", "## Environment", ""]
    lines += table("variable", program.environment)
    lines += ["", "## Exit codes", ""]
    lines += table("code", program.exitCodes)
    return lines.joined(separator: "\n") + "\n"
  }

  private static func section(_ command: CommandSpecification, _ program: String) -> [String] {
    let usage = [program, command.name, command.synopsis].filter { !$0.isEmpty }
    var lines = ["", "## \(program) \(command.name)", "", sentence(command.purpose), ""]
    lines += ["    \(usage.joined(separator: " "))"]
    lines += command.groups.flatMap(section)
    if let operands = command.operands {
      lines += [""] + table("argument", [(operands.synopsis, operands.help)])
    }
    lines += command.notes.flatMap { ["", escaped($0)] }
    if !command.examples.isEmpty { lines += ["", "For example:", ""] }
    return lines + table("line", command.examples.map { ($0.line, $0.meaning) })
  }

  private static func section(_ group: OptionGroup) -> [String] {
    guard !group.options.isEmpty else { return [] }
    let heading = group.heading.map { ["", "### \($0)"] } ?? []
    let rows = group.options.map { (name: $0.synopsis, meaning: $0.explanation) }
    return heading + [""] + table("option", rows)
  }

  private static func table(_ head: String, _ rows: [(name: String, meaning: String)]) -> [String] {
    guard !rows.isEmpty else { return [] }
    return ["| \(head) | what it does |", "| --- | --- |"]
      + rows.map { "| `\($0.name.replacing("|", with: #"\|"#))` | \(escaped($0.meaning)) |" }
  }

  private static func sentence(_ text: String) -> String {
    escaped(text.prefix(1).uppercased() + text.dropFirst() + ".")
  }

  /// Writes a text so that Markdown shows every character as it is.
  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { escaped, character in
      if #"\`*_[]<>|~"#.contains(character) { escaped.append(#"\"#) }
      escaped.append(character)
    }
  }
}
