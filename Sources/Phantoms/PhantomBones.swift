/// Draws what is drawn with strokes: bones, limbs and vessels.
struct PhantomPen {
  let anatomy: PhantomAnatomy

  /// Returns a stroke through chest coordinates; `radius` is in units of u.
  func point(_ u: Float, _ v: Float, radius: Float, strength: Float) -> PhantomCanvas.Point {
    PhantomCanvas.Point(
      position: anatomy.pose.pixel(SIMD2(u, v)), radius: max(radius * anatomy.pose.scale, 0.8),
      strength: strength)
  }

  /// Draws ten pairs of ribs: behind, from the spine outwards; at the chest wall, where rays run
  /// along the bone, brightest; in front, faint, inwards and down.
  func ribs(on canvas: inout PhantomCanvas, dice: inout PhantomDice) {
    for side: Float in [-1, 1] {
      let lift = dice.number(-0.02...0.02)
      for number in 0..<11 {
        let start = -0.1 + lift + anatomy.ribSpacing * Float(number) + dice.number(-0.008...0.008)
        rib(side: side, start: start, number: number, on: &canvas)
      }
    }
  }

  private func rib(side: Float, start: Float, number: Int, on canvas: inout PhantomCanvas) {
    let turn = start + anatomy.ribSlope
    let wall = anatomy.cage(turn) * 1.015
    let width = anatomy.ribWidth
    let strength = 0.46 * anatomy.boneDensity
    let back = bezier(
      SIMD2(0.12, start), SIMD2(0.35 * wall, start - 0.045), SIMD2(0.93 * wall, start - 0.01),
      SIMD2(wall, turn))
    let behind = back.enumerated().map { index, place in
      let share = Float(index) / Float(back.count - 1)
      let edge = phantomStep((share - 0.6) / 0.4)
      return point(
        side * place.x, place.y, radius: width * (1 - 0.3 * edge),
        strength: strength * (0.75 + 0.75 * edge))
    }
    canvas.stroke(behind)
    guard number < 8 else { return }
    let front = bezier(
      SIMD2(wall, turn), SIMD2(wall, turn + 0.15), SIMD2(0.88 * wall, turn + 0.2),
      SIMD2(0.52 * wall, turn + 0.26))
    let before = front.enumerated().map { index, place in
      let share = Float(index) / Float(front.count - 1)
      return point(
        side * place.x, place.y, radius: width * (0.7 + 0.3 * share),
        strength: strength * (1.5 - phantomStep(share * 2.5)) * (1 - 0.4 * share))
    }
    canvas.stroke(before)
  }

  /// Draws clavicles, shoulder blades and upper arms.
  func shoulders(on canvas: inout PhantomCanvas, dice: inout PhantomDice) {
    for side: Float in [-1, 1] {
      let strength = 0.8 * anatomy.boneDensity
      let tilt = dice.number(-0.12...0.02) - 0.25 * anatomy.shoulderLift
      let inner = dice.number(-0.01...0.04)
      let clavicle = bezier(
        SIMD2(0.15, inner + 0.01), SIMD2(0.4, inner - 0.1), SIMD2(0.62, inner + 0.06 + tilt),
        SIMD2(0.98, inner + tilt - 0.02))
      canvas.stroke(
        clavicle.enumerated().map { index, place in
          let ends = abs(Float(index) / Float(clavicle.count - 1) - 0.5)
          return point(
            side * place.x, place.y, radius: 0.036 + 0.04 * ends * ends, strength: strength)
        })
      let blade = bezier(
        SIMD2(1.0, inner + tilt), SIMD2(0.98, 0.1), SIMD2(1.02, 0.22),
        SIMD2(1.0, dice.number(0.3...0.42)))
      canvas.stroke(
        blade.map { point(side * $0.x, $0.y, radius: 0.05, strength: 0.3 * strength) })
      canvas.stroke([
        point(side * 1.1, tilt + 0.02, radius: 0.09, strength: strength),
        point(side * 1.2, tilt - 0.02, radius: 0.07, strength: strength),
        point(
          side * 1.8, 0.3 - 1.2 * anatomy.shoulderLift, radius: 0.06, strength: 0.9 * strength),
      ])
    }
  }

  /// Draws the flesh that is no part of the trunk: arms and the head's lower part.
  func limbs(on canvas: inout PhantomCanvas, dice: inout PhantomDice) {
    for side: Float in [-1, 1] {
      canvas.stroke([
        point(side * 0.85, 0.12, radius: 0.3, strength: 0.62),
        point(side * 1.2, 0.02, radius: 0.27, strength: 0.6),
        point(side * 1.8, 0.3 - 1.2 * anatomy.shoulderLift, radius: 0.24, strength: 0.55),
      ])
    }
    let chin = dice.number(-0.5 ... -0.2)
    let turn = dice.number(-0.08...0.08)
    canvas.stroke([
      point(turn, chin - 0.28, radius: 0.52, strength: 1.15),
      point(turn, chin - 0.14, radius: 0.38, strength: 1.15),
    ])
  }

  /// Draws the vessels, which leave each hilum and branch twice on their way out.
  func vessels(on canvas: inout PhantomCanvas, dice: inout PhantomDice) {
    for side: Float in [-1, 1] {
      let hilum = SIMD2<Float>(side * dice.number(0.24...0.3), dice.number(0.38...0.46))
      for _ in 0..<9 {
        let aim = SIMD2(side * dice.number(0.1...0.75), dice.number(-0.4...0.55))
        branch(from: hilum, by: aim * 0.4, radius: 0.032, depth: 3, on: &canvas, dice: &dice)
      }
    }
  }

  private func branch(
    from start: SIMD2<Float>, by step: SIMD2<Float>, radius: Float, depth: Int,
    on canvas: inout PhantomCanvas, dice: inout PhantomDice
  ) {
    let end = start + step
    let strength = 0.24 * (radius / 0.032)
    canvas.stroke([
      point(start.x, start.y, radius: radius, strength: strength),
      point(end.x, end.y, radius: radius * 0.7, strength: strength * 0.75),
    ])
    guard depth > 1 else { return }
    for _ in 0..<2 {
      let bent = SIMD2(
        step.x * dice.number(0.4...0.9) - step.y * dice.number(-0.7...0.7),
        step.y * dice.number(0.4...0.9) + step.x * dice.number(-0.7...0.7))
      branch(from: end, by: bent, radius: radius * 0.68, depth: depth - 1, on: &canvas, dice: &dice)
    }
  }

  private func bezier(
    _ start: SIMD2<Float>, _ first: SIMD2<Float>, _ second: SIMD2<Float>, _ end: SIMD2<Float>
  ) -> [SIMD2<Float>] {
    (0...12).map { index in
      let share = Float(index) / 12
      let rest = 1 - share
      let near = rest * rest * (rest * start + 3 * share * first)
      return near + share * share * (3 * rest * second + share * end)
    }
  }
}
