import Foundation
import Statistics
import Study

/// Draws the AUROC of every arm over the shares as an SVG picture: means with whiskers from the least to
/// the greatest of the trainings, over a logarithmic axis.
struct StudyChart {
  private let result: StudyResult

  /// Arranges a study.
  init(_ result: StudyResult) { self.result = result }

  private static let width = 720.0
  private static let height = 380.0
  private static let left = 56.0
  private static let right = 700.0
  private static let upper = 16.0
  private static let lower = 330.0

  /// The least AUROC of the axis, a multiple of a twentieth: that of the arms with real images, beside which
  /// one without them would make all others one line.
  private var least: Double {
    let minimum = result.rows.filter { $0.arm != .syntheticOnly }.map(\.auroc).min() ?? 0.5
    return max(0, min(0.95, (minimum * 20).rounded(.down) / 20))
  }

  /// Returns the picture with its legend.
  var html: HTML {
    let lines: [HTML] = result.mixtures.enumerated().map { index, mixture in
      line(index, mixture)
    }
    return """
      <figure class="chart"><figcaption>Mean AUROC on the test images</figcaption>
      <svg viewBox="0 0 \(Self.number(Self.width)) \(Self.number(Self.height))" role="img" \
      aria-labelledby="auroc-title auroc-text">
      <title id="auroc-title">Mean AUROC over the share of real images</title>
      <desc id="auroc-text">A line for each arm; the numbers are in the table below.</desc>
      \(grid)
      \(lines)
      </svg>
      \(Self.legend(result.mixtures))
      \(below)</figure>
      """
  }

  /// A note that points on the lowest line lie further down; nil where none does.
  private var below: HTML? {
    guard result.rows.contains(where: { $0.auroc < least }) else { return nil }
    return """
      <p class="note">Points on the lowest line lie below it; the table has their values.</p>
      """
  }

  private var grid: HTML {
    let steps = Int(((1 - least) * 20).rounded())
    let every = steps > 10 ? 2 : 1
    let rows: [HTML] = stride(from: 0, through: steps, by: every).map { step in
      let value = least + Double(step) / 20
      let y = Self.number(y(value))
      return """
        <line class="grid" x1="\(Self.number(Self.left))" x2="\(Self.number(Self.right))" y1="\(y)" y2="\(y)"/>\
        <text x="\(Self.number(Self.left - 6))" y="\(Self.number(self.y(value) + 4))" \
        text-anchor="end">\(Formatting.fixed(value, decimals: 2))</text>
        """
    }
    let columns: [HTML] = zip(result.settings.shares, result.shareImages).map { share, images in
      """
      <text x="\(Self.number(x(share)))" y="\(Self.number(Self.lower + 20))" \
      text-anchor="middle">\(StudyPage.text(share))</text>\
      <text x="\(Self.number(x(share)))" y="\(Self.number(Self.lower + 36))" \
      text-anchor="middle">\(images) images</text>
      """
    }
    return """
      <g aria-hidden="true">\(rows)
      \(columns)</g>
      """
  }

  private func line(_ index: Int, _ mixture: StudyMixture) -> HTML {
    let shift = 4 * (Double(index) - Double(result.mixtures.count - 1) / 2)
    var commands = ""
    var marks: [HTML] = []
    for share in result.settings.shares {
      let areas = result.rows(share, mixture).map(\.auroc)
      guard let low = areas.min(), let high = areas.max() else { continue }
      let (x, mean) = (x(share) + shift, y(mean(areas)))
      commands += (commands.isEmpty ? "M" : "L") + "\(Self.number(x)) \(Self.number(mean))"
      marks.append(
        """
        <line class="whisker series-\(index)" x1="\(Self.number(x))" x2="\(Self.number(x))" \
        y1="\(Self.number(y(low)))" y2="\(Self.number(y(high)))"/>\(Self.marker(index, x, mean))
        """)
    }
    return """
      <path class="line series-\(index)" d="\(commands)"/>
      \(marks)
      """
  }

