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
  text.unicodeScalars.map { isInvisible($0) ? $0.escaped(asASCII: true) : String($0) }.joined()
}

/// Makes each line of a text printable, and leaves the ends of lines.
package func printableLines(_ text: String) -> String {
  text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    .map { printable(String($0)) }.joined(separator: "\n")
}

/// Returns whether a scalar steers a terminal, ends a line or turns the direction of writing, instead
/// of being seen.
package func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator: true
  default: false
  }
}

/// Lists what there is to choose from as `a`, `a or b`, or `a, b or c`.
package func alternatives(_ names: [String]) -> String {
  guard let last = names.last, names.count > 1 else { return names.first ?? "" }
  return names.dropLast().joined(separator: ", ") + " or " + last
}
