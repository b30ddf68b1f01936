import Tensor

/// The layers of one drawing, and adds them up to what the rays lose on their way.
struct PhantomLayers {
  private var bones: PhantomCanvas
  private var limbs: PhantomCanvas
  private var vessels: PhantomCanvas
  private var texture: PhantomCanvas
  private var opacity: PhantomCanvas

  /// Draws the layers of a healthy chest.
  init(_ anatomy: PhantomAnatomy, dice: inout PhantomDice, texture stream: RandomStream) {
    let (width, height) = (anatomy.width, anatomy.height)
    let pen = PhantomPen(anatomy: anatomy)
    bones = PhantomCanvas(width: width, height: height)
    limbs = bones
    vessels = bones
    opacity = bones
    pen.ribs(on: &bones, dice: &dice)
    pen.shoulders(on: &bones, dice: &dice)
    pen.limbs(on: &limbs, dice: &dice)
    pen.vessels(on: &vessels, dice: &dice)
    texture = PhantomCanvas(width: width, height: height, noiseOf: stream, cell: 14)
  }

  /// Fills parts of the lungs: one lobe, a few patches on both sides, or a haze about the hila.
  mutating func addOpacities(
    of anatomy: PhantomAnatomy, dice: inout PhantomDice, texture stream: RandomStream
  ) {
    let clouds = PhantomCloud.draw(with: &dice)
    let noise = PhantomCanvas(
      width: opacity.width, height: opacity.height, noiseOf: stream, cell: dice.number(9...20))
    for y in 0..<opacity.height {
      for x in 0..<opacity.width {
        let place = anatomy.pose.chest(x: Float(x), y: Float(y))
        let index = y * opacity.width + x
        let clear = clouds.reduce(Float(1)) { $0 * (1 - $1.strength(at: place)) }
        opacity.values[index] = (1 - clear) * min(0.55 + 0.9 * noise.values[index], 1)
      }
    }
  }

  /// Returns the attenuation of every pixel's ray.
  func attenuation(of anatomy: PhantomAnatomy) -> PhantomCanvas {
    var result = PhantomCanvas(width: anatomy.width, height: anatomy.height)
    for y in 0..<result.height {
      for x in 0..<result.width {
        let place = anatomy.pose.chest(x: Float(x), y: Float(y))
        let index = y * result.width + x
        result.values[index] = attenuation(of: anatomy, at: place, index)
      }
    }
    return result
  }

  private func attenuation(
    of anatomy: PhantomAnatomy, at place: SIMD2<Float>, _ index: Int
  ) -> Float {
    let (u, v) = (place.x, place.y)
    let side = u / anatomy.trunk(v)
    let trunk = max(1 - side * side, 0).squareRoot()
    let tissue = max(trunk, limbs.values[index])
    guard tissue > 0 else { return 0 }
    let offCenter = u - anatomy.spine(v)
    let lung = anatomy.lung(u, v)
    let mottled = 0.86 + 0.24 * texture.values[index]
    let air = lung * mottled * (1 - opacity.values[index]) * anatomy.aeration
    var sum = anatomy.density * tissue * (1 - air) * (0.95 + 0.1 * texture.values[index])
    sum += lung * vessels.values[index]
    sum += bones.values[index] * (0.45 + 0.55 * tissue)
    sum += anatomy.vertebrae(offCenter, v) - anatomy.windpipe(offCenter, v)
    sum -= anatomy.stomachBubble(u, v) * texture.values[index]
    return max(sum, 0)
  }
}

extension PhantomAnatomy {
  /// Returns how much of the ray at (u, v) runs through lung, 0 ... 1.
  func lung(_ u: Float, _ v: Float) -> Float {
    guard v > -0.12 && v < 1.4 else { return 0 }
    let distance = abs(u)
    let border = u < 0 ? leftBorder(v) : rightBorder(v)
    let wall = phantomStep((cage(v) - distance) / 0.1)
    // The heart covers the lung behind it but for a rest: its border is sharp, its shadow not deep.
    let heart = phantomStep((distance - border) / 0.07)
    // Some lung lies behind the diaphragm's dome, and is seen through it.
    let above = diaphragm(u) - v
    let base = 0.86 * phantomStep(above / 0.03 + 0.5) + 0.14 * phantomStep(above / 0.24 + 1)
    return wall * (0.1 + 0.9 * heart) * base * (heart > 0 ? 1 : 0.9)
  }

  /// Returns the attenuation that the spine adds: a column of bodies with brighter end plates.
  func vertebrae(_ offCenter: Float, _ v: Float) -> Float {
    let across = abs(offCenter) / 0.155
    guard across < 1 else { return 0 }
    let count = v / (ribSpacing * 0.92) + 20
    let phase = abs(count - count.rounded(.down) - 0.5) * 2
    let plate = phantomStep((phase - 0.45) / 0.3) - 1.6 * phantomStep((phase - 0.78) / 0.2)
    let edge = phantomStep((1 - across) * 4)
    return boneDensity * edge * (0.4 + 0.34 * plate * phantomStep((1 - across) * 2.5))
  }

  /// Returns the attenuation that the air in the windpipe takes away.
  func windpipe(_ offCenter: Float, _ v: Float) -> Float {
    let across = abs(offCenter + 0.015) / 0.075
    guard across < 1 && v < 0.34 else { return 0 }
    return 0.62 * (1 - across * across).squareRoot() * phantomStep((0.34 - v) / 0.25)
  }

  /// Returns the attenuation that the air in the stomach takes away.
  func stomachBubble(_ u: Float, _ v: Float) -> Float {
    guard hasStomachBubble else { return 0 }
    let (across, down) = ((u - 0.5) / 0.26, (v - diaphragm(0.5) - 0.17) / 0.13)
    return 1.1 * phantomStep((1 - across * across - down * down) * 1.6)
  }
}
