/// The segments of a JPEG file in memory before its first scan, as far as they are there in full.
///
/// As libjpeg does, bytes between segments are passed over. A length is a stranger's word: a segment
/// that leaves the bytes ends the sequence.
struct JPEGSegments: Sequence, IteratorProtocol {
  /// A segment of a JPEG file.
  struct Segment {
    /// The byte that says what the data are: 0xE1 for APP1.
    let marker: UInt8
    /// The places of the data, the length not included.
    let data: Range<Int>
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private var place = 2

  /// Starts behind the two bytes that begin a JPEG file.
  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  mutating func next() -> Segment? {
    while let marker = nextMarker() {
      // Restart markers and 0x01 are followed by nothing.
      if (0xD0...0xD7).contains(marker) || marker == 0x01 { continue }
      let isEnd = (0xD8...0xDA).contains(marker)
      guard !isEnd, bytes.count - place >= 2 else { return nil }
      let length = Int(bytes[place]) << 8 | Int(bytes[place + 1])
      guard length >= 2, length <= bytes.count - place else { return nil }
      let data = place + 2..<place + length
      place = data.upperBound
      return Segment(marker: marker, data: data)
    }
    return nil
  }

  /// Goes behind the next marker: 0xFF, once or more, and another byte that is not zero.
  private mutating func nextMarker() -> UInt8? {
    var isAfterFF = false
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if isAfterFF && byte != 0 && byte != 0xFF { return byte }
      isAfterFF = byte == 0xFF
    }
    return nil
  }
}
