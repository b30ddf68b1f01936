/// Writes the completions for zsh: a function for each command, made of `_arguments`' own
/// descriptions of options, and one that finds the command.
struct ZshCompletions {
  /// The name of the program.
  let program: String

  /// Writes the script, to be loaded by `compinit` from a file `_PROGRAM`, or to be sourced.
  func script(for commands: [CommandSpecification]) -> String {
    (["#compdef \(program)\n" + Shell.zsh.header(program)] + commands.map(function)
      + [helpFunction, mainFunction(commands)])
      .joined(separator: "\n")
  }

  private func function(_ command: CommandSpecification) -> String {
    var specifications = command.options.map(specification)
    specifications.append("'(- *)'{--help,-h}'[show this help]'")
    if let operands = command.operands {
      let place = operands.count.upperBound == 1 ? "1" : "*"
      specifications.append(
        "\(place):\(field(operands.expectation)):\(action(operands.completion))".shellQuoted)
    }
    return "_\(program)_\(command.name)() {\n  _arguments -S : \\\n    "
      + specifications.joined(separator: " \\\n    ") + "\n}\n"
  }

  /// Writes an option as `_arguments` wants it: `*--name=[help]:what it expects:what to offer`.
  private func specification(_ option: OptionSpecification) -> String {
    let text = option.help.replacing("[", with: #"\["#).replacing("]", with: #"\]"#)
    let repeats = option.isRepeatable ? "*" : ""
    let value =
      option.takesValue ? ":\(field(option.expectation)):\(action(option.completion))" : ""
    return "\(repeats)\(option.spelling)\(option.takesValue ? "=" : "")[\(text)]\(value)"
      .shellQuoted
  }

  private func field(_ text: String) -> String { text.replacing(":", with: #"\:"#) }

  private func action(_ completion: ValueCompletion) -> String {
    switch completion {
    case .nothing: " "
    case .words(let words): "(\(words.joined(separator: " ")))"
    case .folders: "_files -/"
    case .files([]): "_files"
    case .files(let suffixes):
      "_files -g \"*.(#i)(\(suffixes.map { $0.dropFirst() }.joined(separator: "|")))\""
    }
  }

  private var helpFunction: String {
    """
    _\(program)_help() {
      (( CURRENT == 2 )) && _\(program)_commands
    }

    """
  }

  private func mainFunction(_ commands: [CommandSpecification]) -> String {
    let descriptions = commands.map { "\($0.name):\($0.purpose)" }
    let list = descriptions.map { "    " + $0.shellQuoted }.joined(separator: "\n")
    let name = "_\(program)"
    return #"""
      _\#(program)_commands() {
        local -a commands=(
      \#(list)
        )
        _describe command commands
      }

      _\#(program)() {
        if (( CURRENT == 2 )); then
          if [[ $words[2] == -* ]]; then
            local -a options=('--help:show the help' '--version:show the version')
            _describe -o option options
          else
            local -a help=(\#("help:\(Shell.helpPurpose)".shellQuoted))
            _describe command help
            _\#(program)_commands
          fi
          return
        fi
        local function=_\#(program)_$words[2]
        shift words
        (( CURRENT -= 1 ))
        if (( $+functions[$function] )); then $function; else _message 'no such command'; fi
      }

      # Loaded from a file, this is the first completion; sourced, it is to be made known.
      if [[ $funcstack[1] == \#(name) ]]; then \#(name) "$@"; else compdef \#(name) \#(program); fi

      """#
  }
}
