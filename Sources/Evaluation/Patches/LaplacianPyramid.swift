import Imaging
import Support
import Tensor

/// A picture's samples as numbers: rows, columns, channels.
package struct SampleMap: Equatable, Sendable {
  /// The rows, and the columns.
  package let size: Int
  /// The samples of a pixel.
  package let channels: Int
  /// `size * size * channels` numbers.
  package var values: [Float]

  /// Wraps numbers; traps where they are not as many as the sides say.
  package init(size: Int, channels: Int, values: [Float]) {
    require(
      values.count == size * size * channels,
      "\(values.count) samples for \(size)x\(size)x\(channels)")
    self.size = size
    self.channels = channels
    self.values = values
  }

  /// Takes the bytes of a square picture, 0 to 255, grey repeated to `channels`.
  init(_ image: PixelImage, channels: Int) {
    let picture = channels == 3 ? image.rgb() : image.grey()
    self.init(size: image.width, channels: channels, values: picture.pixels.map(Float.init))
  }
}

/// Splits a picture into bands of detail (Burt and Adelson 1983), as Karras et al. 2018 do.
///
/// With B the blur of the taps `[1 4 6 4 1]/16` along rows and columns, mirrored at the edges without
/// repeating the edge, `down(x)` is every other sample of `B x`, and `up(x)` is `4 B` of x with zeros
/// between its samples. A level of detail is `x − up(down(x))`; the last level is what is left.
package enum LaplacianPyramid {
  /// Returns the sides of the levels, from `size` halved down to 16, or `size` alone below that.
  package static func sides(from size: Int, smallest: Int = 16) -> [Int] {
    var sides = [size]
    while let last = sides.last, last % 2 == 0, last / 2 >= smallest { sides.append(last / 2) }
    return sides
  }

  /// Returns one level of a picture's pyramid.
  ///
  /// - Parameters:
  ///   - index: The level, from 0, the finest.
  ///   - count: The number of levels; the last has no detail taken away.
  package static func level(_ index: Int, of count: Int, _ picture: SampleMap) -> SampleMap {
    var map = picture
    for _ in 0..<index { map = down(map) }
    guard index + 1 < count else { return map }
    let coarse = up(down(map))
    for position in map.values.indices { map.values[position] -= coarse.values[position] }
    return map
  }

  /// Blurs a picture and takes every other row and column.
  static func down(_ map: SampleMap) -> SampleMap {
    let blurred = blur(map, scale: 1)
    let (size, channels) = (map.size / 2, map.channels)
    var values: [Float] = []
    values.reserveCapacity(size * size * channels)
    for row in 0..<size {
      for column in 0..<size {
        let start = (2 * row * map.size + 2 * column) * channels
        values += blurred.values[start..<start + channels]
      }
    }
    return SampleMap(size: size, channels: channels, values: values)
  }

  /// Doubles a picture's sides, with blurred samples between those that are there.
  static func up(_ map: SampleMap) -> SampleMap {
    let (size, channels) = (2 * map.size, map.channels)
    var values = [Float](repeating: 0, count: size * size * channels)
    for row in 0..<map.size {
      for column in 0..<map.size {
        for channel in 0..<channels {
          values[(2 * row * size + 2 * column) * channels + channel] =
            map.values[(row * map.size + column) * channels + channel]
        }
      }
    }
    return blur(SampleMap(size: size, channels: channels, values: values), scale: 2)
  }

  /// Blurs along columns, then along rows, each time multiplying by `scale`.
  private static func blur(_ map: SampleMap, scale: Float) -> SampleMap {
    let width = map.size * map.channels
    let vertical = blurred(
      map.values, Axis(count: map.size, step: width, blocks: 1, blockStep: 0), scale)
    let both = blurred(
      vertical, Axis(count: map.size, step: map.channels, blocks: map.size, blockStep: width), scale
    )
    return SampleMap(size: map.size, channels: map.channels, values: both)
  }

  /// How lines of samples lie in memory: `blocks` blocks of `step` lines side by side, each of `count`
  /// samples that are `step` apart.
  private struct Axis {
    let count: Int
    let step: Int
    let blocks: Int
    let blockStep: Int
  }

  /// Blurs along one axis.
  private static func blurred(_ values: [Float], _ axis: Axis, _ scale: Float) -> [Float] {
    let (outer, inner, middle) = (scale / 16, scale * 4 / 16, scale * 6 / 16)
    return [Float](unsafeUninitializedCapacity: values.count) { output, initialized in
      values.withUnsafeBufferPointer { input in
        for place in 0..<axis.blocks * axis.count {
          let (block, position) = place.quotientAndRemainder(dividingBy: axis.count)
          func start(_ offset: Int) -> Int {
            block * axis.blockStep + mirrored(position + offset, axis.count) * axis.step
          }
          let (a, b, c, d, e) = (start(-2), start(-1), start(0), start(1), start(2))
          for line in 0..<axis.step {
            output[c + line] =
              outer * (input[a + line] + input[e + line])
              + inner * (input[b + line] + input[d + line]) + middle * input[c + line]
          }
        }
      }
      initialized = values.count
    }
  }

  /// Reflects a place outside `0 ..< count` at the first or last place.
  private static func mirrored(_ position: Int, _ count: Int) -> Int {
    let inside = abs(position)
    return inside < count ? inside : 2 * (count - 1) - inside
  }
}
