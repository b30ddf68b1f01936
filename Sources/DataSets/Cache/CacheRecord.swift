import Imaging

/// What became of one file, or one frame of it, as a cache keeps it.
struct CacheRecord: Equatable, Sendable {
  /// What a cache has of the file.
  enum Content: Equatable, Sendable {
    /// An image.
    case image(CachedPicture, ImageTraits)
    /// A file that could not be used, and why.
    case skipped(ImageError.Kind, reason: String)
  }

  /// The place of the file in the listing.
  let file: Int
  /// The frame that is meant, counted from 0; nil for the one that stands for the file.
  let frame: Int?
  /// When the file was changed last, in nanoseconds since 1970.
  let modified: Int
  /// What there is of it.
  let content: Content

  /// The image; nil of a file that could not be used.
  var picture: CachedPicture? {
    if case .image(let picture, _) = content { picture } else { nil }
  }

  /// What was seen of the image's file; nil of a file that could not be used.
  var traits: ImageTraits? {
    if case .image(_, let traits) = content { traits } else { nil }
  }
}

/// Where the bytes of an image are in a cache's file.
struct CachedPicture: Hashable, Sendable {
  /// The place of its first byte.
  let offset: Int
  /// 1 for grey, 3 for colour.
  let channels: Int
  /// The CRC-32 of its bytes.
  let checksum: UInt32
}

extension CacheRecord {
  private static let kinds: [ImageError.Kind] = [
    .unreadable, .unknownFormat, .damaged, .tooLarge, .unwritable, .unexpectedLayout,
  ]

  /// Appends the record to others.
  func append(to bytes: inout [UInt8]) {
    bytes.append(number: UInt32(file))
    bytes.append(number: Int32(frame ?? -1))
    bytes.append(number: Int64(modified))
    switch content {
    case .image(let picture, let traits):
      bytes.append(UInt8(picture.channels))
      bytes.append(number: UInt64(picture.offset))
      bytes.append(number: picture.checksum)
      bytes.append(number: UInt32(traits.fullWidth))
      bytes.append(number: UInt32(traits.fullHeight))
      bytes.append(number: UInt32(traits.frames))
      bytes.append(number: Int32(traits.largestSample ?? -1))
      bytes.append(UInt8(traits.bitsPerSample))
      let flags = [traits.hasTransparency, traits.isReoriented, traits.isGrey]
      bytes.append(flags.enumerated().reduce(0) { $0 | ($1.element ? 1 << $1.offset : 0) })
    case .skipped(let kind, let reason):
      bytes.append(0)
      bytes.append(UInt8(Self.kinds.firstIndex(of: kind) ?? 0))
      bytes.append(text: reason)
    }
  }

  /// Reads a record; throws where the bytes end first, or it is none.
  init(_ cursor: inout CacheCursor) throws(CacheCursor.Damage) {
    file = Int(try cursor.number(UInt32.self))
    let number = Int(try cursor.number(Int32.self))
    frame = number < 0 ? nil : number
    modified = Int(try cursor.number(Int64.self))
    let channels = Int(try cursor.number(UInt8.self))
    switch channels {
    case 0:
      let kind = Int(try cursor.number(UInt8.self))
      guard Self.kinds.indices.contains(kind) else { throw .init() }
      content = .skipped(Self.kinds[kind], reason: try cursor.text())
    case 1, 3: content = try Self.image(channels: channels, &cursor)
    default: throw .init()
    }
  }

  private static func image(
    channels: Int, _ cursor: inout CacheCursor
  ) throws(CacheCursor.Damage) -> Content {
    guard let offset = Int(exactly: try cursor.number(UInt64.self)) else { throw .init() }
    let picture = CachedPicture(
      offset: offset, channels: channels, checksum: try cursor.number(UInt32.self))
    let (width, height) = (try cursor.number(UInt32.self), try cursor.number(UInt32.self))
    guard width > 0, height > 0 else { throw .init() }
    let frames = Int(try cursor.number(UInt32.self))
    let largest = Int(try cursor.number(Int32.self))
    let bits = Int(try cursor.number(UInt8.self))
    let flags = try cursor.number(UInt8.self)
    var traits = ImageTraits(
      fullWidth: Int(width), fullHeight: Int(height), bitsPerSample: bits,
      largestSample: largest < 0 ? nil : largest, hasTransparency: flags & 1 != 0,
      isReoriented: flags & 2 != 0, isGrey: flags & 4 != 0)
    traits.frames = frames
    return .image(picture, traits)
  }

  /// Writes records one after the other.
  static func bytes(_ records: some Sequence<CacheRecord>) -> [UInt8] {
    records.reduce(into: []) { $1.append(to: &$0) }
  }

  /// Reads so many records, which are all that the bytes hold; throws where they are not.
  static func list(_ count: Int, in bytes: [UInt8]) throws(CacheCursor.Damage) -> [CacheRecord] {
    var cursor = CacheCursor(bytes)
    var records: [CacheRecord] = []
    // A count that damage made large must not ask for memory.
    for _ in 0..<count { records.append(try CacheRecord(&cursor)) }
    guard cursor.isAtEnd else { throw .init() }
    return records
  }
}

extension [CacheRecord] {
  /// Returns the paths of the images, and the files that could not be used, relative to the folder of the
  /// listing; traps where a record is of none of its files.
  func parted(
    by listing: ImageFolder
  ) -> (images: [String], skipped: [ImageDataSet.Skipped]) {
    var (images, skipped) = ([String](), [ImageDataSet.Skipped]())
    for record in self {
      var file = listing.files[record.file]
      file.frame = record.frame
      switch record.content {
      case .image: images.append(file.imagePath)
      case .skipped(_, let reason): skipped.append(.init(path: file.imagePath, reason: reason))
      }
    }
    return (images, skipped)
  }
}
