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
///
/// The sums stay in the first-level cache while both maps are read as they lie, row after row: to
/// keep some channels' sums in registers would read parts of rows that are far apart, at half the
/// speed.
@Sendable
func normalizationGradientSums(
  _ x: Source, _ dy: Source, _ rows: Int, _ channels: Int, _ parameters: NormalizationParameters,
  _ first: Destination, _ second: Destination
) {
  let slope = Vector(repeating: parameters.slope)
  clear(first, channels)
  clear(second, channels)
  for r in 0..<rows {
    let row = r &* channels
    forEachRegister(channels) { c, lanes in
      let (dz, d) = gradientBeforeRectifier(
        loadLanes(x + row + c, lanes), loadLanes(dy + row + c, lanes),
        loadLanes(parameters.mean + c, lanes), loadLanes(parameters.scale + c, lanes),
        loadLanes(parameters.shift + c, lanes), slope)
      storeLanes(loadLanes(first + c, lanes) + dz, first + c, lanes)
      var sum = loadLanes(second + c, lanes)
      multiplyAdd(&sum, dz, d)
      storeLanes(sum, second + c, lanes)
    }
  }
}

/// Sets `count` floats to zero.
@inline(__always)
private func clear(_ p: Destination, _ count: Int) {
  forEachRegister(count) { c, lanes in storeLanes(Vector(repeating: 0), p + c, lanes) }
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
    forEachRegister(channels) { c, lanes in
      let scale = loadLanes(parameters.scale + c, lanes)
      let (dz, d) = gradientBeforeRectifier(
        loadLanes(x + row + c, lanes), loadLanes(dy + row + c, lanes),
        loadLanes(parameters.mean + c, lanes), scale, loadLanes(parameters.shift + c, lanes), slope)
      var result = Vector(repeating: 0) - loadLanes(offset + c, lanes)
      multiplyAdd(&result, scale, dz)
      multiplyAdd(&result, Vector(repeating: 0) - loadLanes(factor + c, lanes), d)
      storeLanes(result, dx + row + c, lanes)
    }
  }
}
