import Foundation

/// How numbers are read from samples: which bits count, and whether there is a sign.
struct DICOMSampleReading: Sendable {
  /// The bytes of a sample.
  private let width: Int
  /// The bits that count.
  let bits: Int
  /// The bits below them.
  private let below: Int
  private let isSigned: Bool

  /// Prepares for samples of `width` bytes of a file's frame. Decompression may have made them narrower
  /// than the file says: then the bits that there are count.
  init(_ pixels: DICOMPixels, width: Int) {
    self.width = width
    isSigned = pixels.isSigned
    let isWhole = pixels.bitsStored + pixels.bitsBelow <= 8 * width
    bits = isWhole ? pixels.bitsStored : 8 * width
    below = isWhole ? pixels.bitsBelow : 0
  }

  /// Returns the number that the bits of a sample stand for.
  func number(_ pattern: Int) -> Int {
    isSigned && pattern >> (bits - 1) & 1 == 1 ? pattern - 1 << bits : pattern
  }

  /// Returns whether there are so many samples that it pays to go through all patterns of bits first.
  func hasFewPatterns(beside samples: DICOMSamples) -> Bool {
    samples.bytes.count / width >= 1 << bits
  }

  /// Returns what `level` makes of the pattern of bits of each sample.
  func map(_ samples: DICOMSamples, through level: (_ pattern: Int) -> UInt8) -> [UInt8] {
    let total = samples.bytes.count / width
    let table = hasFewPatterns(beside: samples) ? (0..<1 << bits).map(level) : []
    return [UInt8](unsafeUninitializedCapacity: total) { output, count in
      table.withUnsafeBufferPointer { table in
        if table.isEmpty {
          forEach(samples) { output[$0] = level($1) }
        } else {
          forEach(samples) { output[$0] = table[$1] }
        }
      }
      count = total
    }
  }

  /// Returns for every pattern of bits whether a sample has it.
  func used(in samples: DICOMSamples) -> [Bool] {
    var used = [Bool](repeating: false, count: 1 << bits)
    used.withUnsafeMutableBufferPointer { used in forEach(samples) { used[$1] = true } }
    return used
  }

  /// Returns the number of each sample.
  func numbers(of samples: DICOMSamples) -> [Int] {
    var numbers: [Int] = []
    numbers.reserveCapacity(samples.bytes.count / width)
    forEach(samples) { numbers.append(number($1)) }
    return numbers
  }

  /// Calls `body` with the place and the pattern of bits of every sample.
  @inline(__always)
  private func forEach(_ samples: DICOMSamples, _ body: (Int, Int) -> Void) {
    let mask = 1 << bits - 1
    samples.bytes.withUnsafeBytes { input in
      switch width {
      case 1: for place in 0..<input.count { body(place, Int(input[place]) >> below & mask) }
      case 2:
        for place in 0..<input.count / 2 {
          let sample = input.loadUnaligned(fromByteOffset: 2 &* place, as: UInt16.self)
          body(place, Int(UInt16(littleEndian: sample)) >> below & mask)
        }
      default:
        for place in 0..<input.count / 4 {
          let sample = input.loadUnaligned(fromByteOffset: 4 &* place, as: UInt32.self)
          body(place, Int(UInt32(littleEndian: sample)) >> below & mask)
        }
      }
    }
  }
}
