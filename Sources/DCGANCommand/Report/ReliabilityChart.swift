import Checkpoints

/// Draws how far probabilities can be believed as an SVG picture: the share of real images over the
/// prediction, D's own and calibrated, beside the diagonal on which both would be the same.
///
/// A bin without images has no point; an upright line through a point is the 95 % interval of its share.
package struct ReliabilityChart {
  let reliability: ScoreCalibration.Reliability
  /// What tells the picture from the others of the page.
  let identifier: String

  /// Makes the chart of two curves.
  package init(_ reliability: ScoreCalibration.Reliability, identifier: String) {
    self.reliability = reliability
    self.identifier = identifier
  }

  private static let title = "Reliability"
  private static let left = 44.0
  private static let right = 370.0
  private static let upper = 12.0
  private static let lower = 262.0
  private static let axis = Axis(endingAt: 1, ticks: 5)

  private var curves: [(name: String, curve: ReliabilityCurve)] {
    [("D's own score", reliability.before), ("calibrated", reliability.after)]
  }

  private static func x(_ prediction: Double) -> String {
    LineChart.number(left + prediction * (right - left))
  }

  private static func y(_ share: Double) -> String {
    LineChart.number(lower - share * (lower - upper))
  }

  /// Returns the picture with its legend.
  package var html: HTML {
    """
    <figure class="chart"><figcaption>\(Self.title)</figcaption>
    <svg viewBox="0 0 380 302" role="img" \
    aria-labelledby="\(identifier)-title \(identifier)-text">
    <title id="\(identifier)-title">\(Self.title)</title>
    <desc id="\(identifier)-text">\(description)</desc>
    \(grid)
    <line class="ideal" x1="\(Self.x(0))" x2="\(Self.x(1))" y1="\(Self.y(0))" y2="\(Self.y(1))"/>
    \(curves.enumerated().map { Self.draw($0.element.curve, number: $0.offset + 1) })
    </svg>
    \(LineChart.legend(curves.map(\.name)))
    <p class="note">Dashed diagonal: as many real images as predicted. Vertical lines: 95 % intervals.</p>
    </figure>
    """
  }

  /// What the points show, in words.
  private var description: String {
    curves.map { name, curve in
      let points = curve.bins.compactMap { bin in
        bin.meanPrediction.map { mean in
          "\(Formatting.fixed(mean, decimals: 2)), "
            + "\(Formatting.percent(bin.observed.share ?? 0)) of \(Formatting.grouped(bin.count))"
        }
      }
      return "Mean prediction and share of real images, \(name): "
        + "\(points.joined(separator: "; "))."
    }.joined(separator: " ") + " The numbers are in the table."
  }

  private static func draw(_ curve: ReliabilityCurve, number: Int) -> HTML {
    let points = curve.bins.compactMap { bin in
      bin.meanPrediction.map { (x: x($0), y: y(bin.observed.share ?? 0), bin: bin) }
    }
    let commands = points.enumerated().map {
      "\($0.offset == 0 ? "M" : "L")\($0.element.x) \($0.element.y)"
    }
    let marks: [HTML] = points.map { point in
      let interval = point.bin.observed.interval ?? 0...1
      return """
        <line class="interval-\(number)" x1="\(point.x)" x2="\(point.x)" \
        y1="\(y(interval.lowerBound))" y2="\(y(interval.upperBound))"/>\
        <circle class="point-\(number)" cx="\(point.x)" cy="\(point.y)" r="4"/>
        """
    }
    return """
      <path class="line line-\(number)" d="\(commands.joined())"/>
      \(marks)
      """
  }

  private var grid: HTML {
    let rows: [HTML] = Self.axis.ticks.map { value in
      """
      <line class="grid" x1="\(Self.x(0))" x2="\(Self.x(1))" y1="\(Self.y(value))" \
      y2="\(Self.y(value))"/><text x="39" y="\(LineChart.number(266 - value * 250))" \
      text-anchor="end">\(Self.axis.text(value))</text>
      """
    }
    let columns: [HTML] = Self.axis.ticks.map { value in
      """
      <text x="\(Self.x(value))" y="280" text-anchor="middle">\(Self.axis.text(value))</text>
      """
    }
    return """
      <g aria-hidden="true">\(rows)
      \(columns)
      <text x="207" y="297" text-anchor="middle">prediction; vertical axis: share of real images</text></g>
      """
  }
}
