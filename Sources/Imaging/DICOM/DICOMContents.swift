import Files
import Foundation

/// A DICOM file taken apart: its elements up to the pixels, which are found but not read.
struct DICOMContents: Sendable {
  /// The most bytes that a deflated file may inflate to: more than any such file has, and little enough
  /// to be in memory a few times over.
  private static let mostInflatedBytes = 1 << 28

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
  /// it is damaged.
  init(_ data: Data) throws(DICOMProblem) {
    var bytes = DICOMBytes(data)
    let start = bytes.matches("DICM", at: 128) ? 132 : 0
    var header = DICOMDataSet(bytes)
    var cursor = DICOMCursor(bytes, start..<bytes.count, .header)
    while cursor.peek()?.group == 2, let element = try cursor.next() { header.insert(element) }
    var begin = cursor.place
    syntax = try header.text(.transferSyntax).map(DICOMTransferSyntax.init(identifier:))
    isDirectory = header.text(.mediaClass) == Self.directoryClass
    if syntax == .deflated {
      guard let inflated = inflate(bytes[begin..<bytes.count], atMost: Self.mostInflatedBytes)
      else { throw .damaged("its deflated data are broken or too large") }
      (bytes, begin) = (DICOMBytes(inflated), 0)
    }
    let encoding = Self.encoding(of: bytes, at: begin, syntax: syntax)
    (dataSet, pixels) = try Self.elements(of: bytes, from: begin, encoding)
    self.bytes = bytes
  }

  /// Returns the elements of group 0008, which says what a file is, as far as they lie within the
  /// beginning of a file.
  static func identification(in beginning: Data) -> DICOMDataSet {
    var bytes = DICOMBytes(beginning)
    var elements = DICOMDataSet(bytes)
    let start = bytes.matches("DICM", at: 128) ? 132 : 0
    var cursor = DICOMCursor(bytes, start..<bytes.count, .header)
    var header = elements
    while cursor.peek()?.group == 2, let element = try? cursor.next() { header.insert(element) }
    var begin = cursor.place
    let syntax = header.text(.transferSyntax).flatMap(DICOMTransferSyntax.init(rawValue:))
    if syntax == .deflated {
      let inflated = inflate(
        bytes[begin..<bytes.count], atMost: mostInflatedBytes, isBeginning: true)
      (bytes, begin) = (DICOMBytes(inflated ?? Data()), 0)
      elements = DICOMDataSet(bytes)
    }
    cursor = DICOMCursor(
      bytes, begin..<bytes.count, encoding(of: bytes, at: begin, syntax: syntax))
    while let tag = cursor.peek(), tag.group <= 8, let element = try? cursor.next() {
      elements.insert(element)
    }
    return elements
  }

  /// What `DICOMDIR` calls itself.
  static let directoryClass = "1.2.840.10008.1.3.10"

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

  /// Collects the elements up to the pixels, whose value may end too early.
  private static func elements(
    of bytes: DICOMBytes, from place: Int, _ encoding: DICOMEncoding
  ) throws(DICOMProblem) -> (DICOMDataSet, pixels: DICOMElement?) {
    var cursor = DICOMCursor(bytes, place..<bytes.count, encoding)
    var elements = DICOMDataSet(bytes)
    while let tag = cursor.peek(), tag.rawValue <= DICOMTag.pixels.rawValue {
      let isPixels = [.pixels, .floatPixels, .doublePixels].contains(tag)
      guard let element = try cursor.next(isCut: isPixels) else { break }
      if isPixels { return (elements, element) }
      elements.insert(element)
    }
    return (elements, nil)
  }
}
