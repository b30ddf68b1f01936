import KernelTable

/// See `AddWindows`.
@Sendable
func addWindows(
  _ windows: Source, _ stride: Int, _ length: Int, _ count: Int, _ row: Destination,
  _ rowLength: Int, _ step: Int, _ before: Int
) {
  var window = windows
  var place = 0 &- before
  var w = 0
  while w < count {
    if place >= 0 && place &+ length <= rowLength {
      addFloats(window, row + place, length)
    } else {
      let first = max(0, 0 &- place)
      let end = min(length, rowLength &- place)
      if first < end { addFloats(window + first, row + (place &+ first), end &- first) }
    }
    window += stride
    place &+= step
    w &+= 1
  }
}

/// Adds `count` floats, four at a time: a window is a handful of pixels.
@inline(__always)
private func addFloats(_ x: Source, _ y: Destination, _ count: Int) {
  var i = 0
  while i &+ 4 <= count {
    let sum =
      UnsafeRawPointer(y + i).loadUnaligned(as: SIMD4<Float>.self)
      + UnsafeRawPointer(x + i).loadUnaligned(as: SIMD4<Float>.self)
    UnsafeMutableRawPointer(y + i).storeBytes(of: sum, as: SIMD4<Float>.self)
    i &+= 4
  }
  while i < count {
    y[i] += x[i]
    i &+= 1
  }
}
