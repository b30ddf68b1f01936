import KernelTable

/// See `AddWindows`.
@Sendable
func addWindows(
  _ windows: Source, _ stride: Int, _ length: Int, _ count: Int, _ row: Destination,
  _ rowLength: Int, _ step: Int, _ before: Int
) {
  if length == 2 &* step {
    addHalfOverlapping(windows, stride, count, row, rowLength, step, before)
    return
  }
  var w = 0
  while w < count {
    addClipped(windows + w &* stride, length, row, rowLength, w &* step &- before)
    w &+= 1
  }
}

/// Adds windows of which each begins in the middle of the one before: a step of the row is the sum of
/// one's second half and the next one's first half.
///
/// A step is read and written once. Window after window it would be read again, from places that two
/// writes are still under way to, and wait for both.
@inline(__always)
private func addHalfOverlapping(
  _ windows: Source, _ stride: Int, _ count: Int, _ row: Destination, _ rowLength: Int,
  _ step: Int, _ before: Int
) {
  addClipped(windows, step, row, rowLength, 0 &- before)
  var w = 1
  while w < count {
    let window = windows + w &* stride
    let earlier = window - stride + step
    let place = w &* step &- before
    if place >= 0 && place &+ step <= rowLength {
      addBoth(earlier, window, row + place, step)
    } else {
      addClipped(earlier, step, row, rowLength, place)
      addClipped(window, step, row, rowLength, place)
    }
    w &+= 1
  }
  let last = windows + (count &- 1) &* stride
  addClipped(last + step, step, row, rowLength, count &* step &- before)
}

/// Adds what of `count` floats from `place` on lies within the row.
@inline(__always)
private func addClipped(
  _ x: Source, _ count: Int, _ row: Destination, _ rowLength: Int, _ place: Int
) {
  let first = max(0, 0 &- place)
  let end = min(count, rowLength &- place)
  if first < end { addFloats(x + first, row + (place &+ first), end &- first) }
}

/// Adds `count` floats, four at a time: a window is a handful of pixels.
@inline(__always)
private func addFloats(_ x: Source, _ y: Destination, _ count: Int) {
  var i = 0
  while i &+ 4 <= count {
    let sum = load(SIMD4<Float>.self, y + i) + load(SIMD4<Float>.self, x + i)
    store(sum, y + i)
    i &+= 4
  }
  while i < count {
    y[i] += x[i]
    i &+= 1
  }
}

/// Adds `count` floats of one window, then of another, four and two at a time.
@inline(__always)
private func addBoth(_ first: Source, _ second: Source, _ y: Destination, _ count: Int) {
  var i = 0
  while i &+ 4 <= count {
    let sum = load(SIMD4<Float>.self, y + i) + load(SIMD4<Float>.self, first + i)
    store(sum + load(SIMD4<Float>.self, second + i), y + i)
    i &+= 4
  }
  while i &+ 2 <= count {
    let sum = load(SIMD2<Float>.self, y + i) + load(SIMD2<Float>.self, first + i)
    store(sum + load(SIMD2<Float>.self, second + i), y + i)
    i &+= 2
  }
  while i < count {
    y[i] = y[i] + first[i] + second[i]
    i &+= 1
  }
}

@inline(__always)
private func load<Lanes: BitwiseCopyable>(_: Lanes.Type, _ p: UnsafePointer<Float>) -> Lanes {
  UnsafeRawPointer(p).loadUnaligned(as: Lanes.self)
}

@inline(__always)
private func store<Lanes: BitwiseCopyable>(_ value: Lanes, _ p: Destination) {
  UnsafeMutableRawPointer(p).storeBytes(of: value, as: Lanes.self)
}
