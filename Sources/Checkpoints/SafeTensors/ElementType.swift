/// The types of numbers that are read as `Float`, under their names in a safetensors header.
enum ElementType: String, CaseIterable {
  /// Binary32 of IEEE 754, which is `Float`.
  case float32 = "F32"
  /// Binary16 of IEEE 754.
  case float16 = "F16"
  /// The upper half of a binary32.
  case bfloat16 = "BF16"
  /// Binary64 of IEEE 754.
  case float64 = "F64"

  /// What an error asks for.
  static let expectation = "dtype F32, F16, BF16 or F64"

  /// The bytes of a number.
  var size: Int {
    switch self {
    case .float32: 4
    case .float16, .bfloat16: 2
    case .float64: 8
    }
  }

  /// Converts little-endian numbers: exactly, or from binary64 to the nearest `Float`, the even one of
  /// two.
  ///
  /// - Parameters:
  ///   - bytes: Whole numbers of this type, at any address.
  ///   - target: As many places as there are numbers.
  func convert(_ bytes: UnsafeRawBufferPointer, to target: UnsafeMutableBufferPointer<Float>) {
    for index in target.indices {
      let offset = index * size
      switch self {
      case .float32:
        let bits = UInt32(
          littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
        target[index] = Float(bitPattern: bits)
      case .float16:
        let bits = UInt16(
          littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self))
        target[index] = Self.float(binary16: bits)
      case .bfloat16:
        let bits = UInt16(
          littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self))
        target[index] = Float(bitPattern: UInt32(bits) << 16)
      case .float64:
        let bits = UInt64(
          littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        target[index] = Float(Double(bitPattern: bits))
      }
    }
  }

  /// Returns the value of a binary16, which every `Float` can hold; `Float16` is not on every processor.
  private static func float(binary16 bits: UInt16) -> Float {
    let sign = UInt32(bits >> 15) << 31
    let exponent = UInt32(bits >> 10) & 0x1F
    let fraction = UInt32(bits) & 0x3FF
    switch exponent {
    case 0:
      // Zero and the subnormals are whole multiples of the least number.
      let size = Float(fraction) * 0x1p-24
      return Float(bitPattern: size.bitPattern | sign)
    case 0x1F: return Float(bitPattern: sign | 0x7F80_0000 | fraction << 13)
    default: return Float(bitPattern: sign | (exponent + 127 - 15) << 23 | fraction << 13)
    }
  }
}
