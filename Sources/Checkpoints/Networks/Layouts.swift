import Support
import Tensor

/// Reorders values between PyTorch's layouts, in files, and those of the kernels.
///
/// Filters lie as [kh, kw, I, O] in memory, for both directions: a transposed convolution from I to O
/// channels runs on the filter of the convolution from O to I whose adjoint it is, which PyTorch's
/// [I, O, kh, kw] gives under the same reordering.
package enum Layouts {
  /// Turns PyTorch's filter [A, B, kh, kw] into [kh, kw, B, A].
  ///
  /// `result[y][x][b][a] = values[a][b][y][x]`; `shape` is PyTorch's. Traps where `values` do not
  /// fill `shape`.
  package static func fromPyTorch(_ values: [Float], shape: [Int]) -> [Float] {
    let (a, b, area) = filterAxes(shape, count: values.count)
    return reordered(values) { source, target in
      // Reads run along the area; writes go to `area` places that each move on by one.
      for row in 0..<b {
        for column in 0..<a {
          let from = (column * b + row) * area
          for place in 0..<area {
            target[(place * b + row) * a + column] = source[from + place]
          }
        }
      }
    }
  }

  /// Turns [kh, kw, B, A] back into PyTorch's filter [A, B, kh, kw]; `shape` is PyTorch's.
  ///
  /// The inverse of `fromPyTorch`. Traps where `values` do not fill `shape`.
  package static func toPyTorch(_ values: [Float], shape: [Int]) -> [Float] {
    let (a, b, area) = filterAxes(shape, count: values.count)
    return reordered(values) { source, target in
      for row in 0..<b {
        for column in 0..<a {
          let to = (column * b + row) * area
          for place in 0..<area {
            target[to + place] = source[(place * b + row) * a + column]
          }
        }
      }
    }
  }

  /// Turns images [N, C, H, W] into [N, H, W, C]; `shape` is [N, C, H, W].
  ///
  /// Traps where `values` do not fill `shape`.
  package static func toChannelsLast(_ values: [Float], shape: [Int]) -> [Float] {
    let (images, channels, area) = imageAxes(shape, count: values.count)
    return reordered(values) { source, target in
      for image in 0..<images {
        let start = image * channels * area
        for channel in 0..<channels {
          for pixel in 0..<area {
            target[start + pixel * channels + channel] = source[start + channel * area + pixel]
          }
        }
      }
    }
  }

  /// Turns images [N, H, W, C] into [N, C, H, W]; `shape` is [N, C, H, W].
  ///
  /// The inverse of `toChannelsLast`. Traps where `values` do not fill `shape`.
  package static func toChannelsFirst(_ values: [Float], shape: [Int]) -> [Float] {
    let (images, channels, area) = imageAxes(shape, count: values.count)
    return reordered(values) { source, target in
      for image in 0..<images {
        let start = image * channels * area
        for channel in 0..<channels {
          for pixel in 0..<area {
            target[start + channel * area + pixel] = source[start + pixel * channels + channel]
          }
        }
      }
    }
  }

  private static func filterAxes(_ shape: [Int], count: Int) -> (a: Int, b: Int, area: Int) {
    check(shape, count)
    return (shape[0], shape[1], shape[2] * shape[3])
  }

  private static func imageAxes(
    _ shape: [Int], count: Int
  ) -> (images: Int, channels: Int, area: Int) {
    check(shape, count)
    return (shape[0], shape[1], shape[2] * shape[3])
  }

  private static func check(_ shape: [Int], _ count: Int) {
    require(
      shape.count == 4 && shape.reduce(1, *) == count,
      "expected values that fill the four axes \(shape), found \(count) values")
  }

  /// Makes as many values as there are, each of which `body` writes once.
  private static func reordered(
    _ values: [Float],
    _ body: (UnsafeBufferPointer<Float>, UnsafeMutableBufferPointer<Float>) -> Void
  ) -> [Float] {
    values.withUnsafeBufferPointer { source in
      [Float](unsafeUninitializedCapacity: values.count) { target, count in
        body(source, target)
        count = values.count
      }
    }
  }
}