  /// Draws the mark of a series: a circle, a square, a diamond or a triangle, in turn.
  private static func marker(_ index: Int, _ x: Double, _ y: Double) -> HTML {
    let shape =
      switch index % 4 {
      case 0: "M\(number(x - 4)) \(number(y))a4 4 0 1 0 8 0a4 4 0 1 0 -8 0"
      case 1: "M\(number(x - 4)) \(number(y - 4))h8v8h-8z"
      case 2: "M\(number(x)) \(number(y - 5))l5 5l-5 5l-5 -5z"
      default: "M\(number(x)) \(number(y - 5))l5 9h-10z"
      }
    return """
      <path class="marker series-\(index)" d="\(shape)"/>
      """
  }

  /// Names the arms, each beside a piece of its line.
  static func legend(_ mixtures: [StudyMixture]) -> HTML {
    let items: [HTML] = mixtures.enumerated().map { index, mixture in
      """
      <li><svg class="sample" viewBox="0 0 34 12" aria-hidden="true">\
      <path class="line series-\(index)" d="M1 6H33"/>\(marker(index, 17, 6))</svg>\(mixture.name)</li>
      """
    }
    return """
      <ul class="legend">\(items)</ul>
      """
  }

  private func x(_ share: Double) -> Double {
    let shares = result.settings.shares
    guard let first = shares.first, let last = shares.last, first < last else {
      return (Self.left + Self.right) / 2
    }
    let place = log(share / first) / log(last / first)
    return Self.left + 50 + place * (Self.right - Self.left - 100)
  }

  private func y(_ area: Double) -> Double {
    Self.lower - max(0, area - least) / (1 - least) * (Self.lower - Self.upper)
  }

  /// Writes a coordinate with one decimal, or none where that is 0.
  static func number(_ value: Double) -> String { LineChart.number(value) }
}

/// Draws the ROC curves of the arms at a share as an SVG picture.
struct StudyROCChart {
  let share: Double
  let curves: [StudyCurve]
  /// The arms of the whole study, whose places give the colours.
  let mixtures: [StudyMixture]

  private static let side = 280.0
  private static let left = 36.0
  private static let upper = 8.0

  /// Returns the picture.
  var html: HTML {
    let name = StudyPage.text(share)
    let lines: [HTML] = curves.map { curve in
      let commands = curve.points.enumerated().map { index, point in
        (index == 0 ? "M" : "L") + x(point.falsePositiveRate) + " " + y(point.truePositiveRate)
      }.joined()
      let index = mixtures.firstIndex(of: curve.mixture) ?? 0
      return """
        <path class="line series-\(index)" d="\(commands)"/>
        """
    }
    let ticks: [HTML] = [0, 0.5, 1].map { value in
      """
      <text x="\(x(value))" y="\(StudyChart.number(Self.upper + Self.side + 18))" \
      text-anchor="middle">\(StudyPage.text(value))</text>\
      <text x="\(StudyChart.number(Self.left - 5))" y="\(y(value))" \
      text-anchor="end">\(StudyPage.text(value))</text>
      """
    }
    return """
      <figure class="chart"><figcaption>Share \(name)</figcaption>
      <svg viewBox="0 0 330 330" role="img" aria-label="ROC curves of the arms at the share \(name): \
      sensitivity over 1 minus specificity">
      <path class="ideal" d="M\(x(0)) \(y(0))L\(x(1)) \(y(1))"/>
      <g aria-hidden="true">\(ticks)
      <text x="\(x(0.5))" y="326" text-anchor="middle">1 − specificity</text></g>
      \(lines)
      </svg></figure>
      """
  }

  private func x(_ rate: Double) -> String { StudyChart.number(Self.left + rate * Self.side) }

  private func y(_ rate: Double) -> String {
    StudyChart.number(Self.upper + (1 - rate) * Self.side)
  }
}
