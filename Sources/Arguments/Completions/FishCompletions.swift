import Support

/// Writes the completions for fish: a `complete` line for each command, option and argument.
struct FishCompletions {
  /// The name of the program.
  let program: String

  /// Writes the script.
  func script(for commands: [CommandSpecification]) -> String {
    var lines = [Shell.fish.header(program) + helpers]
    let start = "__\(program)_at_start"
    lines += commands.map { line(start, "-a \($0.name) -d \(quoted($0.purpose))") }
    lines.append(line(start, "-a help -d \(quoted(Shell.helpPurpose))"))
    lines.append(line(start, "-l help -s h -d 'show the help'"))
    lines.append(line(start, "-l version -d 'show the version'"))
    for command in commands {
      lines.append("")
      lines += command.options.map { option($0, of: command) }
      lines.append(line("__\(program)_in \(command.name)", "-l help -s h -d 'show this help'"))
      if let operands = command.operands {
        lines.append(line("__\(program)_in \(command.name)", value(operands.completion)))
      }
    }
    let names = commands.map(\.name)
    lines += ["", line("__\(program)_in help", value(.words(names)))]
    return lines.joined(separator: "\n") + "\n"
  }

  private var helpers: String {
    """

    # Tells whether the command is still to be typed.
    function __\(program)_at_start
      test (count (commandline -opc)) -eq 1
    end

    # Tells whether the command is $argv[1].
    function __\(program)_in
      set -l words (commandline -opc)
      test (count $words) -gt 1; and test $words[2] = $argv[1]
    end

    # Tells whether the option --$argv[2] of command $argv[1] may still be given.
    function __\(program)_lacks
      __\(program)_in $argv[1]; and not string match -qr -- "^--$argv[2](=|\\$)" (commandline -opc)
    end

    # Tells the same of an option with a value, or that its value is due.
    function __\(program)_takes
      __\(program)_lacks $argv; and return
      __\(program)_in $argv[1]; and test (commandline -opc)[-1] = --$argv[2]
    end

    # Lists the files with the endings $argv, and folders.
    function __\(program)_files
      set -l endings (string escape --style=regex -- / $argv | string join "|")
      set -l start (commandline -ct | string replace -r -- "^--[^=]*=" "")
      __fish_complete_path "$start" | string match -rie -- "^[^\\t]*(?:$endings)(?:\\t|\\$)"
    end

    complete -c \(program) -f
    """
  }

  private func line(_ condition: String, _ rest: String) -> String {
    "complete -c \(program) -n '\(condition)' \(rest)"
  }

  private func option(
    _ option: OptionSpecification, of command: CommandSpecification
  ) -> String {
    let test = option.takesValue ? "__\(program)_takes" : "__\(program)_lacks"
    let condition =
      option.isRepeatable
      ? "__\(program)_in \(command.name)" : "\(test) \(command.name) \(option.name)"
    let words = [
      "-l \(option.name)", option.takesValue ? "-r" : "", value(option.completion),
      "-d \(quoted(option.help))",
    ]
    return line(condition, words.filter { !$0.isEmpty }.joined(separator: " "))
  }

  /// Writes what a `complete` line offers as a value or an argument.
  private func value(_ completion: ValueCompletion) -> String {
    switch completion {
    case .nothing: "-f"
    case .words(let words): "-f -a \(quoted(words.joined(separator: " ")))"
    case .folders: "-f -a '(__fish_complete_directories)'"
    case .files([]): "-F"
    case .files(let suffixes):
      "-f -a '(__\(program)_files \(suffixes.joined(separator: " ")))'"
    }
  }

  private func quoted(_ text: String) -> String {
    "'" + text.replacing(#"\"#, with: #"\\"#).replacing("'", with: #"\'"#) + "'"
  }
}
