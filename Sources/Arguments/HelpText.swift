/// Writes the help texts, at most 80 columns wide.
package enum HelpText {
  /// The width that no line exceeds.
  package static let columns = 80

  /// Writes what `dcgan --help` prints: the purpose, the commands, where to read on.
  package static func program(
    purpose: String, commands: [CommandSpecification], examples: [CommandSpecification.Example]
  ) -> String {
    var lines = [purpose, "", "Usage: dcgan COMMAND [options]", "", "Commands:"]
    lines += table(commands.map { ($0.name, $0.purpose) })
    lines += ["", "Options:"]
    lines += table([
      ("--help, -h", "show this help, or after a command its help"),
      ("--version", "show the version"),
    ])
    lines += exampleLines(examples) + exitLines
    lines += ["", "Run 'dcgan help COMMAND' to read about a command and its options."]
    return lines.joined(separator: "\n") + "\n"
  }

  /// Writes what `dcgan COMMAND --help` prints.
  package static func command(_ command: CommandSpecification) -> String {
    var lines = wrapped("dcgan \(command.name): \(command.purpose)", indent: 0)
    let usage = "Usage: dcgan \(command.name) \(command.synopsis)"
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
    lines += exampleLines(command.examples) + exitLines
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

  private static let exitLines = [
    "", "Exit codes:",
    "  0 done, 1 failed, 2 wrong usage, 129 SIGHUP, 130 Ctrl-C, 143 SIGTERM",
  ]

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
