import KernelTable

/// The format of the numbers that the convolutions multiply.
///
/// Weights, their optimizer, batch normalization, images and all sums are in Float either way.
public enum Precision: String, CaseIterable, Codable, Sendable {
  /// Float, of 24 significant bits.
  case float32
  /// bfloat16, of 8 significant bits and Float's range, in the layers that take Winograd's method;
  /// Float in the others. Each factor is rounded to nearest even after its transform.
  case bfloat16
}

extension Backend {
  /// The kernels of Winograd's method.
  var winograd: WinogradKernels {
    switch precision {
    case .float32: kernels.winograd
    case .bfloat16: kernels.winogradInBFloat16
    }
  }
}

extension WinogradKernels {
  /// Returns the part of its word that a value takes.
  func part(of value: Int) -> WordPart { value % valuesPerWord == 0 ? .first : .second }
}
