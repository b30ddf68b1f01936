/// The runs of a compressed BMP file, RLE8 or RLE4.
///
/// A pair of bytes is a run: so many pixels of one sample, or in RLE4 of two samples in turn. A first byte
/// of 0 makes the second one a command: 0 ends the row, 1 the image, 2 moves by two bytes that follow,
/// and anything else is the number of pixels that follow one by one, padded to an even number of bytes.
struct BMPRuns {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let header: BMPHeader
  private let file: String
  private var place: Int
  private var pixels: [UInt8]
  private var column = 0
  /// The row, counted from the bottom.
  private var row = 0

  /// Starts with an image of which no pixel is set.
  init(_ bytes: UnsafeBufferPointer<UInt8>, _ header: BMPHeader, file: String) {
    (self.bytes, self.header, self.file) = (bytes, header, file)
    place = header.start
    pixels = [UInt8](repeating: 0, count: header.width * header.height)
  }

  /// Returns the samples of all pixels, rows from the top; those that no run sets are 0.
  ///
  /// Throws `ImageError` where the file ends before the image does, or a run leaves it.
  consuming func rows() throws(ImageError) -> [UInt8] {
    while true {
      let (count, value) = (try next(), try next())
      if count > 0 {
        for step in 0..<Int(count) { try set(half(of: value, step)) }
        continue
      }
      switch value {
      case 0: (column, row) = (0, row + 1)
      case 1: return pixels
      case 2:
        column += Int(try next())
        row += Int(try next())
      default: try copy(Int(value))
      }
    }
  }

  /// Sets pixels one by one.
  private mutating func copy(_ count: Int) throws(ImageError) {
    let perByte = header.bits == 4 ? 2 : 1
    let length = (count + perByte - 1) / perByte
    var value: UInt8 = 0
    for step in 0..<count {
      if step % perByte == 0 { value = try next() }
      try set(half(of: value, step))
    }
    if !length.isMultiple(of: 2) { _ = try next() }
  }

  /// Returns the whole byte, or in RLE4 its upper or lower half.
  private func half(of value: UInt8, _ step: Int) -> UInt8 {
    header.bits == 8 ? value : step.isMultiple(of: 2) ? value >> 4 : value & 15
  }

  private mutating func set(_ sample: UInt8) throws(ImageError) {
    // Half a byte too many at the end of a row is usual.
    guard column < header.width else {
      guard column <= header.width + 3 else { throw damage("a run leaves its row") }
      column += 1
      return
    }
    guard row < header.height else { throw damage("a run leaves the image") }
    pixels[(header.height - 1 - row) * header.width + column] = sample
    column += 1
  }

  private mutating func next() throws(ImageError) -> UInt8 {
    guard place < bytes.count else { throw damage("it ends before its image does") }
    place += 1
    return bytes[place - 1]
  }

  private func damage(_ reason: String) -> ImageError { .damaged("BMP", file, reason) }
}
