import Files
import Foundation

/// The beginning of a DICOM file: how what follows is written.
private struct DICOMStart {
  /// A byte inflates to no more than this many: deflate's longest match, of 258 bytes, takes two bits.
  private static let mostInflated = 1_032
  /// What `DICOMDIR` calls itself.
  private static let directoryClass = "1.2.840.10008.1.3.10"

  /// The bytes that all places refer to: of a deflated file the inflated ones.
  let bytes: DICOMBytes
  /// The elements that follow the header.
  let elements: DICOMCursor
  let syntax: DICOMTransferSyntax?
  let isDirectory: Bool

  /// Reads preamble and header, either of which may be missing; of a file that is cut, where
  /// `isBeginning`, what there is. Throws `DICOMProblem` where they are damaged, or what is deflated has
  /// more than `limit` bytes.
  init(_ data: Data, atMost limit: Int, isBeginning: Bool = false) throws(DICOMProblem) {
    var bytes = DICOMBytes(data)
    let (header, end) = try Self.header(of: bytes)
    var place = end
    syntax = try header.text(.transferSyntax).map(DICOMTransferSyntax.init(identifier:))
    isDirectory = header.text(.mediaClass) == Self.directoryClass
    if syntax == .deflated {
      let inflated = inflate(
        bytes[place..<bytes.count], atMost: limit, isBeginning: isBeginning)
      guard let inflated else { throw .damaged("its deflated data are broken or too large") }
      (bytes, place) = (DICOMBytes(inflated), 0)
    }
    let encoding = Self.encoding(of: bytes, at: place, syntax: syntax)
    elements = DICOMCursor(bytes, place..<bytes.count, encoding)
    self.bytes = bytes
  }

  /// Reads the header and returns where it ends.
  private static func header(
    of bytes: DICOMBytes
  ) throws(DICOMProblem) -> (header: DICOMDataSet, end: Int) {
    let start = bytes.matches("DICM", at: 128) ? 132 : 0
    var header = DICOMDataSet(bytes)
    var cursor = DICOMCursor(bytes, start..<bytes.count, .header)
    while cursor.peek()?.group == 2, let element = try cursor.next() { header.insert(element) }
    return (header, cursor.place)
  }

  /// Returns the most bytes that a file may inflate to; 0 where it is not deflated.
  static func inflatedBytes(of data: Data) -> Int {
    guard let (header, end) = try? header(of: DICOMBytes(data)),
      let identifier = header.text(.transferSyntax),
      (try? DICOMTransferSyntax(identifier: identifier)) == .deflated
    else { return 0 }
    return mostInflated * (data.count - end)
  }

  /// Finds out how the elements from a place on are written: many files say it wrongly, or not at all.
  private static func encoding(
    of bytes: DICOMBytes, at place: Int, syntax: DICOMTransferSyntax?
  ) -> DICOMEncoding {
    guard bytes.count - place >= 8 else { return .header }
    // The first group is 0008 or so: its two bytes say which of them comes first.
    let isBigEndian =
      syntax.map { $0 == .explicitBigEndian }
      ?? (bytes.tag(at: place, .header).group > 0xFF
        && bytes.tag(at: place, DICOMEncoding(isBigEndian: true)).group <= 0xFF)
    let isExplicit = bytes.kind(at: place + 4) != nil
    return DICOMEncoding(isExplicit: isExplicit, isBigEndian: isBigEndian)
  }
}

/// A DICOM file taken apart: its elements up to the pixels, which are found but not read.
struct DICOMContents: Sendable {
  /// The bytes that all places refer to: of a deflated file the inflated ones.
  let bytes: DICOMBytes
  /// The elements before the pixels.
  let dataSet: DICOMDataSet
  /// How the pixels are written; nil where the file does not say.
  let syntax: DICOMTransferSyntax?
  /// The element that holds the pixels; nil where there is none.
  let pixels: DICOMElement?
  /// Whether the file is a table of contents of others, as `DICOMDIR` is.
  let isDirectory: Bool

  /// Reads the elements of a file that may lack preamble, header or both; throws `DICOMProblem` where
  /// it is damaged or inflates to more than `limit` bytes.
  init(_ data: Data, atMost limit: Int) throws(DICOMProblem) {
    let start = try DICOMStart(data, atMost: limit)
    (bytes, syntax, isDirectory) = (start.bytes, start.syntax, start.isDirectory)
    var elements = DICOMDataSet(bytes)
    var pixels: DICOMElement?
    var cursor = start.elements
    while pixels == nil, let tag = cursor.peek(), tag.rawValue <= DICOMTag.pixels.rawValue {
      let isPixels = [.pixels, .floatPixels, .doublePixels].contains(tag)
      // The value of the pixels may end too early: that is found out with the frames.
      guard let element = try cursor.next(isCut: isPixels) else { break }
      if isPixels { pixels = element } else { elements.insert(element) }
    }
    (dataSet, self.pixels) = (elements, pixels)
  }

  /// Returns the most bytes that a file may inflate to; 0 where it is not deflated.
  static func inflatedBytes(of data: Data) -> Int { DICOMStart.inflatedBytes(of: data) }

  /// Returns the elements of group 0008, which says what a file is, as far as they lie within the
  /// beginning of a file, or those up to another group where that is asked for; and whether they all do.
  static func identification(
    in beginning: Data, upTo group: UInt32 = 8
  ) -> (elements: DICOMDataSet, isWhole: Bool) {
    guard
      let start = try? DICOMStart(
        beginning, atMost: ImageLimits().maximumInflatedBytes, isBeginning: true)
    else {
      return (DICOMDataSet(DICOMBytes(beginning)), false)
    }
    var elements = DICOMDataSet(start.bytes)
    var cursor = start.elements
    while let tag = cursor.peek(), tag.group <= group, let element = try? cursor.next() {
      elements.insert(element)
    }
    return (elements, (cursor.peek()?.group ?? 0) > group)
  }
}
