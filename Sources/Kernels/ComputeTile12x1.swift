import KernelTable

/// Rows of the tile of one register: twelve accumulators of one register hide the multiply-add's
/// latency as well as six of two do.
let rowsOfOneRegister = 12

/// See `ComputeTile`: twelve rows of one register.
@Sendable
func computeTile12x1(_ rows: TileRows, _ runs: Runs, _ panel: TilePanel, _ result: TileResult) {
  let (a, aOffset, c, cOffset) = (rows.pointers, rows.offset, result.pointers, result.offset)
  let accumulate = result.accumulate
  let a0 = a[0] + aOffset
  let a1 = a[1] + aOffset
  let a2 = a[2] + aOffset
  let a3 = a[3] + aOffset
  let a4 = a[4] + aOffset
  let a5 = a[5] + aOffset
  let a6 = a[6] + aOffset
  let a7 = a[7] + aOffset
  let a8 = a[8] + aOffset
  let a9 = a[9] + aOffset
  let a10 = a[10] + aOffset
  let a11 = a[11] + aOffset
  let zero = Vector(repeating: 0)
  var c0 = accumulate ? loadVector(c[0] + cOffset) : zero
  var c1 = accumulate ? loadVector(c[1] + cOffset) : zero
  var c2 = accumulate ? loadVector(c[2] + cOffset) : zero
  var c3 = accumulate ? loadVector(c[3] + cOffset) : zero
  var c4 = accumulate ? loadVector(c[4] + cOffset) : zero
  var c5 = accumulate ? loadVector(c[5] + cOffset) : zero
  var c6 = accumulate ? loadVector(c[6] + cOffset) : zero
  var c7 = accumulate ? loadVector(c[7] + cOffset) : zero
  var c8 = accumulate ? loadVector(c[8] + cOffset) : zero
  var c9 = accumulate ? loadVector(c[9] + cOffset) : zero
  var c10 = accumulate ? loadVector(c[10] + cOffset) : zero
  var c11 = accumulate ? loadVector(c[11] + cOffset) : zero
  var b = panel.first
  var start = 0
  var run = runs.count
  while run > 0 {
    var k = start
    let end = start &+ runs.length
    while k < end {
      let row = loadVector(b)
      multiplyAdd(&c0, Vector(repeating: a0[k]), row)
      multiplyAdd(&c1, Vector(repeating: a1[k]), row)
      multiplyAdd(&c2, Vector(repeating: a2[k]), row)
      multiplyAdd(&c3, Vector(repeating: a3[k]), row)
      multiplyAdd(&c4, Vector(repeating: a4[k]), row)
      multiplyAdd(&c5, Vector(repeating: a5[k]), row)
      multiplyAdd(&c6, Vector(repeating: a6[k]), row)
      multiplyAdd(&c7, Vector(repeating: a7[k]), row)
      multiplyAdd(&c8, Vector(repeating: a8[k]), row)
      multiplyAdd(&c9, Vector(repeating: a9[k]), row)
      multiplyAdd(&c10, Vector(repeating: a10[k]), row)
      multiplyAdd(&c11, Vector(repeating: a11[k]), row)
      b += width
      k &+= 1
    }
    start &+= runs.stride
    run &-= 1
  }
  storeVector(c0, c[0] + cOffset)
  storeVector(c1, c[1] + cOffset)
  storeVector(c2, c[2] + cOffset)
  storeVector(c3, c[3] + cOffset)
  storeVector(c4, c[4] + cOffset)
  storeVector(c5, c[5] + cOffset)
  storeVector(c6, c[6] + cOffset)
  storeVector(c7, c[7] + cOffset)
  storeVector(c8, c[8] + cOffset)
  storeVector(c9, c[9] + cOffset)
  storeVector(c10, c[10] + cOffset)
  storeVector(c11, c[11] + cOffset)
}
