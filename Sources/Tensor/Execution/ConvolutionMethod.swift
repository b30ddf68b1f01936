/// The method that a backend computes convolutions with, where there is a choice.
package enum ConvolutionMethod: String, CaseIterable, Sendable {
  /// Winograd's where it is worthwhile, the direct one elsewhere.
  case best
  /// The definition's sums.
  case direct
  /// Winograd's wherever it applies: to `ConvolutionGeometry.halving` with any number of channels.
  case winograd
}

extension Backend {
  /// Says whether the three operations of a layer take Winograd's method.
  func takesWinograd(_ geometry: ConvolutionGeometry, small: Shape, filter: Shape) -> Bool {
    switch convolutionMethod {
    case .best: Winograd.isWorthwhile(geometry, small: small, filter: filter)
    case .direct: false
    case .winograd: geometry == .halving
    }
  }
}
