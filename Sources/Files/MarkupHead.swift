/// The beginning of a file of tags, behind a byte order mark and white space.
package struct MarkupHead {
  private let text: Substring

  /// Takes a file's first bytes.
  package init(_ head: [UInt8]) {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let bytes = head.dropFirst(head.starts(with: mark) ? mark.count : 0)
    text = String(decoding: bytes, as: UTF8.self).lowercased().drop(while: \.isWhitespace)
  }

  /// HTML or XML, told by the first tag; nil where that is neither's.
  package var format: StrayFormat? {
    if isPage { return .html }
    guard isXML || isComment else { return nil }
    // Pages may begin with a comment.
    return isComment || text.contains("<html") || text.contains("<!doctype html") ? .html : .xml
  }

  /// Whether it is an SVG drawing.
  package var isDrawing: Bool {
    text.hasPrefix("<svg") || !isPage && (isXML || isComment) && text.contains("<svg")
  }

  private var isPage: Bool {
    ["<!doctype html", "<html", "<head", "<body", "<script"].contains(where: text.hasPrefix)
  }

  private var isXML: Bool { text.hasPrefix("<?xml") || text.hasPrefix("<!doctype") }

  private var isComment: Bool { text.hasPrefix("<!--") }
}
