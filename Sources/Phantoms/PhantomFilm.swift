import Foundation
import Imaging
import Tensor

/// Turns attenuation into a picture: exposure, blur, grain, collimator edges and the side marker.
struct PhantomFilm {
  private let exposure: Float
  private let black: Float
  private let white: Float
  private let blur: Float
  private let grain: Float
  /// How many pixels the collimator takes at the left, right, top and bottom.
  private let shutter: SIMD4<Int>
  /// The marker's upper left corner as a share of the picture, and its height in pixels.
  private let marker: (x: Float, y: Float, height: Float)

  /// Draws the settings of one exposure.
  init(drawnWith dice: inout PhantomDice) {
    exposure = dice.number(0.85...1.1)
    black = dice.number(-6...14)
    white = dice.number(222...252)
    blur = dice.number(0.1...0.24)
    grain = dice.number(1.2...3)
    var blades = SIMD4<Int>(repeating: 0)
    for edge in 0..<4 where dice.chance(0.15) { blades[edge] = dice.integer(3...10) }
    shutter = blades
    marker = (dice.number(0.06...0.12), dice.number(0.05...0.4), dice.number(9...13))
  }

  /// Returns the picture: grey = black + (white − black) · (1 − exp(−exposure · attenuation)),
  /// blurred, with grain; the more a ray loses, the brighter.
  func develop(_ attenuation: PhantomCanvas, grain stream: RandomStream) -> PixelImage {
    var picture = attenuation
    for index in picture.values.indices {
      picture.values[index] =
        black + (white - black) * (1 - exp(-exposure * attenuation.values[index]))
    }
    mark(&picture)
    soften(&picture)
    return PixelImage(
      width: picture.width, height: picture.height, channels: 1,
      pixels: bytes(picture, grain: stream))
  }

  /// Draws the letter R, which marks the patient's right.
  private func mark(_ picture: inout PhantomCanvas) {
    let corner = SIMD2(marker.x * Float(picture.width), marker.y * Float(picture.height))
    let letter: [[SIMD2<Float>]] = [
      [SIMD2(0, 1), SIMD2(0, 0), SIMD2(0.4, 0), SIMD2(0.55, 0.12), SIMD2(0.55, 0.38)],
      [SIMD2(0.55, 0.38), SIMD2(0.4, 0.5), SIMD2(0, 0.5)],
      [SIMD2(0.25, 0.5), SIMD2(0.58, 1)],
    ]
    for line in letter {
      picture.stroke(
        line.map {
          PhantomCanvas.Point(
            position: corner + $0 * marker.height, radius: 1.1, strength: white)
        })
    }
  }

  /// Weighs every pixel with its neighbours, `blur` each, along rows and then along columns.
  private func soften(_ picture: inout PhantomCanvas) {
    let (width, height) = (picture.width, picture.height)
    soften(&picture.values, lines: height, lineStep: width, count: width, step: 1)
    soften(&picture.values, lines: width, lineStep: 1, count: height, step: width)
  }

  private func soften(
    _ values: inout [Float], lines: Int, lineStep: Int, count: Int, step: Int
  ) {
    for line in 0..<lines {
      var index = line * lineStep
      var before = values[index]
      for _ in 1..<count - 1 {
        index += step
        let here = values[index]
        values[index] = here + blur * (before + values[index + step] - 2 * here)
        before = here
      }
    }
  }

  private func bytes(_ picture: PhantomCanvas, grain stream: RandomStream) -> [UInt8] {
    let columns = shutter[0]..<picture.width - shutter[1]
    let rows = shutter[2]..<picture.height - shutter[3]
    return picture.values.indices.map { index in
      let (row, column) = index.quotientAndRemainder(dividingBy: picture.width)
      let open = rows.contains(row) && columns.contains(column)
      let noise = grain * Self.bell(stream.bits(at: UInt64(index)))
      let value = (open ? picture.values[index] : black) + noise
      return UInt8(min(max(value, 0), 255).rounded())
    }
  }

  /// Returns a nearly normal number from 32 random bits: the sum of the four bytes, less its mean
  /// 510, over its standard deviation √(4 · 65,535 / 12) = 147.8.
  private static func bell(_ bits: UInt32) -> Float {
    let sum = (bits & 255) + (bits >> 8 & 255) + (bits >> 16 & 255) + bits >> 24
    return (Float(sum) - 510) / 147.8
  }
}
