/// A convolution by its shapes: what the tests go through and what is measured.
package struct ConvolutionCase: Equatable, Sendable, CustomStringConvertible {
  /// Who goes through a case.
  package enum Use: String, CaseIterable, Sendable {
    /// The tests; small enough for the naive reference.
    case test
    /// Measurements.
    case speed
    /// Tests and measurements.
    case both
  }

  /// The name, for tables and messages.
  package let name: String
  /// Who goes through it.
  package let use: Use
  /// The large map's shape.
  package let large: Shape
  /// The filter's shape.
  package let filter: Shape
  /// The window.
  package let geometry: ConvolutionGeometry

  /// Describes a case; traps where the shapes do not fit each other.
  package init(
    name: String, use: Use, large: Shape, filter: Shape, geometry: ConvolutionGeometry
  ) {
    _ = geometry.smallShape(large: large, filter: filter)
    self.name = name
    self.use = use
    self.large = large
    self.filter = filter
    self.geometry = geometry
  }

  /// The name and the shapes.
  package var description: String { "\(name) \(large) \(filter)" }

  /// The small map's shape.
  package var small: Shape { geometry.smallShape(large: large, filter: filter) }

  /// Whether all three operations take Winograd's method where nothing else is asked for.
  package var isWinograd: Bool {
    Winograd.isWorthwhile(geometry, small: small, filter: filter)
  }

  /// Multiplications and additions of the definition, `2·n·h·w·k·k·I·O`, the same for all three
  /// operations; those by the zeros around a map are counted.
  package var directOperations: Double { 2 * Double(small.rows) * Double(filter.count) }
}
