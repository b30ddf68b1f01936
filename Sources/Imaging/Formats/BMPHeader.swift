/// What the headers of a BMP file say: those of Windows in all versions and those of OS/2, by Microsoft's
/// "Bitmap Header Types".
struct BMPHeader: Sendable {
  /// How the samples are stored.
  enum Compression: Int, Sendable {
    /// Rows of whole pixels.
    case none = 0
    /// Runs of bytes.
    case rle8
    /// Runs of half bytes.
    case rle4
    /// Rows of whole pixels whose colours lie where masks say.
    case masks
    /// The same with a mask for the opacity.
    case alphaMasks = 6
  }

  /// The pixels of a row.
  let width: Int
  /// The rows.
  let height: Int
  /// Whether the first row is the upper one.
  let isTopDown: Bool
  /// The bits of a pixel: 1, 4, 8, 16, 24 or 32.
  let bits: Int
  /// How the samples are stored.
  let compression: Compression
  /// Where the samples begin.
  let start: Int
  /// The colours of pixels of up to 8 bits.
  let colours: ColourTable
  /// The bits of red, green, blue and opacity in pixels of 16 and 32 bits; 0 for no opacity.
  let masks: [UInt32]

  /// Whether pixels stand for the colours of a table.
  var isIndexed: Bool { bits <= 8 }
  /// Whether the samples are runs.
  var isRunLength: Bool { compression == .rle8 || compression == .rle4 }
  /// Whether pixels have an opacity.
  var hasAlpha: Bool { masks.count == 4 && masks[3] != 0 }
  /// The bytes of a stored row, a multiple of four.
  var rowBytes: Int { (width * bits + 31) / 32 * 4 }

  /// The bytes that are looked at, at most: both headers, masks and colours.
  static let longest = 14 + 124 + 16 + 4 * 256

  /// Reads the headers from the first bytes of a file; throws `ImageError` where they make no sense or
  /// the file is of a kind that is not read.
  init(_ head: [UInt8], file: String) throws(ImageError) {
    guard let start = head.littleEndian32(at: 10), let size = head.littleEndian32(at: 14),
      size <= 124, head.count >= 14 + size, let fields = BMPFields(head, headerSize: size)
    else { throw .damaged("BMP", file, "its header is cut short") }
    guard fields.width > 0, fields.height != 0, fields.height > Int(Int32.min) else {
      throw .damaged("BMP", file, "it claims \(fields.width)x\(fields.height) pixels")
    }
    width = fields.width
    height = abs(fields.height)
    isTopDown = fields.height < 0
    bits = fields.bits
    self.start = start
    guard [1, 4, 8, 16, 24, 32].contains(bits) else {
      throw .unsupported("BMP of \(bits) bits per pixel", file)
    }
    // OS/2 numbers what it adds otherwise.
    let isOS2 = size == 64 || size == 16
    guard let compression = Compression(rawValue: fields.compression),
      !(isOS2 && fields.compression > 2)
    else { throw .unsupported("BMP with compression \(fields.compression)", file) }
    self.compression = compression
    try Self.check(compression, bits: bits, isTopDown: isTopDown, file)
    (masks, colours) = try Self.tables(head, size, compression, fields, file)
  }

  /// Throws where pixels of so many bits cannot be stored so.
  private static func check(
    _ compression: Compression, bits: Int, isTopDown: Bool, _ file: String
  ) throws(ImageError) {
    let fits =
      switch compression {
      case .none: true
      case .rle8: bits == 8 && !isTopDown
      case .rle4: bits == 4 && !isTopDown
      case .masks, .alphaMasks: bits == 16 || bits == 32
      }
    guard fits else {
      throw .damaged(
        "BMP", file,
        "\(bits) bits per pixel do not go with compression \(compression.rawValue)"
          + (isTopDown ? " from the top down" : ""))
    }
  }

  /// Reads the masks and the colours behind a header of `size` bytes.
  private static func tables(
    _ head: [UInt8], _ size: Int, _ compression: Compression, _ fields: BMPFields, _ file: String
  ) throws(ImageError) -> ([UInt32], ColourTable) {
    var masks: [UInt32] = []
    if compression == .masks || compression == .alphaMasks {
      // The longer headers have room for the masks; behind the short one they follow.
      let count = compression == .alphaMasks || size >= 56 ? 4 : 3
      for place in 0..<count {
        guard let mask = head.littleEndian32(at: 54 + 4 * place) else {
          throw .damaged("BMP", file, "its masks are cut short")
        }
        masks.append(UInt32(mask))
      }
    } else if fields.bits == 16 {
      masks = [0x7C00, 0x03E0, 0x001F]
    } else if fields.bits == 32 {
      masks = [0xFF0000, 0xFF00, 0xFF]
    }
    var colours = ColourTable()
    guard fields.bits <= 8 else { return (masks, colours) }
    let entry = size == 12 ? 3 : 4
    let first = 14 + size
    let most = 1 << fields.bits
    for index in 0..<(fields.colours == 0 ? most : min(most, fields.colours)) {
      let place = first + entry * index
      guard place + 3 <= head.count else {
        throw .damaged("BMP", file, "its colours are cut short")
      }
      colours.set(index, red: head[place + 2], green: head[place + 1], blue: head[place])
    }
    return (masks, colours)
  }
}

/// The numbers of a header.
private struct BMPFields {
  let width: Int
  let height: Int
  let bits: Int
  let compression: Int
  let colours: Int

  /// Reads the header that follows the file's own 14 bytes; nil where it is cut short.
  init?(_ head: [UInt8], headerSize size: Int) {
    func word(_ place: Int) -> Int? {
      head.littleEndian32(at: place).map { Int(Int32(truncatingIfNeeded: $0)) }
    }
    if size == 12 {
      guard let sides = head.littleEndian32(at: 18), let rest = head.littleEndian32(at: 22) else {
        return nil
      }
      (width, height) = (sides & 0xFFFF, sides >> 16)
      (bits, compression, colours) = (rest >> 16, 0, 0)
      return
    }
    guard size >= 16, let width = word(18), let height = word(22), let bits = word(26) else {
      return nil
    }
    (self.width, self.height, self.bits) = (width, height, bits >> 16 & 0xFFFF)
    compression = size >= 20 ? word(30) ?? 0 : 0
    colours = size >= 36 ? max(0, word(46) ?? 0) : 0
  }
}
