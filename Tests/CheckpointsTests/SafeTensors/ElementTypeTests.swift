import Checkpoints
import Foundation
import Support
import TestSupport
import Testing

/// Numbers of other types than `Float`, in safetensors files.
@Suite struct ElementTypeTests {
  /// Makes a file with one tensor `x` of these bytes.
  private func file(_ type: String, _ count: Int, _ bytes: [UInt8]) -> [UInt8] {
    safeTensorsFile(
      #"{"x":{"dtype":"\#(type)","shape":[\#(count)],"data_offsets":[0,\#(bytes.count)]}}"#,
      data: bytes)
  }

  private func bits(_ type: String, _ numbers: [some FixedWidthInteger]) throws -> [UInt32] {
    let bytes = numbers.flatMap { withUnsafeBytes(of: $0.littleEndian) { Array($0) } }
    let read = try SafeTensors(parsing: file(type, numbers.count, bytes), path: "f")
    return try #require(read["x"]).values.map(\.bitPattern)
  }

  @Test(
    arguments: [
      ("f16", 17, [2, 0x3380_0000], [5, 0x387F_C000]),
      ("bf16", 13, [2, 0x0001_0000], [4, 0x007F_0000]),
      ("f64", 18, [4, 0x3DCC_CCCD], [8, 1]),
    ] as [(String, Int, [UInt32], [UInt32])])
  func numbersAreThoseOfPyTorch(
    name: String, count: Int, first: [UInt32], second: [UInt32]
  ) throws {
    let file = try SafeTensors(contentsOf: Fixtures.path("weights/types.safetensors"))
    let values = try #require(file[name]).values.map(\.bitPattern)
    #expect(values == (try #require(file["\(name).expected"]).values.map(\.bitPattern)))
    #expect(values.count == count)
    for known in [first, second] { #expect(values[Int(known[0])] == known[1]) }
  }

  @Test func halvesAreReadExactly() throws {
    let known: [(UInt16, UInt32)] = [
      (0x0000, 0), (0x8000, 0x8000_0000),
      (0x0001, 0x3380_0000), (0x8001, 0xB380_0000), (0x03FF, 0x387F_C000),
      (0x0400, 0x3880_0000), (0x3555, 0x3EAA_A000), (0x3C00, 0x3F80_0000),
      (0x3C01, 0x3F80_2000), (0x7BFF, 0x477F_E000), (0x7C00, 0x7F80_0000), (0xFC00, 0xFF80_0000),
    ]
    #expect(try bits("F16", known.map(\.0)) == known.map(\.1))
    let all = Array(UInt16.min...UInt16.max)
    let values = try bits("F16", all)
    for (half, found) in zip(all, values) {
      let sign: Float = half >> 15 == 1 ? -1 : 1
      let (exponent, fraction) = (Int(half >> 10 & 31), Float(half & 1023))
      guard exponent < 31 else {
        #expect(Float(bitPattern: found).isNaN == (fraction > 0))
        continue
      }
      let size = exponent == 0 ? fraction / 1024 : 1 + fraction / 1024
      let power = Float(sign: .plus, exponent: max(exponent, 1) - 15, significand: 1)
      #expect(found == (sign * (size * power)).bitPattern, "\(half)")
    }
  }

  @Test func upperHalvesOfFloatsAreReadExactly() throws {
    let all = Array(UInt16.min...UInt16.max)
    #expect(try bits("BF16", all) == all.map { UInt32($0) << 16 })
  }

  @Test func `doubles are rounded to the nearest float, ties to even`() throws {
    let known: [(Double, UInt32)] = [
      (1 + 0x1p-24, 0x3F80_0000), (1 + 0x3p-24, 0x3F80_0002), (1 + 0x1p-24 + 0x1p-52, 0x3F80_0001),
      (0x1p-149, 1), (0x1p-150, 0), (0x3p-150, 2), (0x1p-150 + 0x1p-202, 1),
      (-0x1p-151, 0x8000_0000),
      (0x1p-126 - 0x1p-150, 0x0080_0000), (3.4028235677973362e38, 0x7F7F_FFFF),
    ]
    #expect(try bits("F64", known.map(\.0.bitPattern)) == known.map(\.1))
  }

  @Test(
    arguments: [
      (3.4028235677973366e38, "inf"), (-1e300, "-inf"), (.infinity, "inf"), (.nan, "nan"),
    ] as [(Double, String)])
  func `doubles beyond the range of floats are refused by name`(_ number: Double, _ shown: String)
    throws
  {
    let bytes = [1, number].flatMap {
      withUnsafeBytes(of: $0.bitPattern.littleEndian) { Array($0) }
    }
    #expect(
      message { _ = try SafeTensors(parsing: file("F64", 2, bytes), path: "f") }
        == "f: tensor 'x': expected numbers that are finite as F32, "
        + "found number 1, counted from 0, which becomes \(shown)")
  }

  /// A tensor that is read in several pieces, and one without numbers between two others.
  @Test func longAndEmptyTensorsAreRead() throws {
    let count = (1 << 19) + 3
    let numbers = (0..<count).map { UInt16(truncatingIfNeeded: $0 &* 7) & 0x3FFF }
    #expect(try bits("BF16", numbers) == numbers.map { UInt32($0) << 16 })
    #expect(try bits("F64", [UInt64]()) == [])
  }

  @Test func typesMayBeMixed() throws {
    let header =
      #"{"a":{"dtype":"F16","shape":[1],"data_offsets":[0,2]},"#
      + #""b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]},"#
      + #""c":{"dtype":"F64","shape":[],"data_offsets":[6,14]}}"#
    let data: [UInt8] = [0, 0x3E, 0, 0, 0x20, 0x40, 0, 0, 0, 0, 0, 0, 0x0C, 0xC0]
    let file = try SafeTensors(parsing: safeTensorsFile(header, data: data), path: "f")
    #expect(file.entries.map(\.values) == [[1.5], [2.5], [-3.5]])
    #expect(file.entries.map(\.shape) == [[1], [1], []])
    // What is written is F32.
    let again = try SafeTensors(parsing: file.serialized(), path: "g")
    #expect(again == file)
    #expect(String(decoding: try file.serialized(), as: UTF8.self).contains("F16") == false)
  }

  /// A checksum is that of the bytes in the file.
  @Test func checksumsAreThoseOfTheFilesBytes() throws {
    func file(_ sum: String) -> [UInt8] {
      safeTensorsFile(
        #"{"__metadata__":{"crc32.__metadata__":"\#(sum)","crc32.x":"83dcefb7"},"#
          + #""x":{"dtype":"F16","shape":[1],"data_offsets":[0,2]}}"#, data: [0x31, 0x31])
    }
    let shown = try #require(
      message { _ = try SafeTensors(parsing: file("00000000"), path: "f") })
    let sum = try #require(shown.firstMatch(of: /found '([0-9a-f]{8})'/)).output.1
    // The sum of the tensor's bytes, the digits 1 and 1 in ASCII, is another one.
    let next = message { _ = try SafeTensors(parsing: file(String(sum)), path: "f") }
    #expect(
      next
        == "f: tensor 'x': expected the checksum '83dcefb7', as the file says, found '\(crc)'; "
        + "the file is damaged")
  }

  /// CRC-32 of the text `11`, as zlib gives it.
  private let crc = "d65a1577"
}
