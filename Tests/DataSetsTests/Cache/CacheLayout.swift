import Foundation

/// Where the parts of a cache's file begin, as its format says.
struct CacheLayout {
  /// The end of the header.
  let headerEnd: Int
  /// The beginning of each block.
  private(set) var blocks: [Int] = []
  /// The beginning of the list at the end.
  let index: Int

  init(_ file: Data) {
    func number(_ offset: Int, _ count: Int) -> Int {
      (0..<count).reduce(0) { $0 | Int(file[offset + $1]) << (8 * $1) }
    }
    headerEnd = 16 + number(12, 4) + 4
    index = number(file.count - 40 + 8, 8)
    var place = headerEnd
    while place < index {
      blocks.append(place)
      place += 28 + number(place + 8, 4) + number(place + 12, 8)
    }
  }
}
