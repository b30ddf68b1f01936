import Files

/// The list of everything in a cache, at the end of its file, and after it where it begins.
///
/// The trailer has the eight bytes `DCGANEND`, the place of the list, its length in bytes, the number of
/// records, the number of images that repeat another, the CRC-32 of the list, and that of the trailer.
struct CacheIndex: Equatable, Sendable {
  /// What became of every file, or frame, in the order of the listing.
  let records: [CacheRecord]
  /// The images that equal another before them.
  let duplicates: Int

  private static let mark = Array("DCGANEND".utf8)
  private static let trailerBytes = mark.count + 8 + 8 + 4 + 4 + 4 + 4

  /// Joins the two.
  init(_ records: [CacheRecord], duplicates: Int) {
    (self.records, self.duplicates) = (records, duplicates)
  }

  /// Returns the end of a file whose images end at `offset`.
  func bytes(at offset: Int) -> [UInt8] {
    let list = CacheRecord.bytes(records)
    var trailer = Self.mark
    trailer.append(number: UInt64(offset))
    trailer.append(number: UInt64(list.count))
    trailer.append(number: UInt32(records.count))
    trailer.append(number: UInt32(duplicates))
    trailer.append(number: list.withUnsafeBytes { Checksum(of: $0) }.value)
    trailer.appendChecksum()
    return list + trailer
  }

  /// Reads the end of a file of such images; throws `DataSetError` where it is damaged or cut off, or an
  /// image would not be in the file.
  init(
    _ file: borrowing FileReader, path: String, _ contents: CacheHeader.Contents
  ) throws(DataSetError) {
    let start = file.size - Self.trailerBytes
    guard start > 0, let trailer = try? file.bytes(at: start, count: Self.trailerBytes),
      trailer.starts(with: Self.mark), trailer.endsInChecksum
    else { throw .cache(path, "its end is missing or damaged") }
    do throws(CacheCursor.Damage) {
      var cursor = CacheCursor(trailer, at: Self.mark.count)
      let offset = Int(clamping: try cursor.number(UInt64.self))
      let length = Int(clamping: try cursor.number(UInt64.self))
      let count = Int(try cursor.number(UInt32.self))
      duplicates = Int(try cursor.number(UInt32.self))
      let checksum = try cursor.number(UInt32.self)
      guard offset <= start, length == start - offset,
        let list = try? file.bytes(at: offset, count: length),
        list.withUnsafeBytes({ Checksum(of: $0) }).value == checksum
      else { throw .init() }
      records = try CacheRecord.list(count, in: list)
      let pixels = contents.size * contents.size
      let fits = records.compactMap(\.picture).allSatisfy {
        $0.offset <= offset && pixels * $0.channels <= offset - $0.offset
          && [1, contents.channels].contains($0.channels)
      }
      guard fits else { throw .init() }
    } catch {
      throw .cache(path, "the list of its images is damaged")
    }
  }
}
