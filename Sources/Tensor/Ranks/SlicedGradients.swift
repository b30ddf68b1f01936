/// Gradients of which each rank has computed a slice, until all have the whole.
///
/// Where a filter's sums are too large to be kept for parts of a batch, each rank sums a slice of the
/// filter over the whole batch instead of the whole filter over its part. Between an optimizer's steps
/// the slices add up where they are; then they travel together.
struct SlicedGradients {
  /// A gradient and what each rank has computed of it, in elements.
  private struct Entry {
    let gradient: Tensor
    let slices: [[Range<Int>]]
  }

  private var entries: [Entry] = []

  /// Makes a list of none.
  init() {}

  /// Whether every rank has the whole of every gradient.
  var isEmpty: Bool { entries.isEmpty }

  /// Notes a gradient, unless it is noted already.
  ///
  /// - Parameter slices: The elements that each rank has computed, the same ones every time.
  mutating func insert(_ gradient: Tensor, slices: @autoclosure () -> [[Range<Int>]]) {
    guard !entries.contains(where: { $0.gradient.pointer == gradient.pointer }) else { return }
    entries.append(Entry(gradient: gradient, slices: slices()))
  }

  /// Forgets all gradients.
  mutating func removeAll() { entries.removeAll() }

  /// Returns the floats of the largest slices of a rank, all gradients together.
  func blockCount(ranks: Int) -> Int {
    (0..<ranks).map { rank in
      entries.reduce(0) { $0 + $1.slices[rank].reduce(0) { $0 + $1.count } }
    }.max() ?? 0
  }

  /// Calls the body with each piece of a rank's slices: where it lies in the gradient, where it lies in the
  /// block, and its length.
  func forEachPiece(
    ofRank rank: Int, _ body: (UnsafeMutablePointer<Float>, _ offset: Int, _ count: Int) -> Void
  ) {
    var offset = 0
    for entry in entries {
      for range in entry.slices[rank] {
        body(entry.gradient.pointer + range.lowerBound, offset, range.count)
        offset += range.count
      }
    }
  }
}

extension Backend {
  /// Gives all ranks the whole of the gradients that they have computed slices of; to be called before
  /// anything reads them.
  public func shareGradients() {
    finishGradients()
    share(slicedGradients)
    slicedGradients.removeAll()
  }

  /// Gives all ranks the whole of some gradients.
  func share(_ gradients: SlicedGradients) {
    guard let ranks, !gradients.isEmpty else { return }
    let start = operationStart
    let block = gradients.blockCount(ranks: ranks.count)
    let storage = takeWorkspace(block * ranks.count)
    gradients.forEachPiece(ofRank: ranks.rank) { gradient, offset, count in
      (storage.pointer + ranks.rank * block + offset).update(from: gradient, count: count)
    }
    withExtendedLifetime(storage) {
      ranks.gather(storage.pointer, bytesPerRank: block * MemoryLayout<Float>.stride)
      for rank in 0..<ranks.count where rank != ranks.rank {
        gradients.forEachPiece(ofRank: rank) { gradient, offset, count in
          gradient.update(from: storage.pointer + rank * block + offset, count: count)
        }
      }
    }
    report("exchange of gradients", since: start, [Shape(vector: block)])
  }
}
