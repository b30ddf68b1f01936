extension ImageMark {
  /// The comment of a GIF file: a line for every text, `KEYWORD: TEXT`, in UTF-8.
  var comment: [UInt8] {
    Array(texts.map { "\($0.keyword): \($0.text)\n" }.joined().utf8)
  }
}

/// Finds the texts in the comments before the first frame of a GIF file, of which `bytes` is the
/// beginning.
func gifTexts(_ bytes: [UInt8]) -> [(keyword: String, text: String)] {
  // Byte by byte, for a text may begin with an accent, which makes one character with a space.
  gifComments(bytes).flatMap { comment in
    comment.split(separator: UInt8(ascii: "\n")).compactMap { line in
      line.firstRange(of: ": ".utf8).map {
        (
          keyword: String(decoding: line[..<$0.lowerBound], as: UTF8.self),
          text: String(decoding: line[$0.upperBound...], as: UTF8.self)
        )
      }
    }
  }
}

/// Collects the comments before the first frame.
private func gifComments(_ bytes: [UInt8]) -> [[UInt8]] {
  guard bytes.count > 13 else { return [] }
  let hasColours = bytes[10] & 0x80 != 0
  var place = 13 + (hasColours ? 3 << (Int(bytes[10] & 7) + 1) : 0)
  var comments: [[UInt8]] = []
  // An extension begins with 0x21 and its label; comments are those with the label 0xFE.
  while place + 1 < bytes.count, bytes[place] == 0x21 {
    let isComment = bytes[place + 1] == 0xFE
    place += 2
    guard let content = gifBlocks(bytes, &place) else { break }
    if isComment { comments.append(content) }
  }
  return comments
}

/// Joins the blocks from `place` on, each a length and as many bytes, up to one of no bytes, and goes
/// behind that; nil where the bytes end before.
private func gifBlocks(_ bytes: [UInt8], _ place: inout Int) -> [UInt8]? {
  var content: [UInt8] = []
  while place < bytes.count {
    let length = Int(bytes[place])
    place += 1
    if length == 0 { return content }
    guard length <= bytes.count - place else { return nil }
    content += bytes[place..<place + length]
    place += length
  }
  return nil
}
