import Files

/// A run of images that a cache's file gained at once, so that a stopped building keeps what it had.
///
/// Four bytes `DBLK`, the number of records, their bytes, the bytes of the images, the CRC-32 of the
/// records, that of all this; then the images, each of which has its checksum in its record, and the
/// records.
struct CacheBlock {
  /// Images are written once they have so many bytes together.
  static let usualBytes = 4 << 20
  /// Or once there are so many.
  private static let usualRecords = 256

  private static let mark = Array("DBLK".utf8)
  private static let headBytes = mark.count + 4 + 4 + 8 + 4 + 4
  /// More records, and bytes of records, than any block has.
  private static let mostRecordBytes = 1 << 26

  /// Where the block begins in the file.
  let offset: Int
  /// What became of the block's files.
  private(set) var records: [CacheRecord] = []
  /// The bytes of its images.
  private var pixels: [UInt8] = []

  /// Begins a block without files.
  init(at offset: Int) { self.offset = offset }

  /// Whether the block is to be written.
  var isFull: Bool { pixels.count >= Self.usualBytes || records.count >= Self.usualRecords }

  /// Adds a file that could not be used.
  mutating func add(_ record: CacheRecord) { records.append(record) }

  /// Adds the bytes of an image, and the record that `describe` makes of their place.
  mutating func add(_ bytes: [UInt8], _ describe: (_ offset: Int) -> CacheRecord) {
    records.append(describe(offset + Self.headBytes + pixels.count))
    pixels += bytes
  }

  /// Writes the block at the end of a file and returns where it ends; throws `FileError`.
  func write(to file: FileWriter) throws -> Int {
    let list = CacheRecord.bytes(records)
    var head = Self.mark
    head.append(number: UInt32(records.count))
    head.append(number: UInt32(list.count))
    head.append(number: UInt64(pixels.count))
    head.append(number: list.withUnsafeBytes { Checksum(of: $0) }.value)
    head.appendChecksum()
    try file.write(head)
    try file.write(pixels)
    try file.write(list)
    return offset + head.count + pixels.count + list.count
  }

  /// Reads the records of the whole and intact block at `offset`, and where it ends; nil where there is
  /// none, or it is cut off or damaged.
  static func read(
    _ file: borrowing FileReader, at offset: Int, side: Int, channels: Int
  ) -> (records: [CacheRecord], end: Int)? {
    guard file.size - offset >= headBytes,
      let head = try? file.bytes(at: offset, count: headBytes), head.starts(with: mark),
      head.endsInChecksum
    else { return nil }
    var cursor = CacheCursor(head, at: mark.count)
    guard let count = try? cursor.number(UInt32.self),
      let recordBytes = try? cursor.number(UInt32.self), recordBytes <= mostRecordBytes,
      let pixelBytes = try? cursor.number(UInt64.self),
      pixelBytes <= UInt64(usualBytes + 3 * side * side),
      let checksum = try? cursor.number(UInt32.self)
    else { return nil }
    let start = offset + headBytes
    let list = start + Int(pixelBytes)
    guard let bytes = try? file.bytes(at: list, count: Int(recordBytes)),
      bytes.withUnsafeBytes({ Checksum(of: $0) }).value == checksum,
      let records = try? CacheRecord.list(Int(count), in: bytes),
      records.compactMap(\.picture).allSatisfy({ [1, channels].contains($0.channels) }),
      let pixels = try? file.bytes(at: start, count: Int(pixelBytes)),
      areIntact(records, pixels, at: start, side: side)
    else { return nil }
    return (records, list + bytes.count)
  }

  /// Returns whether the images of a block are what its records say.
  private static func areIntact(
    _ records: [CacheRecord], _ pixels: [UInt8], at start: Int, side: Int
  ) -> Bool {
    var next = start
    for picture in records.compactMap(\.picture) {
      let end = next + side * side * picture.channels
      guard picture.offset == next, end - start <= pixels.count else { return false }
      let sum = pixels[next - start..<end - start].withUnsafeBytes { Checksum(of: $0) }.value
      guard sum == picture.checksum else { return false }
      next = end
    }
    return next - start == pixels.count
  }
}
