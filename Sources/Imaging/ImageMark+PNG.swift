import Foundation

extension ImageMark {
  /// Returns `file`, a PNG file, with the mark behind its header.
  ///
  /// Text of ASCII goes into `tEXt` chunks, whose text is Latin-1, any other into uncompressed
  /// `iTXt` chunks, whose text is UTF-8, so that every reader shows it as it is.
  func added(toPNG file: Data) -> Data {
    // The signature, then the header: 13 bytes of data, length, name and checksum.
    let header = pngSignature.count + 25
    let chunks = texts.flatMap { keyword, text in
      text.utf8.allSatisfy { $0 < 0x80 }
        ? pngChunk("tEXt", Array(keyword.utf8) + [0] + Array(text.utf8))
        // Neither compressed nor compressed in a way, in no language, under no translated keyword.
        : pngChunk("iTXt", Array(keyword.utf8) + [0, 0, 0, 0, 0] + Array(text.utf8))
    }
    return file.prefix(header) + chunks + file.dropFirst(header)
  }
}

/// Finds the uncompressed texts before the rows of a PNG file, of which `bytes` is the beginning.
func pngTexts(_ bytes: [UInt8]) -> [(keyword: String, text: String)] {
  bytes.withUnsafeBufferPointer { buffer in
    var texts: [(keyword: String, text: String)] = []
    let chunks = PNGChunks(buffer)
    for chunk in chunks {
      if chunk.name == "IDAT" { break }
      guard chunk.name == "tEXt" || chunk.name == "iTXt", chunks.isIntact(chunk) else { continue }
      let data = buffer[chunk.data]
      if let text = chunk.name == "tEXt" ? latin1Text(data) : utf8Text(data) { texts.append(text) }
    }
    return texts
  }
}

/// Takes the data of a `tEXt` chunk apart: keyword, zero, text.
private func latin1Text(
  _ data: Slice<UnsafeBufferPointer<UInt8>>
) -> (keyword: String, text: String)? {
  guard let end = data.firstIndex(of: 0) else { return nil }
  return (latin1(data[..<end]), latin1(data[(end + 1)...]))
}

/// Takes the data of an `iTXt` chunk apart, nil where the text is compressed: keyword, zero, whether
/// it is compressed, how, language, zero, translated keyword, zero, text.
private func utf8Text(
  _ data: Slice<UnsafeBufferPointer<UInt8>>
) -> (keyword: String, text: String)? {
  guard let end = data.firstIndex(of: 0), data.endIndex - end >= 3, data[end + 1] == 0,
    let language = data[(end + 3)...].firstIndex(of: 0),
    let translation = data[(language + 1)...].firstIndex(of: 0)
  else { return nil }
  return (latin1(data[..<end]), String(decoding: data[(translation + 1)...], as: UTF8.self))
}

private func latin1(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> String {
  String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
}
