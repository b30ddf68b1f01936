import Foundation
import Support

/// How one image of a batch is turned about its centre, made larger or smaller, and moved.
public struct ImageTurn: Equatable, Sendable {
  /// Rows by which the image moves down.
  public var down: Double
  /// Columns by which it moves to the right.
  public var right: Double
  /// The angle in radians, with the clock.
  public var angle: Double
  /// By what lengths are multiplied.
  public var zoom: Double

  /// Makes a turn; without arguments it changes nothing.
  public init(angle: Double = 0, zoom: Double = 1, down: Double = 0, right: Double = 0) {
    self.angle = angle
    self.zoom = zoom
    self.down = down
    self.right = right
  }
}

extension Backend {
  /// Returns each image of a batch turned and zoomed in its own way, sampled bilinearly; what comes in
  /// from outside has the colour of the nearest border.
  ///
  /// With (r, c) a pixel's rows and columns from the centre, after the move, it shows the place
  /// `(cos α·r − sin α·c, sin α·r + cos α·c) / zoom` of the original, in double precision until
  /// the four pixels there are mixed in `Float`. Without turn and zoom the result is the original, bit
  /// for bit. Traps where the counts differ or a zoom is not above 0.
  ///
  /// - Parameter x: `[n, height, width, channels]`.
  public func turn(_ x: Tensor, by turns: [ImageTurn]) -> Tensor {
    let start = operationStart
    defer { report("turning", since: start, [x.shape]) }
    require(
      turns.count == x.shape.batch && turns.allSatisfy { $0.zoom > 0 },
      "\(turns.count) turns for \(x.shape.batch) images")
    let y = makeTensor(uninitialized: x.shape)
    let count = x.shape.height * x.shape.width * x.shape.channels
    pool.parallelFor(x.shape.batch) { image, _ in
      let (source, target) = (x.pointer + image * count, y.pointer + image * count)
      if turns[image] == ImageTurn() {
        target.update(from: source, count: count)
      } else {
        turns[image].apply(to: source, of: x.shape, writingTo: target)
      }
    }
    return y
  }
}

extension ImageTurn {
  /// Samples one image of `shape`.
  fileprivate func apply(
    to source: UnsafePointer<Float>, of shape: Shape, writingTo target: UnsafeMutablePointer<Float>
  ) {
    let (cosine, sine) = (cos(angle) / zoom, sin(angle) / zoom)
    let (middleRow, middleColumn) = (Double(shape.height - 1) / 2, Double(shape.width - 1) / 2)
    var next = target
    for row in 0..<shape.height {
      for column in 0..<shape.width {
        let r = Double(row) - middleRow - down
        let c = Double(column) - middleColumn - right
        let rows = Blend(at: middleRow + cosine * r - sine * c, of: shape.height)
        let columns = Blend(at: middleColumn + sine * r + cosine * c, of: shape.width)
        for channel in 0..<shape.channels {
          func mixed(_ row: Int) -> Float {
            let line = source + row * shape.width * shape.channels + channel
            return columns.mix(
              line[columns.first * shape.channels], line[columns.second * shape.channels])
          }
          next[channel] = rows.mix(mixed(rows.first), mixed(rows.second))
        }
        next += shape.channels
      }
    }
  }
}

/// Two neighbours along an axis, and how much of the second there is.
private struct Blend {
  let first: Int
  let second: Int
  let share: Float

  /// Finds the neighbours of a place, moved to the nearest of `count` pixels where it is outside.
  init(at place: Double, of count: Int) {
    let place = min(max(place, 0), Double(count - 1))
    first = Int(place)
    second = min(first + 1, count - 1)
    share = Float(place - Double(first))
  }

  func mix(_ a: Float, _ b: Float) -> Float { a + share * (b - a) }
}
