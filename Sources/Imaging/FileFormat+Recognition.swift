import Foundation

extension FileFormat {
  /// The bytes from a file's start on that `recognize` looks at.
  package static let headLength = 512

  /// Recognizes the file at `path`, of which only the head is read; nil where the format is none of
  /// these or the file cannot be read.
  package static func read(at path: String) -> FileFormat? {
    fileHead(path, atMost: headLength).flatMap(recognize)
  }

  /// Recognizes a file by its first bytes, `headLength` of them or as many as there are; nil where the
  /// format is none of these.
  package static func recognize(_ head: [UInt8]) -> FileFormat? {
    guard !head.isEmpty else { return .empty }
    if let signature = signatures.first(where: { head.matches($0.bytes, at: $0.place) }) {
      return signature.format
    }
    return isobmff(head) ?? bitmap(head) ?? volume(head) ?? dicom(head) ?? markup(head)
  }

  /// Bytes that tell a format alone.
  private struct Signature {
    let format: FileFormat
    let bytes: [UInt8]
    let place: Int

    init(_ format: FileFormat, _ bytes: [UInt8], at place: Int = 0) {
      (self.format, self.bytes, self.place) = (format, bytes, place)
    }

    init(_ format: FileFormat, _ text: String, at place: Int = 0) {
      self.init(format, Array(text.utf8), at: place)
    }
  }

  private static let signatures: [Signature] = [
    Signature(.jpeg, [0xFF, 0xD8, 0xFF]),
    Signature(.png, pngSignature),
    Signature(.webP, "WEBPVP8", at: 8),
    Signature(.gif, "GIF87a"),
    Signature(.gif, "GIF89a"),
    Signature(.tiff, "II*\0"),
    Signature(.tiff, "MM\0*"),
    Signature(.tiff, "II+\0"),
    Signature(.tiff, "MM\0+"),
    Signature(.jpeg2000, [0, 0, 0, 0x0C, 0x6A, 0x50, 0x20, 0x20, 0x0D, 0x0A, 0x87, 0x0A]),
    Signature(.jpeg2000, [0xFF, 0x4F, 0xFF, 0x51]),
    Signature(.jpegXL, [0, 0, 0, 0x0C, 0x4A, 0x58, 0x4C, 0x20, 0x0D, 0x0A, 0x87, 0x0A]),
    Signature(.jpegXL, [0xFF, 0x0A]),
    Signature(.dicom, "DICM", at: 128),
    Signature(.nifti, "n+2\0\r\n\u{1A}\n", at: 4),
    Signature(.nifti, "ni2\0\r\n\u{1A}\n", at: 4),
    Signature(.numpy, [0x93] + Array("NUMPY".utf8)),
    Signature(.hdf5, [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]),
    Signature(.gzip, [0x1F, 0x8B]),
    Signature(.zip, "PK\u{3}\u{4}"),
    Signature(.zip, "PK\u{5}\u{6}"),
    Signature(.zip, "PK\u{7}\u{8}"),
    Signature(.sevenZip, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]),
    Signature(.rar, "Rar!\u{1A}\u{7}"),
    Signature(.tar, "ustar", at: 257),
    Signature(.bzip2, [0x31, 0x41, 0x59, 0x26, 0x53, 0x59], at: 4),
    Signature(.xz, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]),
    Signature(.zstandard, [0x28, 0xB5, 0x2F, 0xFD]),
    Signature(.pdf, "%PDF-"),
    Signature(.gitLFSPointer, "version https://git-lfs.github.com/spec/"),
  ]

  /// Recognizes HEIC and AVIF by the brands in the box that begins their files: four bytes each, the
  /// first at 8, the others from 16 on.
  private static func isobmff(_ head: [UInt8]) -> FileFormat? {
    guard head.matches(Array("ftyp".utf8), at: 4), let length = head.bigEndian32(at: 0) else {
      return nil
    }
    let others = stride(from: 16, to: min(length, head.count) - 3, by: 4)
    let brands = ([8] + others).map {
      String(decoding: head.dropFirst($0).prefix(4), as: UTF8.self)
    }
    if brands.contains(where: { $0 == "avif" || $0 == "avis" }) { return .avif }
    let known: Set = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"]
    return brands.contains(where: known.contains) ? .heic : nil
  }

  /// Recognizes BMP by its two letters and the size of the header that follows, for a text may begin
  /// with those letters.
  private static func bitmap(_ head: [UInt8]) -> FileFormat? {
    let sizes: Set = [12, 16, 40, 52, 56, 64, 108, 124]
    guard head.matches(Array("BM".utf8), at: 0), let size = head.littleEndian32(at: 14) else {
      return nil
    }
    return sizes.contains(size) ? .bmp : nil
  }

  /// Recognizes NIfTI-1 by the size of its header, in either byte order, and its name at 344.
  private static func volume(_ head: [UInt8]) -> FileFormat? {
    let isNamed = ["n+1\0", "ni1\0"].contains { head.matches(Array($0.utf8), at: 344) }
    guard isNamed, head.littleEndian32(at: 0) == 348 || head.bigEndian32(at: 0) == 348 else {
      return nil
    }
    return .nifti
  }
}

extension [UInt8] {
  /// Whether `bytes` stand at `place`.
  func matches(_ bytes: [UInt8], at place: Int) -> Bool {
    dropFirst(place).starts(with: bytes)
  }

  /// Returns the four bytes from `place` on as a number, the first its highest; nil beyond the end.
  func bigEndian32(at place: Int) -> Int? {
    guard place <= count - 4 else { return nil }
    return self[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
  }

  /// Returns the four bytes from `place` on as a number, the first its lowest; nil beyond the end.
  func littleEndian32(at place: Int) -> Int? { bigEndian32(at: place)?.byteSwapped32 }
}

extension Int {
  /// The number with its lower four bytes in the opposite order.
  fileprivate var byteSwapped32: Int { Int(UInt32(truncatingIfNeeded: self).byteSwapped) }
}
