import Support

extension Backend {
  /// How many ranks share a batch.
  var rankCount: Int { ranks?.count ?? 1 }

  /// Returns the shape of the whole batch that maps of this shape are one rank's part of.
  public func wholeShape(_ part: Shape) -> Shape {
    Shape(part.batch * rankCount, part.height, part.width, part.channels)
  }

  /// Returns a view of this rank's images of a whole batch's tensor; traps where there are not as many for
  /// each rank.
  public func ownPart(of whole: Tensor) -> Tensor {
    guard let ranks else { return whole }
    require(
      whole.shape.batch.isMultiple(of: ranks.count),
      "\(whole.shape.batch) images for \(ranks.count) ranks")
    return whole.batch(ranks.part(ofBatch: whole.shape.batch))
  }

  /// Returns the maps of the whole batch, of which `part` are this rank's: themselves where it is alone.
  public func gathered(_ part: Tensor) -> Tensor {
    ranks.map { finish(beginGathering(LazyMap(part), $0)) } ?? part
  }

  /// Returns the maps of the whole batch in memory, of which `part` are this rank's.
  func gathered(_ part: LazyMap) -> Tensor {
    ranks.map { finish(beginGathering(part, $0)) } ?? part.computed()
  }

  /// Returns the values of all ranks one after the other.
  func gathered<Value: BitwiseCopyable>(_ own: [Value]) -> [Value] {
    guard let ranks, let first = own.first else { return own }
    let start = operationStart
    defer { report("exchange of values", since: start, []) }
    var all = Array(repeating: first, count: own.count * ranks.count)
    let place = ranks.rank * own.count
    all.replaceSubrange(place..<place + own.count, with: own)
    all.withUnsafeMutableBytes {
      guard let memory = $0.baseAddress else { return }
      ranks.gather(memory, bytesPerRank: own.count * MemoryLayout<Value>.stride)
    }
    return all
  }

  /// Collects the rest of a tensor, of which each rank has written an equal part, in the order of the
  /// ranks.
  func gatherParts(of whole: Tensor) {
    guard let ranks else { return }
    let start = operationStart
    defer { report("exchange of sums", since: start, [whole.shape]) }
    withExtendedLifetime(whole) {
      ranks.gather(
        whole.pointer, bytesPerRank: whole.count / ranks.count * MemoryLayout<Float>.stride)
    }
  }

  /// Begins to collect the maps of the whole batch that ranks share; `finish` has them.
  func beginGathering(_ part: LazyMap, _ ranks: any RankGroup) -> GatheredMaps {
    let whole = makeTensor(uninitialized: wholeShape(part.shape))
    let start = operationStart
    defer { report("exchange of maps begun", since: start, [part.shape]) }
    let target = whole.pointer + ranks.rank * part.shape.count
    forEachRowPiece(part.shape) { rows in
      let place = target + rows.lowerBound * part.shape.channels
      let source = part.read(rows, into: place)
      guard source != UnsafePointer(place) else { return }
      place.update(from: source, count: rows.count * part.shape.channels)
    }
    return GatheredMaps(
      whole: whole,
      pending: ranks.beginGather(
        whole.pointer, bytesPerRank: part.shape.count * MemoryLayout<Float>.stride))
  }

  /// Waits for maps of the whole batch.
  func finish(_ maps: GatheredMaps) -> Tensor {
    let start = operationStart
    defer { report("exchange of maps", since: start, [maps.whole.shape]) }
    maps.pending.finish()
    return maps.whole
  }
}

/// Maps of the whole batch that are on their way.
struct GatheredMaps {
  fileprivate let whole: Tensor
  fileprivate let pending: any PendingGather
}
