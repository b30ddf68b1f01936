import Files
import Support

/// The checksums of a safetensors file, which stand as strings under `__metadata__`, where readers
/// that do not know them leave them alone.
///
/// `crc32.NAME` holds the CRC-32 of the bytes of the tensor NAME, in eight hexadecimal digits, and
/// `crc32.__metadata__` that of every other string: each key and each value as UTF-8 with a zero byte
/// behind it, ordered by key. A file either has none of them or all.
struct SafeTensorsChecksums {
  private static let prefix = "crc32."
  private static let ownKey = prefix + SafeTensorsHeader.metadataKey

  /// By tensor; nil where the file has none.
  private let digits: [String: String]?

  /// Takes the checksums out of a header's strings and checks what remains.
  ///
  /// Throws `SafeTensorsProblem` where the strings are not those that were summed up.
  init(takenFrom strings: inout [String: String]) throws(SafeTensorsProblem) {
    let own = strings.filter { $0.key.hasPrefix(Self.prefix) }
    guard !own.isEmpty else {
      digits = nil
      return
    }
    let found = Self.sum(of: strings.filter { $0.key != Self.ownKey }).digits
    guard own[Self.ownKey] == found else {
      throw Self.failure(
        SafeTensorsHeader.metadataKey, expected: own[Self.ownKey], found: found)
    }
    for key in own.keys { strings[key] = nil }
    digits = Dictionary(
      uniqueKeysWithValues: own.map { (String($0.key.dropFirst(Self.prefix.count)), $0.value) })
  }

  /// Compares the sum of a tensor's bytes with the one that the file gives, if it gives any.
  ///
  /// Throws `SafeTensorsProblem` where they differ, or other tensors have one and this one has none.
  func check(_ sum: Checksum, of name: String) throws(SafeTensorsProblem) {
    guard let digits, digits[name] != sum.digits else { return }
    throw Self.failure(
      SafeTensorsHeader.tensorKey(name), expected: digits[name], found: sum.digits)
  }

  /// Returns `strings` with the checksums of the tensors and of the strings themselves.
  static func adding(
    to strings: [String: String], of entries: [SafeTensors.Entry]
  ) -> [String: String] {
    var result = strings.filter { !$0.key.hasPrefix(prefix) }
    for entry in entries {
      result[prefix + entry.name] = entry.values.withUnsafeBytes { Checksum(of: $0) }.digits
    }
    result[ownKey] = sum(of: result).digits
    return result
  }

  private static func sum(of strings: [String: String]) -> Checksum {
    strings.sorted { $0.key < $1.key }.reduce(into: Checksum()) { sum, pair in
      for text in [pair.key, pair.value] {
        (Array(text.utf8) + [0]).withUnsafeBytes { sum.add($0) }
      }
    }
  }

  private static func failure(
    _ key: String, expected: String?, found: String
  ) -> SafeTensorsProblem {
    SafeTensorsProblem(
      key,
      expected: expected.map { "the checksum \(quoted($0)), as the file says" } ?? "a checksum",
      found: expected == nil ? "none; the file is damaged" : "'\(found)'; the file is damaged")
  }
}

extension SafeTensors {
  /// Reads the file at `path` in small pieces and checks it, its checksums too, without keeping it.
  ///
  /// Throws as `init(contentsOf:)`.
  package static func verify(contentsOf path: String) throws {
    let file = try FileReader(path: path)
    try inFile(path) { try verify(file) }
  }

  private static func verify(_ file: borrowing FileReader) throws {
    let header = try SafeTensorsHeader(size: file.size) { try file.read(at: $0, into: $1) }
    var strings = header.metadata
    let checksums = try SafeTensorsChecksums(takenFrom: &strings)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: pieceBytes, alignment: 16)
    defer { buffer.deallocate() }
    for tensor in header.tensors {
      var sum = Checksum()
      for start in stride(from: 0, to: tensor.bytes.count, by: pieceBytes) {
        let count = min(pieceBytes, tensor.bytes.count - start)
        let piece = UnsafeMutableRawBufferPointer(rebasing: buffer[..<count])
        try file.read(at: header.dataStart + tensor.bytes.lowerBound + start, into: piece)
        sum.add(UnsafeRawBufferPointer(piece))
      }
      try checksums.check(sum, of: tensor.name)
    }
  }
}
