/// The fields of comma-separated tables.
public enum TableField {
  /// Returns a text as a field of a comma-separated table: in quotes, each of its own doubled, where it
  /// holds a comma, a quote or the end of a line (RFC 4180).
  public static func text(_ value: String) -> String {
    let isPlain = !value.unicodeScalars.contains { ",\"\r\n".unicodeScalars.contains($0) }
    return isPlain ? value : "\"" + value.replacing("\"", with: "\"\"") + "\""
  }
}
