import KernelTable

/// The gradient before the rectifier, and the input's deviation, of one register of channels.
@inline(__always)
private func gradientBeforeRectifier(
  _ x: Vector, _ dy: Vector, _ mean: Vector, _ scale: Vector, _ shift: Vector, _ slope: Vector
) -> (dz: Vector, deviation: Vector) {
  var z = shift
  multiplyAdd(&z, x, scale)
  return (rectified(dy, by: z, slope), x - mean)
}

/// See `NormalizationGradientSums`.
@Sendable
func normalizationGradientSums(
  _ x: Source, _ dy: Source, _ rows: Int, _ channels: Int, _ parameters: NormalizationParameters,
  _ first: Destination, _ second: Destination
) {
  let slope = Vector(repeating: parameters.slope)
  var c = 0
  while c &+ 2 &* width <= channels {
    sumGradients(x, dy, rows, channels, parameters, slope, c, first, second)
    c &+= 2 &* width
  }
  while c < channels {
    let lanes = min(width, channels &- c)
    let mean = loadLanes(parameters.mean + c, lanes)
    let scale = loadLanes(parameters.scale + c, lanes)
    let shift = loadLanes(parameters.shift + c, lanes)
    var (s, t) = (Vector(repeating: 0), Vector(repeating: 0))
    for r in 0..<rows {
      let i = r &* channels &+ c
      let (dz, d) = gradientBeforeRectifier(
        loadLanes(x + i, lanes), loadLanes(dy + i, lanes), mean, scale, shift, slope)
      s += dz
      multiplyAdd(&t, dz, d)
    }
    storeLanes(s, first + c, lanes)
    storeLanes(t, second + c, lanes)
    c &+= width
  }
}

/// Sums two registers of channels over all rows: a whole cache line of every row at AVX's width.
@inline(__always)
private func sumGradients(
  _ x: Source, _ dy: Source, _ rows: Int, _ channels: Int, _ parameters: NormalizationParameters,
  _ slope: Vector, _ c: Int, _ first: Destination, _ second: Destination
) {
  let (mean0, mean1) = (
    loadVector(parameters.mean, c), loadVector(parameters.mean, c &+ width)
  )
  let (scale0, scale1) = (
    loadVector(parameters.scale, c), loadVector(parameters.scale, c &+ width)
  )
  let (shift0, shift1) = (
    loadVector(parameters.shift, c), loadVector(parameters.shift, c &+ width)
  )
  var s0 = Vector(repeating: 0)
  var (s1, t0, t1) = (s0, s0, s0)
  var p = x + c
  var q = dy + c
  for _ in 0..<rows {
    let (dz0, d0) = gradientBeforeRectifier(
      loadVector(p), loadVector(q), mean0, scale0, shift0, slope)
    let (dz1, d1) = gradientBeforeRectifier(
      loadVector(p, width), loadVector(q, width), mean1, scale1, shift1, slope)
    s0 += dz0
    s1 += dz1
    multiplyAdd(&t0, dz0, d0)
    multiplyAdd(&t1, dz1, d1)
    p += channels
    q += channels
  }
  storeVector(s0, first, c)
  storeVector(s1, first, c &+ width)
  storeVector(t0, second, c)
  storeVector(t1, second, c &+ width)
}

/// See `NormalizationGradient`.
@Sendable
func normalizationGradient(
  _ x: Source, _ dy: Source, _ rows: Int, _ channels: Int, _ parameters: NormalizationParameters,
  _ offset: Source, _ factor: Source, _ dx: Destination
) {
  let slope = Vector(repeating: parameters.slope)
  for r in 0..<rows {
    let row = r &* channels
    var c = 0
    while c < channels {
      let lanes = min(width, channels &- c)
      let scale = loadLanes(parameters.scale + c, lanes)
      let (dz, d) = gradientBeforeRectifier(
        loadLanes(x + row + c, lanes), loadLanes(dy + row + c, lanes),
        loadLanes(parameters.mean + c, lanes), scale, loadLanes(parameters.shift + c, lanes), slope)
      var result = Vector(repeating: 0) - loadLanes(offset + c, lanes)
      multiplyAdd(&result, scale, dz)
      multiplyAdd(&result, Vector(repeating: 0) - loadLanes(factor + c, lanes), d)
      storeLanes(result, dx + row + c, lanes)
      c &+= width
    }
  }
}
