/// Writes the completions for bash.
///
/// The script has two tables, of commands and of values, and a function that finds out from the
/// words before the cursor which of them is wanted. bash itself completes folders and files, so that
/// quotes and tildes work as everywhere.
struct BashCompletions {
  /// The name of the program.
  let program: String

  /// Writes the script.
  func script(for commands: [CommandSpecification]) -> String {
    let names = commands.map(\.name)
    return [
      Shell.bash.header(program), commandTable(commands), valueTable(commands), offering,
      function(names: names),
    ].joined(separator: "\n")
  }

  /// Writes a kind of value as the script's function understands it.
  private func kind(_ completion: ValueCompletion) -> String {
    switch completion {
    case .nothing: "nothing"
    case .words(let words): (["words"] + words).joined(separator: " ")
    case .folders: "folders"
    case .files(let suffixes): (["files"] + suffixes).joined(separator: " ")
    }
  }

  private func commandTable(_ commands: [CommandSpecification]) -> String {
    var lines = [
      "# Sets the options of command $1, those that may be repeated, and the kind of its arguments.",
      "_\(program)_command() {", "  case $1 in",
    ]
    for command in commands {
      let spellings = command.options.map(\.spelling) + ["--help"]
      let repeatable = command.options.filter(\.isRepeatable).map(\.spelling)
      lines += [
        "    \(command.name))",
        "      options=\(spellings.joined(separator: " ").shellQuoted)",
        "      repeatable=\(repeatable.joined(separator: " ").shellQuoted)",
        "      operands=\(kind(command.operands?.completion ?? .nothing).shellQuoted) ;;",
      ]
    }
    lines += [
      "    help) operands=\(kind(.words(commands.map(\.name))).shellQuoted) ;;",
      "  esac", "}", "",
    ]
    return lines.joined(separator: "\n")
  }

  private func valueTable(_ commands: [CommandSpecification]) -> String {
    var places: [(kind: String, options: [String])] = []
    for command in commands {
      for option in command.options where option.takesValue {
        let kind = kind(option.completion)
        let place = "\(command.name) \(option.spelling)".shellQuoted
        if let index = places.firstIndex(where: { $0.kind == kind }) {
          places[index].options.append(place)
        } else {
          places.append((kind, [place]))
        }
      }
    }
    var lines = [
      "# Sets the kind of value that option $2 of command $1 takes; nothing for a flag.",
      "_\(program)_value() {", "  case \"$1 $2\" in",
    ]
    for (kind, options) in places {
      lines += [
        "    " + options.joined(separator: " | \\\n      ") + ")",
        "      kind=\(kind.shellQuoted) ;;",
      ]
    }
    lines += ["  esac", "}", ""]
    return lines.joined(separator: "\n")
  }

  private var offering: String {
    #"""
    # Offers the words from $2 on that begin with $1.
    _\#(program)_words() {
      local word
      for word in "${@:2}"; do
        if [[ $word == "$1"* ]]; then COMPREPLY+=("$prefix$word"); fi
      done
    }

    # Offers files with the endings from $2 on that begin with $1, and folders; all files where none
    # has such an ending.
    _\#(program)_files() {
      local file suffix
      compopt -o filenames -o default
      (($# > 1)) || return
      compopt -o plusdirs
      while IFS= read -r file; do
        for suffix in "${@:2}"; do
          if [[ ! -d $file && ${file,,} == *"$suffix" ]]; then COMPREPLY+=("$prefix$file"); fi
        done
      done < <(compgen -f -- "$1")
    }

    # Offers what is of kind $2 and begins with $1.
    _\#(program)_offer() {
      # The kind is split at its spaces.
      local kind
      read -r -a kind <<< "$2"
      case ${kind[0]} in
        words) _\#(program)_words "$1" "${kind[@]:1}" ;;
        folders) compopt -o filenames -o dirnames ;;
        files) _\#(program)_files "$1" "${kind[@]:1}" ;;
      esac
    }

    """#
  }

  private func function(names: [String]) -> String {
    let words = (names + ["help"]).joined(separator: " ")
    return #"""
      _\#(program)() {
        local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
        local command=${COMP_WORDS[1]} prefix='' option='' kind='' word
        local options='' repeatable='' operands=nothing IFS=$' \t\n'
        COMPREPLY=()
        if ((COMP_CWORD == 1)); then
          if [[ $current == -* ]]; then
            _\#(program)_words "$current" --help --version
          else
            _\#(program)_words "$current" \#(words)
          fi
          return
        fi
        _\#(program)_command "$command"
        local before=" ${COMP_WORDS[*]:2:COMP_CWORD-2} "
        if [[ $before == *' -- '* ]]; then
          _\#(program)_offer "$current" "$operands"
          return
        fi
        # Where = is one of COMP_WORDBREAKS, as it is unless somebody changed that, --size=64 is
        # three words.
        if [[ $current == = ]]; then
          option=$previous current=''
        elif [[ $previous == = ]]; then
          option=${COMP_WORDS[COMP_CWORD - 2]}
        elif [[ $current == --*=* ]]; then
          option=${current%%=*} prefix=$option= current=${current#*=}
        else
          option=$previous
        fi
        _\#(program)_value "$command" "$option"
        if [[ -n $kind ]]; then
          _\#(program)_offer "$current" "$kind"
        elif [[ $current == -* || $operands == nothing ]]; then
          for word in $options; do
            if [[ " $repeatable " == *" $word "* || $before != *" $word"[\ =]* ]]; then
              _\#(program)_words "$current" "$word"
            fi
          done
        else
          _\#(program)_offer "$current" "$operands"
        fi
      }

      if ((BASH_VERSINFO[0] >= 4)); then
        complete -F _\#(program) \#(program)
      else
        echo '\#(program): its completions need bash 4 or newer' >&2
      fi

      """#
  }
}
