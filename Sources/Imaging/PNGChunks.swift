import Files

/// The first bytes of every PNG file.
let pngSignature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

/// The chunks of a PNG file in memory, from the first to the last that is there in full.
///
/// Lengths are a stranger's word: a chunk that leaves the bytes ends the sequence.
struct PNGChunks: Sequence, IteratorProtocol {
  /// A chunk of a PNG file.
  struct Chunk {
    /// The four letters that say what the data are.
    let name: String
    /// The places of the data.
    let data: Range<Int>
    /// The checksum that the file gives for name and data.
    let checksum: UInt32
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private var place = pngSignature.count

  /// Starts behind the signature of `bytes`.
  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  mutating func next() -> Chunk? {
    guard bytes.count - place >= 12 else { return nil }
    let length = Int(bytes.bigEndian32(at: place))
    guard length <= bytes.count - place - 12 else { return nil }
    let data = place + 8..<place + 8 + length
    let name = String(decoding: bytes[place + 4..<place + 8], as: UTF8.self)
    place = data.upperBound + 4
    return Chunk(
      name: name, data: data, checksum: bytes.bigEndian32(at: data.upperBound))
  }

  /// Returns whether the checksum of `chunk`, one of these, is that of its bytes.
  func isIntact(_ chunk: Chunk) -> Bool {
    let named = UnsafeBufferPointer(
      rebasing: bytes[chunk.data.lowerBound - 4..<chunk.data.upperBound])
    return Checksum(of: UnsafeRawBufferPointer(named)).value == chunk.checksum
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Returns the four bytes from `place` on as a number, the first its highest.
  func bigEndian32(at place: Int) -> UInt32 {
    self[place..<place + 4].reduce(0) { $0 << 8 | UInt32($1) }
  }
}

/// Makes a chunk of a PNG file: length, name, data and checksum.
func pngChunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
  let named = Array(name.utf8) + data
  let sum = named.withUnsafeBytes { Checksum(of: $0).value }
  return bigEndian(UInt32(data.count)) + named + bigEndian(sum)
}

private func bigEndian(_ number: UInt32) -> [UInt8] {
  [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
}
