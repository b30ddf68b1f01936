import Tensor

extension RankGroup {
  /// Collects a text of each rank, in the order of the ranks.
  public func gather(text: String) -> [String] {
    let own = Array(text.utf8)
    let lengths = gather(own.count)
    let size = lengths.max() ?? 0
    guard size > 0 else { return lengths.map { _ in "" } }
    var blocks = [UInt8](repeating: 0, count: size * count)
    blocks.replaceSubrange(rank * size..<rank * size + own.count, with: own)
    blocks.withUnsafeMutableBytes {
      if let memory = $0.baseAddress { gather(memory, bytesPerRank: size) }
    }
    return lengths.enumerated().map { rank, length in
      String(decoding: blocks[rank * size..<rank * size + length], as: UTF8.self)
    }
  }
}
