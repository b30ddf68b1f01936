/// The elements of a data set, or of an item in a sequence, and their values.
///
/// Values of a wrong kind or length count as missing: whoever needs one says so. Of longer values than any
/// that is needed only the beginning is read.
struct DICOMDataSet: Sendable {
  /// The bytes of the longest lookup table.
  private static let longestTable = 1 << 17
  /// The bytes of the longest text.
  private static let longestText = 1_024

  private let bytes: DICOMBytes
  private var elements: [DICOMTag: DICOMElement] = [:]

  /// Makes a data set of no elements.
  init(_ bytes: DICOMBytes) { self.bytes = bytes }

  /// Collects the elements of an item, all of which lies in `range`.
  init(
    _ bytes: DICOMBytes, _ range: Range<Int>, _ encoding: DICOMEncoding
  ) throws(DICOMProblem) {
    self.bytes = bytes
    var cursor = DICOMCursor(bytes, range, encoding)
    while let element = try cursor.next() { insert(element) }
  }

  /// Adds an element; of several of one name the first counts.
  mutating func insert(_ element: DICOMElement) {
    if elements[element.tag] == nil { elements[element.tag] = element }
  }

  /// Returns the element of this name; nil where there is none.
  subscript(tag: DICOMTag) -> DICOMElement? { elements[tag] }

  /// Returns the first text of an element; nil where there is none, or it is empty.
  func text(_ tag: DICOMTag) -> String? {
    guard let text = texts(tag).first, !text.isEmpty else { return nil }
    return text
  }

  /// Returns the numbers that an element writes as text; nil where one is none, or far beyond what
  /// pixels can be.
  func decimals(_ tag: DICOMTag) -> [Double]? {
    let texts = texts(tag)
    let numbers = texts.compactMap { Double($0) }.filter { abs($0) <= 1e15 }
    return texts.isEmpty || numbers.count < texts.count ? nil : numbers
  }

  /// Returns the first number that an element writes as text; nil where it is none, or far beyond what
  /// pixels can be, where sums would no longer be finite.
  func decimal(_ tag: DICOMTag) -> Double? {
    guard let text = text(tag), let number = Double(text), abs(number) <= 1e15 else { return nil }
    return number
  }

  /// Returns the numbers of 16 bits in an element; none where there is none.
  func numbers(_ tag: DICOMTag) -> [Int] {
    guard let element = elements[tag], !element.isMarked else { return [] }
    let value = element.value.prefix(Self.longestTable)
    return stride(from: value.lowerBound, to: value.upperBound - 1, by: 2).map {
      bytes.uint16(at: $0, element.encoding)
    }
  }

  /// Returns the first number of 16 bits in an element; nil where there is none.
  func number(_ tag: DICOMTag) -> Int? {
    guard let element = elements[tag], !element.isMarked, element.value.count >= 2 else {
      return nil
    }
    return bytes.uint16(at: element.value.lowerBound, element.encoding)
  }

  /// Returns the item of a sequence at a place, counted from 0; nil where there are not so many.
  func item(_ place: Int = 0, of tag: DICOMTag) throws(DICOMProblem) -> DICOMDataSet? {
    guard let sequence = elements[tag] else { return nil }
    var cursor = DICOMCursor(bytes, sequence.value, sequence.encoding)
    var passed = 0
    while let element = try cursor.next() {
      guard element.tag == .item else { return nil }
      if passed == place {
        return try DICOMDataSet(bytes, element.value, element.encoding)
      }
      passed += 1
    }
    return nil
  }

  private func texts(_ tag: DICOMTag) -> [String] {
    guard let element = elements[tag], !element.isMarked else { return [] }
    return bytes.texts(in: element.value.prefix(Self.longestText))
  }
}
