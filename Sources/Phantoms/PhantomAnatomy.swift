/// The measures of one chest, and where it lies in the picture.
///
/// Chest coordinates (u, v): u runs to the picture's right from the spine, 1 at the inner chest
/// wall; v runs down from the lungs' apices, 1 about where the diaphragm is. The patient's left,
/// and so the heart, is at the picture's right.
struct PhantomAnatomy {
  let width: Int
  let height: Int
  let pose: PhantomPose

  /// Half the trunk's width, neck included, by v.
  let trunk: PhantomProfile
  /// The inner chest wall's distance from the spine, by v.
  let cage: PhantomProfile
  /// The distance of the heart's and mediastinum's border from the spine at the picture's left and
  /// right, by v.
  let leftBorder: PhantomProfile
  let rightBorder: PhantomProfile
  /// Where the diaphragm lies, by u.
  let diaphragm: PhantomProfile
  /// The spine's deviation, by v.
  let spine: PhantomProfile

  /// How much of the tissue's attenuation the air takes away, 0 ... 1.
  let aeration: Float
  /// The attenuation of the trunk's thickest part.
  let density: Float
  let ribSpacing: Float
  let ribWidth: Float
  let ribSlope: Float
  let boneDensity: Float
  let shoulderLift: Float
  let hasStomachBubble: Bool

  /// Draws the measures of one chest.
  init(drawnWith dice: inout PhantomDice) {
    width = dice.integer(240...272)
    height = dice.integer(216...240)
    pose = PhantomPose(width: width, height: height, dice: &dice)
    let girth = dice.number(1.04...1.13)
    trunk = Self.trunkProfile.mapped { position, value in position > -0.15 ? value * girth : value }
    let apex = dice.number(0.92...1.08)
    cage = Self.cageProfile.mapped { position, value in
      value * (apex + (1 - apex) * phantomStep(position / 0.6))
    }
    let heart = dice.number(0.8...1.3)
    let stem = dice.number(0.85...1.2)
    func border(_ profile: PhantomProfile) -> PhantomProfile {
      profile.mapped { position, value in
        let size = stem + (heart - stem) * phantomStep((position - 0.3) / 0.3)
        return position < 0 ? value : value * size
      }
    }
    leftBorder = border(Self.leftBorderProfile)
    rightBorder = border(Self.rightBorderProfile)
    diaphragm = Self.diaphragm(drawnWith: &dice)
    let (bend, phase) = (dice.number(-0.035...0.035), dice.number(-0.3...0.3))
    spine = PhantomProfile([
      (-1, -bend), (phase, 0), (phase + 0.5, bend), (phase + 1, 0), (2, -bend),
    ])
    aeration = dice.number(0.66...0.8)
    density = dice.number(1.35...1.75)
    ribSpacing = dice.number(0.105...0.125)
    ribWidth = dice.number(0.03...0.042)
    ribSlope = dice.number(0.16...0.3)
    boneDensity = dice.number(0.75...1.15)
    shoulderLift = dice.number(-0.1...0.55)
    hasStomachBubble = dice.chance(0.5)
  }

  private static func diaphragm(drawnWith dice: inout PhantomDice) -> PhantomProfile {
    let left = dice.number(0.88...0.98)
    let right = left + dice.number(-0.01...0.07)
    let drop = dice.number(0.14...0.24)
    return PhantomProfile([
      (-1, left + drop), (-0.8, left + 0.3 * drop), (-0.5, left), (-0.2, left + 0.15 * drop),
      (0, 0.5 * (left + right) + 0.3 * drop),
      (0.25, right + 0.2 * drop), (0.55, right), (0.82, right + 0.3 * drop), (1, right + drop),
    ])
  }

  private static let trunkProfile = PhantomProfile([
    (-1, 0.40), (-0.5, 0.40), (-0.36, 0.42), (-0.26, 0.55), (-0.16, 0.9), (-0.05, 1.10),
    (0.1, 1.15),
    (0.3, 1.10), (0.6, 1.08), (1, 1.10), (1.5, 1.13),
  ])

  private static let cageProfile = PhantomProfile([
    (-0.08, 0.30), (-0.04, 0.42), (0.02, 0.54), (0.12, 0.67), (0.28, 0.81), (0.48, 0.91),
    (0.72, 0.98), (1, 1.0), (1.3, 1.0), (1.6, 0.96),
  ])

  private static let leftBorderProfile = PhantomProfile([
    (-0.08, 0.34), (-0.02, 0.25), (0.1, 0.20), (0.3, 0.19), (0.45, 0.21), (0.6, 0.29), (0.75, 0.33),
    (0.9, 0.31), (1.05, 0.24),
  ])

  private static let rightBorderProfile = PhantomProfile([
    (-0.08, 0.34), (-0.02, 0.25), (0.1, 0.20), (0.18, 0.25), (0.26, 0.25), (0.36, 0.25),
    (0.48, 0.33), (0.64, 0.46), (0.8, 0.56), (0.92, 0.58), (1.02, 0.52), (1.2, 0.4),
  ])
}

/// Maps chest coordinates to the picture's pixels and back.
struct PhantomPose {
  private let center: SIMD2<Float>
  private let unit: SIMD2<Float>
  private let cosine: Float
  private let sine: Float

  /// Places the chest near the picture's middle, slightly turned.
  init(width: Int, height: Int, dice: inout PhantomDice) {
    let size = dice.number(0.92...1.1)
    let breadth = Float(height) * 0.375 * size
    unit = SIMD2(breadth, breadth * dice.number(1.5...1.75))
    center = SIMD2(
      Float(width) * 0.5 + dice.number(-10...10),
      Float(height) * 0.5 - unit.y * 0.5 + dice.number(-10...12))
    let angle = dice.number(-0.055...0.055)
    // The first terms of sine and cosine: exact to 10⁻⁶ at such angles.
    sine = angle - angle * angle * angle / 6
    cosine = 1 - angle * angle / 2
  }

  /// The pixels in one unit of u.
  var scale: Float { unit.x }

  /// Returns the pixel of chest coordinates.
  func pixel(_ point: SIMD2<Float>) -> SIMD2<Float> {
    let scaled = point * unit
    return center
      + SIMD2(cosine * scaled.x - sine * scaled.y, sine * scaled.x + cosine * scaled.y)
  }

  /// Returns the chest coordinates of a pixel.
  func chest(x: Float, y: Float) -> SIMD2<Float> {
    let moved = SIMD2(x, y) - center
    return SIMD2(cosine * moved.x + sine * moved.y, cosine * moved.y - sine * moved.x) / unit
  }
}
