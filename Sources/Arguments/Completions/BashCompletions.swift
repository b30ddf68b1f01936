/// Writes the completions for bash.
///
/// The script has two tables, of commands and of values, and a function that finds out from the
/// words before the cursor which of them is wanted. bash itself completes folders and files, so that
/// quotes and tildes work as everywhere.
enum BashCompletions {
  /// Writes the script.
  static func script(for commands: [CommandSpecification]) -> String {
    let names = commands.map(\.name)
    return [
      Shell.bash.header(), commandTable(commands), valueTable(commands), offering,
      function(names: names),
    ].joined(separator: "\n")
  }

  /// Writes a kind of value as the script's function understands it.
  private static func kind(_ completion: ValueCompletion) -> String {
    switch completion {
    case .nothing: "nothing"
    case .words(let words): (["words"] + words).joined(separator: " ")
    case .folders: "folders"
    case .files(let suffixes): (["files"] + suffixes).joined(separator: " ")
    }
  }

  private static func commandTable(_ commands: [CommandSpecification]) -> String {
    var lines = [
      "# Sets the options of command $1, those that may be repeated, and the kind of its arguments.",
      "_dcgan_command() {", "  case $1 in",
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

  private static func valueTable(_ commands: [CommandSpecification]) -> String {
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
      "_dcgan_value() {", "  case \"$1 $2\" in",
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

  private static let offering = #"""
    # Offers the words from $2 on that begin with $1.
    _dcgan_words() {
      local word
      for word in "${@:2}"; do
        if [[ $word == "$1"* ]]; then COMPREPLY+=("$prefix$word"); fi
      done
    }

    # Offers files with the endings from $2 on that begin with $1, and folders; all files where none
    # has such an ending.
    _dcgan_files() {
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
    _dcgan_offer() {
      # The kind is split at its spaces.
      local kind
      read -r -a kind <<< "$2"
      case ${kind[0]} in
        words) _dcgan_words "$1" "${kind[@]:1}" ;;
        folders) compopt -o filenames -o dirnames ;;
        files) _dcgan_files "$1" "${kind[@]:1}" ;;
      esac
    }

    """#

  private static func function(names: [String]) -> String {
    let words = (names + ["help"]).joined(separator: " ")
    return #"""
      _dcgan() {
        local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
        local command=${COMP_WORDS[1]} prefix='' option='' kind='' word
        local options='' repeatable='' operands=nothing IFS=$' \t\n'
        COMPREPLY=()
        if ((COMP_CWORD == 1)); then
          if [[ $current == -* ]]; then
            _dcgan_words "$current" --help --version
          else
            _dcgan_words "$current" \#(words)
          fi
          return
        fi
        _dcgan_command "$command"
        local before=" ${COMP_WORDS[*]:2:COMP_CWORD-2} "
        if [[ $before == *' -- '* ]]; then
          _dcgan_offer "$current" "$operands"
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
        _dcgan_value "$command" "$option"
        if [[ -n $kind ]]; then
          _dcgan_offer "$current" "$kind"
        elif [[ $current == -* || $operands == nothing ]]; then
          for word in $options; do
            if [[ " $repeatable " == *" $word "* || $before != *" $word"[\ =]* ]]; then
              _dcgan_words "$current" "$word"
            fi
          done
        else
          _dcgan_offer "$current" "$operands"
        fi
      }

      if ((BASH_VERSINFO[0] >= 4)); then
        complete -F _dcgan dcgan
      else
        echo 'dcgan: its completions need bash 4 or newer' >&2
      fi

      """#
  }
}
