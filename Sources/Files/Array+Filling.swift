extension Array where Element: BitwiseCopyable {
  /// Makes an array of `count` elements whose bytes `fill` writes, all of them; rethrows what it throws.
  ///
  /// No element is no call: Swift's own initializer would then write to the one empty array that all
  /// threads share.
  package init(
    count: Int, filledBy fill: (UnsafeMutableRawBufferPointer) throws -> Void
  ) rethrows {
    guard count > 0 else {
      self = []
      return
    }
    try self.init(unsafeUninitializedCapacity: count) { buffer, initialized in
      let elements = UnsafeMutableBufferPointer(rebasing: buffer[..<count])
      try fill(UnsafeMutableRawBufferPointer(elements))
      initialized = count
    }
  }
}
