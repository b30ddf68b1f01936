import Reporting

/// Draws curves over the epochs as an SVG picture.
///
/// Curves differ by their dashes as well as by their colours, and each is named in the legend; the
/// picture has a title and a description for those who do not see it.
package struct LineChart {
  /// A curve and its name.
  package struct Line {
    let name: String
    let curve: MetricCurve

    /// Names a curve.
    package init(name: String, curve: MetricCurve) {
      self.name = name
      self.curve = curve
    }
  }

  let title: String
  /// What the vertical axis shows.
  let unit: String
  let lines: [Line]
  /// The top of the vertical axis, or nil to let the curves decide.
  var top: Double?
  /// What tells the picture from the others of the page.
  let identifier: String

  /// Makes a chart; see the properties.
  package init(
    title: String, unit: String, lines: [Line], top: Double? = nil, identifier: String
  ) {
    self.title = title
    self.unit = unit
    self.lines = lines
    self.top = top
    self.identifier = identifier
  }

  private static let width = 380.0
  private static let height = 230.0
  private static let left = 44.0
  private static let right = 370.0
  private static let upper = 12.0
  private static let lower = 190.0

  private var means: [Double] { lines.flatMap { $0.curve.points.compactMap(\.mean) } }

  /// The top of the axis: above 98 of 100 points, so that a peak does not flatten the rest.
  private var vertical: Axis {
    if let top { return Axis(endingAt: top, ticks: 5) }
    let sorted = means.sorted()
    guard let largest = sorted.last else { return Axis(through: 1, ticks: 5) }
    let usual = sorted[((sorted.count - 1) * 98 + 99) / 100]
    return Axis(through: largest <= 1.5 * usual ? largest : 1.1 * usual, ticks: 5)
  }

  private var horizontal: Axis {
    Axis(endingAt: lines.flatMap { $0.curve.points.map(\.epochs) }.max() ?? 1, ticks: 6)
  }

  /// Returns the picture with its legend, or words where there is nothing to draw.
  package var html: HTML {
    guard !means.isEmpty else {
      return """
        <figure class="chart"><figcaption>\(title)</figcaption>
        <p class="missing">No step has been logged yet.</p></figure>
        """
    }
    let (vertical, horizontal) = (vertical, horizontal)
    let above = means.count { $0 > vertical.end }
    let peak = Formatting.fixed(means.max() ?? 0, decimals: 2)
    let cut: HTML? =
      above == 0
      ? nil
      : """
      <p class="note">\(Formatting.counted(above, "point")) above the top, max \(peak).</p>
      """
    return """
      <figure class="chart"><figcaption>\(title)</figcaption>
      <svg viewBox="0 0 \(Self.number(Self.width)) \(Self.number(Self.height))" role="img" \
      aria-labelledby="\(identifier)-title \(identifier)-text">
      <title id="\(identifier)-title">\(title)</title>
      <desc id="\(identifier)-text">\(description)</desc>
      \(grid(vertical, horizontal))
      \(lines.enumerated().map { path($0.offset, $0.element.curve, vertical, horizontal) })
      </svg>
      \(Self.legend(lines.map(\.name)))
      \(cut)</figure>
      """
  }

  /// What the curves show, in words.
  private var description: String {
    lines.map { line in
      let means = line.curve.points.compactMap(\.mean)
      guard let first = means.first, let last = means.last else {
        return "\(line.name): no numbers."
      }
      func words(_ value: Double?) -> String { Formatting.fixed(value ?? 0, decimals: 2) }
      return "\(line.name): from \(words(first)) to \(words(last)), "
        + "min \(words(means.min())), max \(words(means.max()))."
    }.joined(separator: " ") + " The numbers are in the table below."
  }

  private func grid(_ vertical: Axis, _ horizontal: Axis) -> HTML {
    let rows: [HTML] = vertical.ticks.map { value in
      let y = Self.y(value, vertical)
      return """
        <line class="grid" x1="\(Self.number(Self.left))" x2="\(Self.number(Self.right))" \
        y1="\(Self.number(y))" y2="\(Self.number(y))"/>\
        <text x="\(Self.number(Self.left - 5))" y="\(Self.number(y + 4))" \
        text-anchor="end">\(vertical.text(value))</text>
        """
    }
    let columns: [HTML] = horizontal.ticks.map { value in
      let x = Self.x(value, horizontal)
      return """
        <line class="grid" x1="\(Self.number(x))" x2="\(Self.number(x))" \
        y1="\(Self.number(Self.lower))" y2="\(Self.number(Self.lower + 4))"/>\
        <text x="\(Self.number(x))" y="\(Self.number(Self.lower + 18))" \
        text-anchor="middle">\(horizontal.text(value))</text>
        """
    }
    return """
      <g aria-hidden="true">\(rows)
      \(columns)
      <text x="\(Self.number((Self.left + Self.right) / 2))" y="\(Self.number(Self.height - 6))" \
      text-anchor="middle">epochs; vertical axis: \(unit)</text></g>
      """
  }

  /// Draws a curve, interrupted where a piece of the run has no finite number; a point that stands
  /// alone becomes a dot, and one above the top stays at the top.
  private func path(
    _ index: Int, _ curve: MetricCurve, _ vertical: Axis, _ horizontal: Axis
  ) -> HTML {
    var commands = ""
    var isDrawing = false
    for point in curve.points {
      guard let mean = point.mean else {
        isDrawing = false
        continue
      }
      let x = Self.number(Self.x(point.epochs, horizontal))
      let y = Self.number(Self.y(min(mean, vertical.end), vertical))
      commands += isDrawing ? "L\(x) \(y)" : "M\(x) \(y)h0"
      isDrawing = true
    }
    return """
      <path class="line line-\(index + 1)" d="\(commands)"/>
      """
  }

  /// Names curves, each beside a piece of its line.
  static func legend(_ names: [String]) -> HTML {
    let items: [HTML] = names.enumerated().map { index, name in
      """
      <li><svg class="sample" viewBox="0 0 34 8" aria-hidden="true">\
      <path class="line line-\(index + 1)" d="M1 4H33"/></svg>\(name)</li>
      """
    }
    return """
      <ul class="legend">\(items)</ul>
      """
  }

  private static func x(_ value: Double, _ axis: Axis) -> Double {
    left + value / axis.end * (right - left)
  }

  private static func y(_ value: Double, _ axis: Axis) -> Double {
    lower - value / axis.end * (lower - upper)
  }

  /// Writes a coordinate with one decimal, or none where that is 0.
  static func number(_ value: Double) -> String {
    let text = Formatting.fixed(value, decimals: 1)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
