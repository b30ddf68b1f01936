import Files
import Testing

@Suite struct ChecksumTests {
  private func digits(_ bytes: [UInt8]) -> String {
    bytes.withUnsafeBytes { Checksum(of: $0).digits }
  }

  /// The check value of the catalogue of CRC algorithms, and values that Python's `zlib.crc32` gives.
  @Test(arguments: [
    ("123456789", "cbf43926"), ("", "00000000"), ("a", "e8b7be43"), ("\0", "d202ef8d"),
    ("dcgan", "1877b561"),
  ])
  func isTheOneOfZlib(text: String, expected: String) {
    #expect(digits(Array(text.utf8)) == expected)
  }

  @Test func doesNotDependOnThePieces() {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 37) }
    for cut in [0, 1, 7, 500, 999, 1000] {
      var sum = Checksum()
      bytes[..<cut].withUnsafeBytes { sum.add($0) }
      sum.add(UnsafeRawBufferPointer(start: nil, count: 0))
      bytes[cut...].withUnsafeBytes { sum.add($0) }
      #expect(sum.digits == digits(bytes))
    }
  }
}
