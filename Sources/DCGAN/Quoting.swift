/// Puts foreign text between quotes for a message, shortened to 60 characters, with what is
/// invisible as `\u{…}` so that a message is one line and cannot disturb the terminal.
package func quoted(_ text: String) -> String {
  let scalars = text.unicodeScalars
  let shown = scalars.count > 60 ? scalars.prefix(57) + "...".unicodeScalars : scalars[...]
  let characters = shown.map { scalar in
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: scalar.escaped(asASCII: true)
    default: String(scalar)
    }
  }
  return "'\(characters.joined())'"
}
