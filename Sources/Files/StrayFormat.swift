/// What a file is by its content where one of quite another kind is wanted: what other programs keep
/// numbers in, archives, and what downloads and copies leave in a file's place.
package enum StrayFormat: CaseIterable, Sendable {
  // Numbers.
  case numpy, hdf5
  // Archives.
  case gzip, zip, sevenZip, rar, tar, bzip2, xz, zstandard
  // Texts, and nothing.
  case pdf, html, xml, gitLFSPointer, empty

  /// The bytes from a file's start on that `recognize` looks at.
  package static let headLength = 512

  /// Recognizes a file by its first bytes, `headLength` of them or as many as there are; nil where the
  /// format is none of these.
  package static func recognize(_ head: [UInt8]) -> StrayFormat? {
    guard !head.isEmpty else { return .empty }
    return signatures.first { $0.isFound(in: head) }?.format ?? MarkupHead(head).format
  }

  private static let signatures: [FileSignature<StrayFormat>] = [
    FileSignature(.numpy, [0x93] + Array("NUMPY".utf8)),
    FileSignature(.hdf5, [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]),
    FileSignature(.gzip, [0x1F, 0x8B]),
    FileSignature(.zip, "PK\u{3}\u{4}"),
    FileSignature(.zip, "PK\u{5}\u{6}"),
    FileSignature(.zip, "PK\u{7}\u{8}"),
    FileSignature(.sevenZip, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]),
    FileSignature(.rar, "Rar!\u{1A}\u{7}"),
    FileSignature(.tar, "ustar", at: 257),
    FileSignature(.bzip2, [0x31, 0x41, 0x59, 0x26, 0x53, 0x59], at: 4),
    FileSignature(.xz, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]),
    FileSignature(.zstandard, [0x28, 0xB5, 0x2F, 0xFD]),
    FileSignature(.pdf, "%PDF-"),
    FileSignature(.gitLFSPointer, "version https://git-lfs.github.com/spec/"),
  ]
}
