import Foundation
import Support
import Tensor

/// Compares two grey pictures by structural similarity at one scale (Wang et al. 2004, "Image Quality
/// Assessment: From Error Visibility to Structural Similarity").
///
/// In a window of 11×11 Gaussian weights of deviation 1.5, with means μ, variances σ² and the
/// covariance σ_ab, of samples from 0 to 255:
///
///     luminance           (2 μ_a μ_b + C₁) / (μ_a² + μ_b² + C₁)     C₁ = (0.01 · 255)²
///     contrast, structure (2 σ_ab + C₂) / (σ_a² + σ_b² + C₂)        C₂ = (0.03 · 255)²
///
/// Only windows that lie within the picture count.
package struct StructuralSimilarity: Equatable, Sendable {
  /// The side of the window, and of the smallest picture.
  package static let window = 11

  /// The mean over all windows of luminance · contrast and structure.
  package let similarity: Double
  /// The mean over all windows of contrast and structure alone.
  package let contrastStructure: Double

  private static let c1 = 2.55 * 2.55
  private static let c2 = 7.65 * 7.65
  private static let weights: [Double] = {
    let raw = (0..<window).map { exp(-0.5 * pow(Double($0 - window / 2) / 1.5, 2)) }
    let sum = raw.reduce(0, +)
    return raw.map { $0 / sum }
  }()

  /// Compares pictures of `size` x `size` samples; traps where they are others, or smaller than the
  /// window.
  package init(_ a: [Double], _ b: [Double], size: Int) {
    require(
      a.count == size * size && b.count == a.count && size >= Self.window,
      "\(a.count) and \(b.count) samples for \(size)x\(size)")
    let meanA = Self.blurred(a, size)
    let meanB = Self.blurred(b, size)
    let squareA = Self.blurred(a.map { $0 * $0 }, size)
    let squareB = Self.blurred(b.map { $0 * $0 }, size)
    let product = Self.blurred(zip(a, b).map { $0 * $1 }, size)
    var (similarity, contrastStructure) = (0.0, 0.0)
    for index in meanA.indices {
      let (mean, other) = (meanA[index], meanB[index])
      let variances = squareA[index] - mean * mean + squareB[index] - other * other
      let covariance = product[index] - mean * other
      let structure = (2 * covariance + Self.c2) / (variances + Self.c2)
      let luminance = (2 * mean * other + Self.c1) / (mean * mean + other * other + Self.c1)
      contrastStructure += structure
      similarity += luminance * structure
    }
    self.similarity = similarity / Double(meanA.count)
    self.contrastStructure = contrastStructure / Double(meanA.count)
  }

  /// Returns the weighted mean of every window, `(size − 10)²` numbers.
  private static func blurred(_ values: [Double], _ size: Int) -> [Double] {
    let inside = size - window + 1
    let rows = filtered(values, lines: size, lineStep: size, count: inside, step: 1)
    return filtered(rows, lines: inside, lineStep: inside, count: inside, step: inside)
  }

  /// Returns `lines` lines of `count` weighted means, the lines beginning `lineStep` samples apart:
  /// number i of the one that begins at x is that of the samples x + i, x + i + step,
  /// x + i + 2 · step and so on.
  private static func filtered(
    _ values: [Double], lines: Int, lineStep: Int, count: Int, step: Int
  ) -> [Double] {
    var means = [Double](repeating: 0, count: lines * count)
    means.withUnsafeMutableBufferPointer { means in
      values.withUnsafeBufferPointer { values in
        for line in 0..<lines {
          let output = UnsafeMutableBufferPointer(
            rebasing: means[line * count..<(line + 1) * count])
          for (tap, weight) in weights.enumerated() {
            let start = line * lineStep + tap * step
            let input = UnsafeBufferPointer(rebasing: values[start..<start + count])
            for i in output.indices { output[i] += weight * input[i] }
          }
        }
      }
    }
    return means
  }
}
