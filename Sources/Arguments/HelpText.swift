/// Writes the help texts, at most 80 columns wide.
package enum HelpText {
  /// The width that no line exceeds.
  package static let columns = 80

  /// Writes what `PROGRAM --help` prints: the purpose, the commands, where to read on.
  package static func program(
    _ program: ProgramDescription, commands: [CommandSpecification]
  ) -> String {
    var lines = [program.purpose, ""]
    lines += ["Usage: \(program.name) COMMAND [options]", "", "Commands:"]
    lines += table(commands.map { ($0.name, $0.purpose) })
    lines += ["", "Options:"]
    lines += table([
      ("--help, -h", "show this help, or after a command its help"),
      ("--version", "show the version"),
    ])
    lines += exampleLines(program.examples) + exitLines(program)
    lines += ["", "Run '\(program.name) help COMMAND' to read about a command and its options."]
    return lines.joined(separator: "\n") + "\n"
  }

  /// Writes what `PROGRAM COMMAND --help` prints.
  package static func command(
    _ command: CommandSpecification, of program: ProgramDescription
  ) -> String {
    let name = "\(program.name) \(command.name)"
    var lines = wrapped("\(name): \(command.purpose)", indent: 0)
    let usage = "Usage: \(name) \(command.synopsis)"
    lines += ["", command.synopsis.isEmpty ? String(usage.dropLast()) : usage]
    for group in command.groups {
      lines += ["", "\(group.heading ?? "Options"):"]
      lines += table(group.options.map { ($0.synopsis, $0.explanation) })
    }
    lines += table([("--help, -h", "show this help")])
    if let operands = command.operands {
      lines += ["", "Arguments:"] + table([(operands.synopsis, operands.help)])
    }
    for note in command.notes { lines += [""] + wrapped(note, indent: 0) }
    lines += exampleLines(command.examples) + exitLines(program)
    return lines.joined(separator: "\n") + "\n"
  }

  /// Breaks a text between words into lines of at most `columns`, all indented alike.
  package static func wrapped(_ text: String, indent: Int) -> [String] {
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    var line = margin
    for word in text.split(separator: " ") {
      let isFresh = line.count == indent
      if !isFresh, line.count + 1 + word.count > columns {
        lines.append(line)
        line = margin + word
      } else {
        line += isFresh ? String(word) : " " + word
      }
    }
    lines.append(line)
    return lines
  }

  private static func exitLines(_ program: ProgramDescription) -> [String] {
    ["", "Exit codes:"] + wrapped(program.exitSummary, indent: 2)
  }

  private static func exampleLines(_ examples: [CommandSpecification.Example]) -> [String] {
    var lines = ["", "Examples:"]
    for example in examples {
      lines += ["  \(example.line)"] + wrapped(example.meaning, indent: 6)
    }
    return lines
  }

  /// Sets names in a column of 22 and their explanations, wrapped, in the next one; below a name that
  /// is too long for its column.
  private static func table(_ rows: [(String, String)]) -> [String] {
    let indent = 24
    return rows.flatMap { name, text in
      var lines = wrapped(text, indent: indent)
      let label = "  " + name
      guard label.count < indent else { return [label] + lines }
      let gap = String(repeating: " ", count: indent - label.count)
      lines[0] = label + gap + lines[0].dropFirst(indent)
      return lines
    }
  }
}
