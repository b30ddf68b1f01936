extension UnicodeScalar {
  /// Escapes the scalar as a JSON string needs it; `"`, `\` and control characters change.
  fileprivate var jsonEscaped: String {
    switch self {
    case "\"": "\\\""
    case "\\": "\\\\"
    case "\u{8}": "\\b"
    case "\u{c}": "\\f"
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    case ..<" ":
      "\\u00" + (value < 16 ? "0" : "") + String(value, radix: 16)
    default: String(self)
    }
  }
}

/// Prints `text` as a JSON string with its quotes; text beyond ASCII stands for itself.
package func jsonString(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars { result += scalar.jsonEscaped }
  return result + "\""
}
