import Study

/// Draws the ROC curves of the arms at a share as an SVG picture.
struct StudyROCChart {
  let share: Double
  let curves: [StudyCurve]
  let series: StudySeries
  /// What tells the picture from the others of the page.
  let identifier: String

  private static let side = 280.0
  private static let left = 40.0
  private static let upper = 12.0
  /// The marks of a curve.
  private static let marks = 3

  /// Returns the picture.
  var html: HTML {
    let name = StudyPage.text(share)
    return """
      <figure class="chart"><figcaption>Share \(name)</figcaption>
      <svg viewBox="0 0 330 330" role="img" aria-labelledby="\(identifier)-title \(identifier)-text">
      <title id="\(identifier)-title">ROC curves at the share \(name)</title>
      <desc id="\(identifier)-text">\(description)</desc>
      \(grid)
      <path class="ideal" d="M\(x(0)) \(y(0))L\(x(1)) \(y(1))"/>
      \(curves.enumerated().map { line($0.offset, $0.element) })
      </svg></figure>
      """
  }

  /// What the curves show, in words.
  private var description: String {
    let place = StudyCurve.specificities.firstIndex(of: 0.9) ?? 0
    let words = curves.map {
      "\($0.mixture.name) \(Formatting.fixed($0.sensitivities[place], decimals: 3))"
    }
    return "Sensitivity at a specificity of \(StudyCurve.specificities[place]): "
      + "\(words.joined(separator: ", ")). More are in the table below."
  }

  private var grid: HTML {
    let ticks: [HTML] = [0, 0.25, 0.5, 0.75, 1].map { value in
      """
      <line class="grid" x1="\(x(0))" x2="\(x(1))" y1="\(y(value))" y2="\(y(value))"/>\
      <line class="grid" x1="\(x(value))" x2="\(x(value))" y1="\(y(0))" y2="\(y(1))"/>\
      <text x="\(x(value))" y="\(StudySeries.number(Self.upper + Self.side + 16))" \
      text-anchor="middle">\(StudyPage.text(value))</text>\
      <text x="\(StudySeries.number(Self.left - 5))" y="\(y(value, below: 4))" \
      text-anchor="end">\(StudyPage.text(value))</text>
      """
    }
    return """
      <g aria-hidden="true">\(ticks)
      <text x="\(x(0.5))" y="325" text-anchor="middle">1 − specificity; vertical axis: sensitivity</text></g>
      """
  }

  private func line(_ index: Int, _ curve: StudyCurve) -> HTML {
    let commands = curve.points.enumerated().map { index, point in
      (index == 0 ? "M" : "L") + x(point.falsePositiveRate) + " " + y(point.truePositiveRate)
    }.joined()
    let marks: [HTML] = marked(index, curve.points).map { point in
      series.mark(
        curve.mixture, x: Self.left + point.falsePositiveRate * Self.side,
        y: Self.upper + (1 - point.truePositiveRate) * Self.side)
    }
    return """
      <path class="line \(series.name(curve.mixture))" d="\(commands)"/>
      \(marks)
      """
  }

  /// Picks the points of a curve that have a mark: evenly spaced along its way from corner to corner,
  /// each arm's elsewhere than the others'.
  private func marked(_ index: Int, _ points: [StudyCurve.Point]) -> [StudyCurve.Point] {
    let offset = (Double(index) + 0.5) / Double(max(1, curves.count))
    return (0..<Self.marks).compactMap { number in
      let way = 2 * (Double(number) + offset) / Double(Self.marks)
      return points.first { $0.falsePositiveRate + $0.truePositiveRate >= way }
    }
  }

  private func x(_ rate: Double) -> String { StudySeries.number(Self.left + rate * Self.side) }

  private func y(_ rate: Double, below: Double = 0) -> String {
    StudySeries.number(Self.upper + (1 - rate) * Self.side + below)
  }
}
