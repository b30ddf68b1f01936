import Support

extension RandomStream {
  /// Fills a buffer with normal numbers: element k becomes
  /// `mean` + `standardDeviation` · `normal(at: index + k)`, rounded once to Float.
  ///
  /// One block serves two elements.
  ///
  /// - Complexity: O(`destination.count`), whatever `index` is.
  public func fillNormal(
    _ destination: UnsafeMutableBufferPointer<Float>, startingAt index: UInt64 = 0,
    mean: Float = 0, standardDeviation: Float = 1
  ) {
    let (center, scale) = (Double(mean), Double(standardDeviation))
    fill(destination, startingAt: index) { block in
      let pair = normalPair(block)
      return (Float(center + scale * pair.even), Float(center + scale * pair.odd))
    }
  }

  /// Fills a buffer with numbers spread evenly over `range`: element k becomes
  /// `range.lowerBound` + (`range.upperBound` − `range.lowerBound`) · `uniform(at: index + k)`,
  /// rounded to Float, and held below the upper bound where rounding would reach it.
  ///
  /// - Precondition: `range` is not empty.
  /// - Complexity: O(`destination.count`), whatever `index` is.
  public func fillUniform(
    _ destination: UnsafeMutableBufferPointer<Float>, startingAt index: UInt64 = 0,
    in range: Range<Float>
  ) {
    require(!range.isEmpty, "no number lies in \(range)")
    let lower = Double(range.lowerBound)
    let width = Double(range.upperBound) - lower
    let greatest = range.upperBound.nextDown
    fill(destination, startingAt: index) { block in
      let pair = uniformPair(block)
      return (
        min(Float(lower + width * pair.even), greatest),
        min(Float(lower + width * pair.odd), greatest)
      )
    }
  }

  /// Writes numbers that come in pairs, the indexes 2j and 2j + 1 from `pair(j)`; a range that
  /// begins or ends between the two takes one and drops the other.
  private func fill(
    _ destination: UnsafeMutableBufferPointer<Float>, startingAt index: UInt64,
    pair: (UInt64) -> (even: Float, odd: Float)
  ) {
    var position = 0
    var block = index >> 1
    if index & 1 == 1 && !destination.isEmpty {
      destination[0] = pair(block).odd
      position = 1
      block += 1
    }
    while position + 1 < destination.count {
      (destination[position], destination[position + 1]) = pair(block)
      position += 2
      block += 1
    }
    if position < destination.count { destination[position] = pair(block).even }
  }
}
