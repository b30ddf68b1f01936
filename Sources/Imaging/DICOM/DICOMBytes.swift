import Foundation

/// The bytes of a DICOM file, and the numbers in them. What is asked for has to lie within them.
struct DICOMBytes: Sendable {
  let data: Data

  /// The number of bytes.
  var count: Int { data.count }

  /// Takes bytes over.
  init(_ data: Data) { self.data = data }

  private func byte(_ place: Int) -> Int { Int(data[data.startIndex + place]) }

  /// Returns the two bytes from `place` on as a number.
  func uint16(at place: Int, _ encoding: DICOMEncoding) -> Int {
    let (low, high) = (byte(place), byte(place + 1))
    return encoding.isBigEndian ? low << 8 | high : high << 8 | low
  }

  /// Returns the four bytes from `place` on as a number.
  func uint32(at place: Int, _ encoding: DICOMEncoding) -> Int {
    let (first, second) = (uint16(at: place, encoding), uint16(at: place + 2, encoding))
    return encoding.isBigEndian ? first << 16 | second : second << 16 | first
  }

  /// Returns the tag at `place`: two numbers.
  func tag(at place: Int, _ encoding: DICOMEncoding) -> DICOMTag {
    let (group, number) = (uint16(at: place, encoding), uint16(at: place + 2, encoding))
    return DICOMTag(rawValue: UInt32(group) << 16 | UInt32(number))
  }

  /// Returns the two capital letters at `place`; nil where there are none.
  func kind(at place: Int) -> String? {
    let letters = UInt8(ascii: "A")...UInt8(ascii: "Z")
    let (first, second) = (UInt8(byte(place)), UInt8(byte(place + 1)))
    guard letters.contains(first), letters.contains(second) else { return nil }
    return String(decoding: [first, second], as: UTF8.self)
  }

  /// Returns whether the bytes of `text` stand at `place`.
  func matches(_ text: String, at place: Int) -> Bool {
    let text = Array(text.utf8)
    guard place >= 0, place <= count - text.count else { return false }
    return text.indices.allSatisfy { byte(place + $0) == Int(text[$0]) }
  }

  /// Returns the texts in a value, which a backslash separates, without the spaces around them.
  func texts(in range: Range<Int>) -> [String] {
    let value = self[range]
    return value.split(separator: UInt8(ascii: "\\"), omittingEmptySubsequences: false).map {
      let text = $0.map { Character(Unicode.Scalar($0)) }
      return String(text).trimmingCharacters(in: CharacterSet(charactersIn: " \0\t\r\n"))
    }
  }

  /// Returns a part of the bytes, which are not copied.
  subscript(range: Range<Int>) -> Data {
    data[data.startIndex + range.lowerBound..<data.startIndex + range.upperBound]
  }
}
