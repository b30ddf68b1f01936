extension FileFormat {
  /// Recognizes DICOM without its preamble, as old devices write it: a first element of group 0002 or
  /// 0008 that makes sense, in little endian or, where letters say what it is, in big endian.
  ///
  /// An element is a group, a number, and either two letters that say what its value is or the value's
  /// length at once; here the letters are the ones that the standard gives that element, or the length
  /// is even and short and leads to another element of the same group.
  static func dicom(_ head: [UInt8]) -> FileFormat? {
    if head.count >= 8, head[0] == 0, head[2] == 0,
      let kind = dicomKinds[Int(head[1]) << 16 | Int(head[3])],
      head.matches(Array(kind.utf8), at: 4)
    {
      return .dicom
    }
    guard head.count >= 8, let group = head.littleEndian16(at: 0), group == 2 || group == 8,
      let element = head.littleEndian16(at: 2), let kind = dicomKinds[group << 16 | element]
    else { return nil }
    if head.matches(Array(kind.utf8), at: 4) { return .dicom }
    guard let length = head.littleEndian32(at: 4), length <= 128, length.isMultiple(of: 2),
      let nextGroup = head.littleEndian16(at: 8 + length), nextGroup == group,
      let nextElement = head.littleEndian16(at: 10 + length), nextElement > element
    else { return nil }
    return .dicom
  }

  /// The elements that files begin with, group above element, and the letters for what they hold.
  private static let dicomKinds: [Int: String] = [
    0x0002_0000: "UL", 0x0002_0001: "OB", 0x0002_0002: "UI", 0x0002_0010: "UI",
    0x0008_0000: "UL", 0x0008_0001: "UL", 0x0008_0005: "CS", 0x0008_0008: "CS",
    0x0008_0012: "DA", 0x0008_0013: "TM", 0x0008_0014: "UI", 0x0008_0016: "UI",
    0x0008_0018: "UI", 0x0008_0020: "DA", 0x0008_0060: "CS",
  ]
}

extension [UInt8] {
  /// Returns the two bytes from `place` on as a number, the first its lowest; nil beyond the end.
  fileprivate func littleEndian16(at place: Int) -> Int? {
    place <= count - 2 ? Int(self[place]) | Int(self[place + 1]) << 8 : nil
  }
}
