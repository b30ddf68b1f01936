extension Backend {
  /// Returns the sum of squares of each image's elements, of the whole batch where ranks share it.
  public func squaredLengths(_ x: Tensor) -> [Double] {
    let start = operationStart
    let size = x.count / x.shape.batch
    let own = x.withUnsafeMutablePointer { values in
      (0..<x.shape.batch).map { image in
        values[image * size..<(image + 1) * size].reduce(0.0) { $0 + Double($1) * Double($1) }
      }
    }
    report("squared lengths", since: start, [x.shape])
    return gathered(own)
  }
}
