import Study

/// How the arms of a study are told apart in its pictures: by colour, dashes and marks, so that none
/// depends on colour alone.
///
/// Nine arms have styles of their own; those beyond have the colours and dashes again, with other marks.
struct StudySeries {
  /// The arms of the whole study, whose places decide the styles.
  let mixtures: [StudyMixture]

  /// The styles that `StudyStyle` has.
  private static let count = 9
  /// The distance from the centre of a mark to its sides.
  private static let radius = 4.5

  /// Returns the class of the lines of an arm.
  func name(_ mixture: StudyMixture) -> HTML { "series-\(place(mixture) % Self.count)" }

  /// Draws the mark of an arm around a point: hollow or solid, round, square or pointed, or a cross.
  func mark(_ mixture: StudyMixture, x: Double, y: Double) -> HTML {
    let place = place(mixture)
    let shape = (place + place / Self.count) % Self.count
    let commands = Self.outline(shape % 4, isCross: shape == 8, x: x, y: y)
    let isSolid = (4..<8).contains(shape)
    return """
      <path class="marker\(isSolid ? " solid" : "") \(name(mixture))" d="\(commands)"/>
      """
  }

  private static func outline(_ shape: Int, isCross: Bool, x: Double, y: Double) -> String {
    func at(_ dx: Double, _ dy: Double) -> String { "\(number(x + dx)) \(number(y + dy))" }
    let r = radius
    if isCross {
      return "M\(at(-r, -r))L\(at(r, r))M\(at(-r, r))L\(at(r, -r))"
    }
    return switch shape {
    case 0: "M\(at(-r, 0))a\(r) \(r) 0 1 0 9 0a\(r) \(r) 0 1 0 -9 0z"
    case 1: "M\(at(-r, -r))h9v9h-9z"
    case 2: "M\(at(0, -6))L\(at(6, 0))L\(at(0, 6))L\(at(-6, 0))z"
    default: "M\(at(0, -5))L\(at(5, 4))L\(at(-5, 4))z"
    }
  }

  /// The names of the arms, each beside a piece of its line.
  var legend: HTML {
    let items: [HTML] = mixtures.map { mixture in
      """
      <li><svg class="sample" viewBox="0 0 34 14" aria-hidden="true">\
      <path class="line \(name(mixture))" d="M1 7H33"/>\(mark(mixture, x: 17, y: 7))</svg>\
      \(mixture.name)</li>
      """
    }
    return """
      <ul class="legend">\(items)</ul>
      """
  }

  private func place(_ mixture: StudyMixture) -> Int { mixtures.firstIndex(of: mixture) ?? 0 }

  /// Writes a coordinate with one decimal, or none where that is 0.
  static func number(_ value: Double) -> String { LineChart.number(value) }
}
