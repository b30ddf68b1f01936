import Files

extension FileFormat {
  /// The bytes from a file's start on that `recognize` looks at.
  package static let headLength = StrayFormat.headLength

  /// Recognizes the file at `path`, of which only the head is read; nil where the format is none of
  /// these or the file cannot be read.
  package static func read(at path: String) -> FileFormat? {
    fileHead(path, atMost: headLength).flatMap(recognize)
  }

  /// Recognizes a file by its first bytes, `headLength` of them or as many as there are; nil where the
  /// format is none of these.
  package static func recognize(_ head: [UInt8]) -> FileFormat? {
    // What begins before it may be a TIFF picture's head: such files are both.
    if head.matches(Array("DICM".utf8), at: 128) { return .dicom }
    if let signature = signatures.first(where: { $0.isFound(in: head) }) { return signature.format }
    if MarkupHead(head).isDrawing { return .svg }
    if let stray = StrayFormat.recognize(head) { return FileFormat(stray) }
    return isobmff(head) ?? bitmap(head) ?? volume(head) ?? dicom(head)
      ?? (NetpbmHeader.isFound(in: head) ? .netpbm : nil)
  }

  /// The signatures of images and volumes; those of what is neither are `StrayFormat`'s.
  private static let signatures: [FileSignature<FileFormat>] = [
    FileSignature(.jpeg, [0xFF, 0xD8, 0xFF]),
    FileSignature(.png, pngSignature),
    FileSignature(.webP, "WEBPVP8", at: 8),
    FileSignature(.gif, "GIF87a"),
    FileSignature(.gif, "GIF89a"),
    FileSignature(.tiff, "II*\0"),
    FileSignature(.tiff, "MM\0*"),
    FileSignature(.tiff, "II+\0"),
    FileSignature(.tiff, "MM\0+"),
    FileSignature(.jpeg2000, [0, 0, 0, 0x0C, 0x6A, 0x50, 0x20, 0x20, 0x0D, 0x0A, 0x87, 0x0A]),
    FileSignature(.jpeg2000, [0xFF, 0x4F, 0xFF, 0x51]),
    FileSignature(.jpegXL, [0, 0, 0, 0x0C, 0x4A, 0x58, 0x4C, 0x20, 0x0D, 0x0A, 0x87, 0x0A]),
    FileSignature(.jpegXL, [0xFF, 0x0A]),
    FileSignature(.nifti, "n+2\0\r\n\u{1A}\n", at: 4),
    FileSignature(.nifti, "ni2\0\r\n\u{1A}\n", at: 4),
  ]

  /// Takes over what is no image.
  private init(_ stray: StrayFormat) {
    self =
      switch stray {
      case .numpy: .numpy
      case .hdf5: .hdf5
      case .gzip: .gzip
      case .zip: .zip
      case .sevenZip: .sevenZip
      case .rar: .rar
      case .tar: .tar
      case .bzip2: .bzip2
      case .xz: .xz
      case .zstandard: .zstandard
      case .pdf: .pdf
      case .html: .html
      case .xml: .xml
      case .gitLFSPointer: .gitLFSPointer
      case .empty: .empty
      }
  }

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
  /// Returns whether `bytes` stand at `place`.
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
