import Reporting

/// Draws how scores are spread over 0 to 1 as an SVG picture: ten bars, and the threshold as a line.
package struct HistogramChart {
  let title: String
  let group: ReportedScores.Group
  let threshold: Float
  /// What tells the picture from the others of the page, and picks its colour.
  let identifier: String

  /// Makes the chart of a group's scores; they pass from `threshold` on.
  package init(title: String, group: ReportedScores.Group, threshold: Float, identifier: String) {
    self.title = title
    self.group = group
    self.threshold = threshold
    self.identifier = identifier
  }

  private static let left = 44.0
  private static let right = 370.0
  private static let upper = 26.0
  private static let lower = 150.0

  private static func x(_ score: Double) -> Double { left + score * (right - left) }

  /// Returns the picture.
  package var html: HTML {
    let counts = group.summary.histogram
    let axis = Axis(through: Double(counts.max() ?? 1), ticks: 4)
    let mark = Self.x(Double(threshold))
    let text = LineChart.number
    return """
      <figure class="chart"><figcaption>\(title)</figcaption>
      <svg viewBox="0 0 380 190" role="img" \
      aria-labelledby="\(identifier)-title \(identifier)-text">
      <title id="\(identifier)-title">\(title)</title>
      <desc id="\(identifier)-text">\(description)</desc>
      \(grid(axis))
      \(counts.enumerated().map { bar($0.offset, $0.element, axis) })
      <line class="threshold" x1="\(text(mark))" x2="\(text(mark))" \
      y1="\(text(Self.upper - 8))" y2="\(text(Self.lower))"/>
      <text aria-hidden="true" class="mark" x="\(text(mark))" y="12" \
      text-anchor="\(threshold < 0.2 ? "start" : threshold > 0.8 ? "end" : "middle")">\
      passes from \(Self.score(threshold))</text>
      </svg>
      <p><strong>\(Formatting.percent(group.share))</strong> pass: \
      \(Formatting.grouped(group.passing)) of \(Formatting.grouped(group.summary.count)). \
      Median \(Self.score(group.summary.median)), max \(Self.score(group.summary.maximum)).</p>
      </figure>
      """
  }

  /// Writes a score with at most four digits that count.
  static func score(_ value: Float) -> String {
    value != 0 && value < 0.001 ? Formatting.scientific(Double(value)) : shortened(value)
  }

  private static func shortened(_ value: Float) -> String {
    var text = Formatting.fixed(Double(value), decimals: 4)
    while text.hasSuffix("0") { text.removeLast() }
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }

  private var description: String {
    let bins = group.summary.histogram.enumerated().map { bin, count in
      "\(Self.range(bin)): \(Formatting.grouped(count))"
    }
    return "Number of images by score, in tenths. \(bins.joined(separator: "; ")). "
      + "\(Formatting.percent(group.share)) reach the threshold \(Self.score(threshold))."
  }

  /// Names a bin: `0.3 to 0.4`.
  static func range(_ bin: Int) -> String { "0.\(bin) to \(bin == 9 ? "1" : "0.\(bin + 1)")" }

  private func bar(_ bin: Int, _ count: Int, _ axis: Axis) -> HTML {
    let text = LineChart.number
    let height = Double(count) / axis.end * (Self.lower - Self.upper)
    return """
      <rect class="bar \(identifier)" x="\(text(Self.x(Double(bin) / 10) + 1))" \
      y="\(text(Self.lower - height))" width="\(text((Self.right - Self.left) / 10 - 2))" \
      height="\(text(height))"/>
      """
  }

  private func grid(_ axis: Axis) -> HTML {
    let text = LineChart.number
    let rows: [HTML] = axis.ticks.filter { $0 == $0.rounded() }.map { value in
      let y = Self.lower - value / axis.end * (Self.lower - Self.upper)
      return """
        <line class="grid" x1="44" x2="370" y1="\(text(y))" y2="\(text(y))"/>\
        <text x="39" y="\(text(y + 4))" text-anchor="end">\
        \(Formatting.grouped(Int(value)))</text>
        """
    }
    let columns: [HTML] = (0...5).map { tick in
      """
      <text x="\(text(Self.x(Double(tick) / 5)))" y="167" \
      text-anchor="middle">\(LineChart.number(Double(tick) / 5))</text>
      """
    }
    return """
      <g aria-hidden="true">\(rows)
      \(columns)
      <text x="207" y="184" text-anchor="middle">score; vertical axis: images</text></g>
      """
  }
}
