import KernelTable

/// Registers that `peakMultiplyAdds` works on, each with a chain of its own: enough to hide the latency.
let accumulatorCount = 12

/// See `PeakKernel`: the benchmark. The matrix kernels' own is `multiplyAdd`.
///
/// The accumulator is a factor and not the sum, so that no product stays the same from round to round.
@Sendable
func peakMultiplyAdds(_ x: Destination, _ factor: Float, _ term: Float, _ rounds: Int) {
  let a = Vector(repeating: factor)
  let b = Vector(repeating: term)
  var x0 = loadVector(x)
  var x1 = loadVector(x, width)
  var x2 = loadVector(x, 2 &* width)
  var x3 = loadVector(x, 3 &* width)
  var x4 = loadVector(x, 4 &* width)
  var x5 = loadVector(x, 5 &* width)
  var x6 = loadVector(x, 6 &* width)
  var x7 = loadVector(x, 7 &* width)
  var x8 = loadVector(x, 8 &* width)
  var x9 = loadVector(x, 9 &* width)
  var x10 = loadVector(x, 10 &* width)
  var x11 = loadVector(x, 11 &* width)
  var round = rounds
  while round > 0 {
    x0 = product(x0, a, plus: b)
    x1 = product(x1, a, plus: b)
    x2 = product(x2, a, plus: b)
    x3 = product(x3, a, plus: b)
    x4 = product(x4, a, plus: b)
    x5 = product(x5, a, plus: b)
    x6 = product(x6, a, plus: b)
    x7 = product(x7, a, plus: b)
    x8 = product(x8, a, plus: b)
    x9 = product(x9, a, plus: b)
    x10 = product(x10, a, plus: b)
    x11 = product(x11, a, plus: b)
    round &-= 1
  }
  storeVector(x0, x)
  storeVector(x1, x, width)
  storeVector(x2, x, 2 &* width)
  storeVector(x3, x, 3 &* width)
  storeVector(x4, x, 4 &* width)
  storeVector(x5, x, 5 &* width)
  storeVector(x6, x, 6 &* width)
  storeVector(x7, x, 7 &* width)
  storeVector(x8, x, 8 &* width)
  storeVector(x9, x, 9 &* width)
  storeVector(x10, x, 10 &* width)
  storeVector(x11, x, 11 &* width)
}

/// Returns `x·a + b`.
@inline(__always)
private func product(_ x: Vector, _ a: Vector, plus b: Vector) -> Vector {
  var sum = b
  multiplyAdd(&sum, x, a)
  return sum
}
