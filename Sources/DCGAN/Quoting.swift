/// Puts foreign text between quotes for a message, shortened to 60 characters, with what is
/// invisible as `\u{…}` so that a message is one line and cannot disturb the terminal.
package func quoted(_ text: String) -> String {
  let scalars = text.unicodeScalars
  let isLong = scalars.count > 60
  return "'\(printable(isLong ? String(scalars.prefix(57)) + "..." : text))'"
}

/// Writes what is invisible in foreign text as `\u{…}`, so that it stays on one line and cannot
/// disturb the terminal.
package func printable(_ text: String) -> String {
  text.unicodeScalars.map { scalar in
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: scalar.escaped(asASCII: true)
    default: String(scalar)
    }
  }.joined()
}
