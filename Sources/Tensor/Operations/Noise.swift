extension Backend {
  /// Returns `x + σ·n`, element by element, with n from the standard normal distribution.
  ///
  /// Element k takes the stream's number `index + k`, beyond 2⁶⁴ from 0 on: the result depends on
  /// the stream and the index alone, not on the threads.
  public func addNoise(
    to x: Tensor, from random: RandomStream, startingAt index: UInt64, standardDeviation: Float
  ) -> Tensor {
    let start = operationStart
    defer { report("noise", since: start, [x.shape]) }
    let y = makeTensor(uninitialized: x.shape)
    forEachPiece(of: x.count) { piece in
      let destination = UnsafeMutableBufferPointer(
        start: y.pointer + piece.lowerBound, count: piece.count)
      random.fillNormal(
        destination, startingAt: index &+ UInt64(piece.lowerBound),
        standardDeviation: standardDeviation)
      kernels.elementwise.add(
        x.pointer + piece.lowerBound, y.pointer + piece.lowerBound, piece.count)
    }
    return y
  }
}
