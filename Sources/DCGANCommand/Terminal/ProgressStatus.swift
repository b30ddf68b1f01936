/// One moment of some work, to be shown as a line that fits the window.
package struct ProgressStatus: Sendable, Equatable {
  /// One piece of the line.
  package struct Field: Sendable, Equatable {
    /// The text, in ASCII, so that characters count columns.
    package let text: String
    /// What stands for the text where the window is too narrow for all fields.
    package let short: String
    /// Orders the fields: in a narrow window the highest ranks go first, and rank 0 stays.
    package let rank: Int

    /// Makes a field.
    package init(_ text: String, short: String? = nil, rank: Int) {
      self.text = text
      self.short = short ?? text
      self.rank = rank
    }
  }

  /// Lists the fields from left to right.
  package let fields: [Field]

  /// The part that is done, from 0 to 1, or nil where nobody knows.
  package let fraction: Double?

  /// Makes a status; a fraction beyond 0 and 1 is cut to them.
  package init(fields: [Field], fraction: Double?) {
    self.fields = fields
    self.fraction = fraction.flatMap { $0.isNaN ? nil : min(1, max(0, $0)) }
  }

  /// Writes every field, without a bar: the line for a file or a pipe.
  package var plainLine: String { fields.map(\.text).joined(separator: " ") }

  /// Writes the line for a window of `columns`, of which the last stays free, because a character
  /// there makes some terminals wrap. Where the fields do not fit they are shortened, then left out
  /// whole, so that no number is cut in two; a bar takes part of what is left.
  package func line(columns: Int, colour: Bool) -> String {
    let room = max(0, columns - 1)
    let shown = fitted(to: room)
    let text = shown.joined(separator: " ")
    guard text.count <= room else { return String(text.prefix(room)) }
    let cells = min(Self.widestBar, room - text.count - 3)
    guard let fraction, cells >= Self.narrowestBar else { return text }
    return text + " " + Self.bar(fraction: fraction, cells: cells, colour: colour)
  }

  private static let widestBar = 30
  private static let narrowestBar = 8

  /// Leaves out fields until the rest fits: short texts first, then the highest ranks.
  private func fitted(to room: Int) -> [String] {
    func width(_ texts: [String]) -> Int { texts.reduce(-1) { $0 + 1 + $1.count } }
    guard width(fields.map(\.text)) > room else { return fields.map(\.text) }
    var shown = fields
    while width(shown.map(\.short)) > room,
      let last = shown.indices.max(by: { shown[$0].rank < shown[$1].rank }), shown[last].rank > 0
    {
      shown.remove(at: last)
    }
    return shown.map(\.short)
  }

  private static func bar(fraction: Double, cells: Int, colour: Bool) -> String {
    let filled = Int(fraction * Double(cells))
    let done = String(repeating: "=", count: filled)
    let open = String(repeating: " ", count: cells - filled)
    return colour ? "[\u{1B}[36m\(done)\u{1B}[0m\(open)]" : "[\(done)\(open)]"
  }
}
