/// Writes the manual page, in the macros of man(7), from the tables that the parser reads.
package enum ManualPage {
  /// Writes the page of all commands.
  package static func text(
    of commands: [CommandSpecification], _ program: ProgramDescription
  ) -> String {
    let name = program.name
    var lines = [
      ".\\\" As '\(name) manual' prints it.",
      ".TH \(name.uppercased()) 1 \(program.date) \"\(name) \(program.version)\" "
        + "\"User Commands\"",
      ".SH NAME",
      paragraph("\(name) - \(program.purpose.replacing("\(name) ", with: ""))"),
      ".SH SYNOPSIS",
    ]
    for command in commands {
      lines += [".B \(name) \(command.name)", escaped(command.synopsis), ".br"]
    }
    lines += [".B \(name) help", "[COMMAND]", ".br", ".B \(name)", escaped("--version")]
    lines += [
      ".SH DESCRIPTION", paragraph("\(program.purpose). \(program.usage)"), ".SH COMMANDS",
    ]
    lines += commands.flatMap { section($0, name) }
    lines += [".SH FILES", paragraph(program.filesPlace)] + list(program.files)
    lines += [".SH ENVIRONMENT"] + list(program.environment)
    lines += [".SH EXIT STATUS"] + list(program.exitCodes)
    lines += [".SH EXAMPLES"] + examples(program.examples)
    return lines.filter { !$0.isEmpty }.joined(separator: "\n") + "\n"
  }

  private static func section(_ command: CommandSpecification, _ program: String) -> [String] {
    let usage = [program, command.name, command.synopsis].filter { !$0.isEmpty }
    var lines = [".SS \(escaped(usage.joined(separator: " ")))"]
    lines.append(paragraph(sentence(command.purpose)))
    for group in command.groups {
      if let heading = group.heading { lines += [".PP", ".B \(escaped(heading))"] }
      lines += list(group.options.map { ($0.synopsis, explanation($0)) })
    }
    if let operands = command.operands {
      lines += list([(operands.synopsis, sentence(operands.help))])
    }
    for note in command.notes { lines += [".PP", paragraph(note)] }
    if !command.examples.isEmpty { lines += [".PP", "For example:"] }
    return lines + examples(command.examples)
  }

  /// Explains an option: what it does, which values it takes, its default.
  private static func explanation(_ option: OptionSpecification) -> String {
    let extras = [
      option.takesValue ? "Expects \(option.expectation)." : nil,
      option.isRepeatable ? "May be repeated." : nil,
      option.defaultText.map { "Default: \($0)." },
    ].compactMap { $0 }
    return ([sentence(option.help)] + extras).joined(separator: " ")
  }

  private static func list(_ rows: [(name: String, meaning: String)]) -> [String] {
    rows.flatMap { [".TP", ".B \(escaped($0.name))", paragraph($0.meaning)] }
  }

  private static func examples(_ examples: [CommandSpecification.Example]) -> [String] {
    examples.flatMap { [".TP", ".B \(escaped($0.line))", paragraph($0.meaning)] }
  }

  /// Begins with a capital letter and ends with a full stop.
  private static func sentence(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst() + (text.hasSuffix(".") ? "" : ".")
  }

  /// Writes a text in lines of at most 80 characters, so that troff prints it as it is.
  private static func paragraph(_ text: String) -> String {
    HelpText.wrapped(escaped(text), indent: 0)
      .map { $0.hasPrefix(".") ? #"\&"# + $0 : $0 }.joined(separator: "\n")
  }

  /// Writes a text with the dashes and quotes of ASCII, which troff would make others of.
  private static func escaped(_ text: String) -> String {
    text.replacing(#"\"#, with: #"\e"#).replacing("-", with: #"\-"#)
      .replacing("'", with: #"\(aq"#).replacing("~", with: #"\(ti"#).replacing("^", with: #"\(ha"#)
  }
}
