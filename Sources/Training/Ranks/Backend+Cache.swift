import DataSets
import Support
import Tensor

extension Backend {
  /// The bytes that ranks hand over at a time, about.
  private static let roundBytes = 128 << 20
  /// The images that a rank decodes at a time: enough for all its threads, and not so many that progress
  /// stands still.
  private static let imagesAtATime = 4...256

  /// Builds a cache with the other ranks, unless there is one: each decodes a part of the files, and rank 0
  /// writes. A process that is alone leaves it to whoever opens the cache.
  ///
  /// Throws on the first rank that fails what making the cache throws, and `OtherRankFailed` on the others.
  ///
  /// - Parameter onEvent: Is told on rank 0 what happens before.
  package func build(
    _ cache: ImageCache, _ work: ImageCache.Work,
    onEvent: @escaping (ImageCache.Event) -> Void = { _ in }
  ) throws {
    guard let ranks else { return }
    let construction = try onFirstRank { try CacheConstruction(cache, work, onEvent: onEvent) }
      .flatMap(\.self)
    var next = ofFirstRank(construction?.done ?? -1)
    // There is one.
    guard next >= 0 else { return }
    let files = try togetherAtLength { construction?.files ?? work.files() }
    try requireSame(files.checksum) { _, rank in
      "\(cache.path): rank \(rank) finds other frames in the files than rank 0; let all ranks read the same "
        + "files: in a folder that all hosts share, or in whole copies of it"
    }
    let most = Self.roundBytes / (ranks.count * work.mostImageBytes)
    let share = min(max(most, Self.imagesAtATime.lowerBound), Self.imagesAtATime.upperBound)
    while next < files.count {
      let round = next..<min(files.count, next + share * ranks.count)
      let part = try together {
        try CachePart(self.part(of: round, rank: ranks.rank), of: files, work)
      }
      let parts = collect(part.bytes)
      try together {
        for (rank, bytes) in parts.enumerated() {
          try construction?.add(
            CachePart(bytes: bytes), of: self.part(of: round, rank: rank).count)
        }
      }
      next = round.upperBound
      work.progress?(next, files.count)
    }
    _ = try onFirstRank { try construction?.finish() }
  }

  /// Returns a rank's part of a range, which need not be as large as every other's.
  private func part(of range: Range<Int>, rank: Int) -> Range<Int> {
    let count = ranks?.count ?? 1
    func start(_ rank: Int) -> Int { range.lowerBound + range.count * rank / count }
    return start(rank)..<start(rank + 1)
  }

  /// Returns the bytes of all ranks, in their order, on rank 0, and nothing on the others.
  private func collect(_ own: [UInt8]) -> [[UInt8]] {
    guard let ranks else { return [own] }
    let counts = ranks.gather(own.count)
    let size = counts.max() ?? 0
    var all = [UInt8](repeating: 0, count: size * ranks.count)
    let place = ranks.rank * size
    all.replaceSubrange(place..<place + own.count, with: own)
    all.withUnsafeMutableBytes {
      if let memory = $0.baseAddress, size > 0 { ranks.gather(memory, bytesPerRank: size) }
    }
    guard ranks.rank == 0 else { return [] }
    return counts.enumerated().map { rank, count in
      Array(all[rank * size..<rank * size + count])
    }
  }
}
