/// One filled part of a lung: an ellipse in chest coordinates that fades outwards.
struct PhantomCloud {
  private let center: SIMD2<Float>
  private let radii: SIMD2<Float>
  private let density: Float
  /// The share of the radius over which it fades: small for a lobe, 1 for a haze.
  private let softness: Float

  /// Returns how much of the air is gone at `place`, 0 ... 1.
  func strength(at place: SIMD2<Float>) -> Float {
    let offset = (place - center) / radii
    let distance = (offset * offset).sum()
    guard distance < 1 else { return 0 }
    return density * phantomStep((1 - distance) / softness)
  }

  /// Draws the clouds of one chest.
  static func draw(with dice: inout PhantomDice) -> [PhantomCloud] {
    switch dice.integer(0...2) {
    case 0: lobe(with: &dice)
    case 1: patches(with: &dice)
    default: haze(with: &dice)
    }
  }

  private static func lobe(with dice: inout PhantomDice) -> [PhantomCloud] {
    let side: Float = dice.chance(0.6) ? -1 : 1
    let level = Float(dice.integer(0...2)) * 0.3
    return [
      PhantomCloud(
        center: SIMD2(side * dice.number(0.45...0.65), 0.22 + level + dice.number(-0.05...0.05)),
        radii: SIMD2(dice.number(0.4...0.6), dice.number(0.22...0.34)),
        density: dice.number(0.7...0.95), softness: dice.number(0.35...0.6))
    ] + patches(with: &dice).prefix(2)
  }

  private static func patches(with dice: inout PhantomDice) -> [PhantomCloud] {
    (0..<dice.integer(4...9)).map { _ in
      let side: Float = dice.chance(0.5) ? -1 : 1
      return PhantomCloud(
        center: SIMD2(side * dice.number(0.3...0.8), dice.number(0.2...0.92)),
        radii: SIMD2(dice.number(0.14...0.34), dice.number(0.09...0.22)),
        density: dice.number(0.45...0.8), softness: 1)
    }
  }

  private static func haze(with dice: inout PhantomDice) -> [PhantomCloud] {
    [Float(-1), 1].map { side in
      PhantomCloud(
        center: SIMD2(side * dice.number(0.3...0.42), dice.number(0.45...0.65)),
        radii: SIMD2(dice.number(0.42...0.6), dice.number(0.42...0.6)),
        density: dice.number(0.5...0.8), softness: 1)
    } + patches(with: &dice).prefix(3)
  }
}
