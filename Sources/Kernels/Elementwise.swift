import KernelTable

/// Computes `y = x > 0 ? x : slope·x`.
@Sendable
func leaky(_ x: Source, _ slope: Float, _ y: Destination, _ count: Int) {
  let negative = Vector(repeating: slope)
  map(x, y, count) { rectified($0, by: $0, negative) }
}

/// Computes `dx = y > 0 ? dy : slope·dy`.
@Sendable
func leakyGradient(_ y: Source, _ dy: Source, _ slope: Float, _ dx: Destination, _ count: Int) {
  let negative = Vector(repeating: slope)
  map(y, dy, dx, count) { y, dy in rectified(dy, by: y, negative) }
}

/// Computes `y = tanh(x)`.
@Sendable
func tanh(_ x: Source, _ y: Destination, _ count: Int) {
  map(x, y, count) { hyperbolicTangent($0) }
}

/// Computes `dx = dy·(1 − y²)`.
@Sendable
func tanhGradient(_ y: Source, _ dy: Source, _ dx: Destination, _ count: Int) {
  map(y, dy, dx, count) { y, dy in
    var result = dy
    multiplyAdd(&result, dy * y, Vector(repeating: 0) - y)
    return result
  }
}

/// Computes `y = 1 / (1 + e⁻ˣ)`.
@Sendable
func sigmoid(_ x: Source, _ y: Destination, _ count: Int) {
  map(x, y, count) { logistic($0) }
}

/// Computes `y += x`.
@Sendable
func add(_ x: Source, _ y: Destination, _ count: Int) {
  map(x, UnsafePointer(y), y, count) { $0 + $1 }
}

/// See `AdamStep`.
@Sendable
func adamStep(
  _ p: Destination, _ m: Destination, _ v: Destination, _ g: Source, _ count: Int,
  _ coefficients: AdamCoefficients
) {
  var i = 0
  while i < count {
    let lanes = min(width, count &- i)
    let gradient = loadLanes(g + i, lanes)
    var first = loadLanes(m + i, lanes) * coefficients.beta1
    multiplyAdd(&first, gradient, Vector(repeating: coefficients.complement1))
    var second = loadLanes(v + i, lanes) * coefficients.beta2
    multiplyAdd(&second, gradient * gradient, Vector(repeating: coefficients.complement2))
    storeLanes(first, m + i, lanes)
    storeLanes(second, v + i, lanes)
    let root = squareRoot(second) * coefficients.correction + coefficients.epsilon
    let step = (first * coefficients.rate) / root
    storeLanes(loadLanes(p + i, lanes) - step, p + i, lanes)
    i &+= width
  }
}

/// Applies a function of one register to `count` floats.
@inline(__always)
private func map(
  _ x: Source, _ y: Destination, _ count: Int, _ body: (Vector) -> Vector
) {
  var i = 0
  while i < count {
    let lanes = min(width, count &- i)
    storeLanes(body(loadLanes(x + i, lanes)), y + i, lanes)
    i &+= width
  }
}

/// Applies a function of two registers to `count` floats.
@inline(__always)
private func map(
  _ x: Source, _ y: Source, _ z: Destination, _ count: Int, _ body: (Vector, Vector) -> Vector
) {
  var i = 0
  while i < count {
    let lanes = min(width, count &- i)
    storeLanes(body(loadLanes(x + i, lanes), loadLanes(y + i, lanes)), z + i, lanes)
    i &+= width
  }
}
