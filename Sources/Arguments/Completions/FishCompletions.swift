import Support

/// Writes the completions for fish: a `complete` line for each command, option and argument.
enum FishCompletions {
  /// Writes the script.
  static func script(for commands: [CommandSpecification]) -> String {
    var lines = [Shell.fish.header() + helpers]
    lines += commands.map { line("__dcgan_at_start", "-a \($0.name) -d \(quoted($0.purpose))") }
    lines.append(line("__dcgan_at_start", "-a help -d \(quoted(Shell.helpPurpose))"))
    lines.append(line("__dcgan_at_start", "-l help -s h -d 'show the help'"))
    lines.append(line("__dcgan_at_start", "-l version -d 'show the version'"))
    for command in commands {
      lines.append("")
      lines += command.options.map { option($0, of: command) }
      lines.append(line("__dcgan_in \(command.name)", "-l help -s h -d 'show this help'"))
      if let operands = command.operands {
        lines.append(line("__dcgan_in \(command.name)", value(operands.completion)))
      }
    }
    let names = commands.map(\.name)
    lines += ["", line("__dcgan_in help", value(.words(names)))]
    return lines.joined(separator: "\n") + "\n"
  }

  private static let helpers = """

    # Tells whether the command is still to be typed.
    function __dcgan_at_start
      test (count (commandline -opc)) -eq 1
    end

    # Tells whether the command is $argv[1].
    function __dcgan_in
      set -l words (commandline -opc)
      test (count $words) -gt 1; and test $words[2] = $argv[1]
    end

    # Tells whether the option --$argv[2] of command $argv[1] may still be given.
    function __dcgan_lacks
      __dcgan_in $argv[1]; and not string match -qr -- "^--$argv[2](=|\\$)" (commandline -opc)
    end

    # Tells the same of an option with a value, or that its value is due.
    function __dcgan_takes
      __dcgan_lacks $argv; and return
      __dcgan_in $argv[1]; and test (commandline -opc)[-1] = --$argv[2]
    end

    # Lists the files with the endings $argv, and folders.
    function __dcgan_files
      set -l endings (string escape --style=regex -- / $argv | string join "|")
      set -l start (commandline -ct | string replace -r -- "^--[^=]*=" "")
      __fish_complete_path "$start" | string match -rie -- "^[^\\t]*(?:$endings)(?:\\t|\\$)"
    end

    complete -c dcgan -f
    """

  private static func line(_ condition: String, _ rest: String) -> String {
    "complete -c dcgan -n '\(condition)' \(rest)"
  }

  private static func option(
    _ option: OptionSpecification, of command: CommandSpecification
  ) -> String {
    let test = option.takesValue ? "__dcgan_takes" : "__dcgan_lacks"
    let condition =
      option.isRepeatable
      ? "__dcgan_in \(command.name)" : "\(test) \(command.name) \(option.name)"
    let words = [
      "-l \(option.name)", option.takesValue ? "-r" : "", value(option.completion),
      "-d \(quoted(option.help))",
    ]
    return line(condition, words.filter { !$0.isEmpty }.joined(separator: " "))
  }

  /// Writes what a `complete` line offers as a value or an argument.
  private static func value(_ completion: ValueCompletion) -> String {
    switch completion {
    case .nothing: "-f"
    case .words(let words): "-f -a \(quoted(words.joined(separator: " ")))"
    case .folders: "-f -a '(__fish_complete_directories)'"
    case .files([]): "-F"
    case .files(let suffixes):
      "-f -a '(__dcgan_files \(suffixes.joined(separator: " ")))'"
    }
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.replacing(#"\"#, with: #"\\"#).replacing("'", with: #"\'"#) + "'"
  }
}
