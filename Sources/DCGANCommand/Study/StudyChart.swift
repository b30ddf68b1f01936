import Foundation
import Statistics
import Study

/// Draws the AUROC of every arm over the shares as an SVG picture: means with whiskers from the least to
/// the greatest of the trainings, over a logarithmic axis.
///
/// The points of a share stand side by side in the order of the arms. Where an arm has no training at a
/// share, its line is interrupted.
struct StudyChart {
  private let result: StudyResult
  private let series: StudySeries

  /// Arranges a study.
  init(_ result: StudyResult) {
    self.result = result
    series = StudySeries(mixtures: result.mixtures)
  }

  private static let width = 640.0
  private static let height = 430.0
  private static let left = 60.0
  private static let right = 630.0
  private static let upper = 16.0
  private static let lower = 350.0
  /// What the first and the last share keep from the ends of the axis.
  private static let margin = 44.0
  /// The distance between neighbouring arms at a share.
  private static let shift = 7.0
  /// The least distance between shares that are both labelled.
  private static let labelGap = 64.0

  /// The areas of the arms with real images, beside which one without them would make all others one
  /// line; of all where there is no other.
  private var areas: [Double] {
    let real = result.rows.filter { $0.arm != .syntheticOnly }.map(\.auroc)
    return real.isEmpty ? result.rows.map(\.auroc) : real
  }

  /// The least AUROC of the axis in hundredths, a multiple of 5.
  private var least: Int {
    max(0, min(95, Int(((areas.min() ?? 0.5) * 20).rounded(.down)) * 5))
  }

  /// The greatest AUROC of the axis in hundredths, a multiple of 5.
  private var most: Int {
    max(least + 5, Int(((areas.max() ?? 1) * 20).rounded(.up)) * 5)
  }

  /// Returns the picture with its legend.
  var html: HTML {
    let lines: [HTML] = result.mixtures.enumerated().map { line($0.offset, $0.element) }
    return """
      <figure class="chart wide"><figcaption>Mean AUROC on the test images</figcaption>
      <svg viewBox="0 0 \(Self.number(Self.width)) \(Self.number(Self.height))" role="img" \
      aria-labelledby="auroc-title auroc-text">
      <title id="auroc-title">Mean AUROC over the share of real images</title>
      <desc id="auroc-text">\(description)</desc>
      \(grid)
      \(lines)
      </svg>
      \(series.legend)
      <p class="note">Vertical lines: from the least to the greatest of the trainings. The shares are \
      spaced logarithmically; arms stand side by side.\(beyond)</p></figure>
      """
  }

  /// What the lines show, in words.
  private var description: String {
    result.mixtures.map { mixture in
      let points = result.settings.shares.compactMap { share -> String? in
        let areas = result.rows(share, mixture).map(\.auroc)
        guard !areas.isEmpty else { return nil }
        return "\(Formatting.fixed(mean(areas), decimals: 3)) at share \(StudyPage.text(share))"
      }
      return "\(mixture.name): \(points.joined(separator: ", "))."
    }.joined(separator: " ") + " The numbers are in the table below."
  }

  /// What is said where points lie beyond the axis; nil where none does.
  private var beyond: HTML? {
    let low = result.rows.contains { $0.auroc < Double(least) / 100 }
    let high = result.rows.contains { $0.auroc > Double(most) / 100 }
    guard low || high else { return nil }
    return """
       Without real images, an arm may lie beyond the axis and is drawn at its end; the table has its values.
      """
  }

  private var grid: HTML {
    let step = most - least <= 10 ? 1 : most - least <= 50 ? 5 : 10
    let rows: [HTML] = stride(from: least, through: most, by: step).map { hundredths in
      let area = Double(hundredths) / 100
      let y = Self.number(y(area))
      return """
        <line class="grid" x1="\(Self.number(Self.left))" x2="\(Self.number(Self.right))" y1="\(y)" y2="\(y)"/>\
        <text x="\(Self.number(Self.left - 6))" y="\(Self.number(self.y(area) + 4))" \
        text-anchor="end">\(Formatting.fixed(area, decimals: 2))</text>
        """
    }
    let columns: [HTML] = labelledShares.map { share, images in
      let x = Self.number(x(share))
      return """
        <line class="grid" x1="\(x)" x2="\(x)" y1="\(Self.number(Self.lower))" \
        y2="\(Self.number(Self.lower + 5))"/>\
        <text x="\(x)" y="\(Self.number(Self.lower + 22))" \
        text-anchor="middle">\(StudyPage.text(share))</text>\
        <text x="\(x)" y="\(Self.number(Self.lower + 43))" \
        text-anchor="middle">\(Formatting.grouped(images))</text>
        """
    }
    return """
      <g aria-hidden="true">\(rows)
      \(columns)
      <text x="\(Self.number((Self.left + Self.right) / 2))" y="\(Self.number(Self.height - 10))" \
      text-anchor="middle">share of the real images, and their number</text></g>
      """
  }

  /// The shares from the largest down, without those whose labels would touch one before.
  private var labelledShares: [(share: Double, images: Int)] {
    var labelled: [(share: Double, images: Int)] = []
    for (share, images) in zip(result.settings.shares, result.shareImages).reversed() {
      if let last = labelled.last, x(last.share) - x(share) < Self.labelGap { continue }
      labelled.append((share, images))
    }
    return labelled.reversed()
  }

  private func line(_ index: Int, _ mixture: StudyMixture) -> HTML {
    let shift = Self.shift * (Double(index) - Double(result.mixtures.count - 1) / 2)
    var commands = ""
    var isDrawing = false
    var marks: [HTML] = []
    for share in result.settings.shares {
      let areas = result.rows(share, mixture).map(\.auroc)
      guard let low = areas.min(), let high = areas.max() else {
        isDrawing = false
        continue
      }
      let (x, mean) = (x(share) + shift, y(mean(areas)))
      commands += (isDrawing ? "L" : "M") + "\(Self.number(x)) \(Self.number(mean))"
      isDrawing = true
      marks.append(
        """
        <path class="whisker \(series.name(mixture))" \
        d="M\(Self.number(x)) \(Self.number(y(low)))V\(Self.number(y(high)))"/>\
        \(series.mark(mixture, x: x, y: mean))
        """)
    }
    return """
      <path class="line \(series.name(mixture))" d="\(commands)"/>
      \(marks)
      """
  }

  private func x(_ share: Double) -> Double {
    let shares = result.settings.shares
    guard let first = shares.first, let last = shares.last, first < last else {
      return (Self.left + Self.right) / 2
    }
    let place = log(share / first) / log(last / first)
    return Self.left + Self.margin + place * (Self.right - Self.left - 2 * Self.margin)
  }

  private func y(_ area: Double) -> Double {
    let (bottom, top) = (Double(least) / 100, Double(most) / 100)
    let place = (min(top, max(bottom, area)) - bottom) / (top - bottom)
    return Self.lower - place * (Self.lower - Self.upper)
  }

  private static func number(_ value: Double) -> String { StudySeries.number(value) }
}
