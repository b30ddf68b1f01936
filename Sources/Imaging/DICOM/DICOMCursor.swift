import Foundation

/// A way through the elements of a part of a file, one after the other.
///
/// Every length is a stranger's word: none leads out of the part. Sequences are passed over, without
/// recursion, and their elements found by another cursor on their value.
struct DICOMCursor {
  /// The sequences that may lie within one another.
  private static let deepest = 32
  /// The length that stands for one that is not known.
  private static let unknownLength = 0xFFFF_FFFF

  private let bytes: DICOMBytes
  private let end: Int
  private let encoding: DICOMEncoding
  /// Where the next element begins.
  private(set) var place: Int

  /// Starts at the beginning of `range`, all of which lies within `bytes`.
  init(_ bytes: DICOMBytes, _ range: Range<Int>, _ encoding: DICOMEncoding) {
    (self.bytes, self.encoding) = (bytes, encoding)
    (place, end) = (range.lowerBound, range.upperBound)
  }

  /// Returns the tag of the next element; nil at the end.
  func peek() -> DICOMTag? {
    guard end - place >= 8 else { return nil }
    return bytes.tag(at: place, encoding)
  }

  /// Returns the next element and goes behind it; nil at the end, where fewer bytes are left than any
  /// element has.
  ///
  /// - Parameter isCut: Whether a value may go on beyond the end, and then is what is there, as is one of
  ///   unknown length.
  /// - Throws: `DICOMProblem` where the value ends beyond the part.
  mutating func next(isCut: Bool = false) throws(DICOMProblem) -> DICOMElement? {
    guard peek() != nil else { return nil }
    let head = try head(at: place, encoding)
    let start = head.start
    guard head.length != Self.unknownLength else {
      let (inner, after) = isCut ? (start..<end, end) : try inside(head)
      place = after
      return DICOMElement(
        tag: head.tag, kind: head.kind, value: inner, isMarked: true,
        encoding: Self.encoding(within: head, encoding))
    }
    guard isCut || head.length <= end - start else { throw .truncated("its header") }
    place = start + min(head.length, end - start)
    return DICOMElement(
      tag: head.tag, kind: head.kind, value: start..<place, isMarked: false, encoding: encoding)
  }

  /// The head of an element: all but its value.
  private struct Head {
    let tag: DICOMTag
    let kind: String?
    let length: Int
    let start: Int
  }

  private func head(at place: Int, _ encoding: DICOMEncoding) throws(DICOMProblem) -> Head {
    guard end - place >= 8 else { throw .truncated("its header") }
    let tag = bytes.tag(at: place, encoding)
    guard encoding.isExplicit, tag.group != DICOMTag.item.group,
      let kind = bytes.kind(at: place + 4)
    else {
      return Head(
        tag: tag, kind: nil, length: bytes.uint32(at: place + 4, encoding), start: place + 8)
    }
    guard Self.longKinds.contains(kind) else {
      return Head(
        tag: tag, kind: kind, length: bytes.uint16(at: place + 6, encoding), start: place + 8)
    }
    guard end - place >= 12 else { throw .truncated("its header") }
    return Head(
      tag: tag, kind: kind, length: bytes.uint32(at: place + 8, encoding), start: place + 12)
  }

  /// The kinds of values whose length has four bytes, after two that mean nothing.
  private static let longKinds: Set = [
    "OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV",
  ]

  /// Returns how what lies in an element of unknown length is written.
  private static func encoding(within head: Head, _ encoding: DICOMEncoding) -> DICOMEncoding {
    head.kind == "UN" ? .unknown : encoding
  }

  /// Finds the end of an element of unknown length: the places of its value, and the place behind
  /// what ends it. Throws `DICOMProblem` where there is none.
  private func inside(_ first: Head) throws(DICOMProblem) -> (Range<Int>, after: Int) {
    // An item holds elements and is ended by `itemEnd`; all else holds items.
    var open = [(isItem: first.tag == .item, encoding: Self.encoding(within: first, encoding))]
    var place = first.start
    while let level = open.last {
      let head = try head(at: place, level.encoding)
      place = head.start
      if head.tag == (level.isItem ? .itemEnd : .sequenceEnd) {
        open.removeLast()
        if open.isEmpty { return (first.start..<place - 8, place) }
      } else if !level.isItem && head.tag != .item {
        throw .damaged("a sequence holds what is no item")
      } else if head.length == Self.unknownLength {
        guard open.count < Self.deepest else { throw .damaged("its sequences are too deep") }
        open.append((head.tag == .item, Self.encoding(within: head, level.encoding)))
      } else {
        guard head.length <= end - place else { throw .truncated("a sequence") }
        place += head.length
      }
    }
    throw .truncated("a sequence")
  }
}
