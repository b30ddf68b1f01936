import Checkpoints
import TestSupport
import Testing

/// Whole numbers without axes, as PyTorch's batch normalization counts its batches.
@Suite struct SafeTensorsCounterTests {
  private let tensors = SafeTensors(
    entries: [.init(name: "x", shape: [1], values: [1])],
    counters: [.init(name: "n", value: -2), .init(name: "m", value: 258)])

  @Test func areWrittenBeforeTheTensors() throws {
    let header =
      #"{"n":{"dtype":"I64","shape":[],"data_offsets":[0,8]},"#
      + #""m":{"dtype":"I64","shape":[],"data_offsets":[8,16]},"#
      + #""x":{"dtype":"F32","shape":[1],"data_offsets":[16,20]}}"#
    let bytes = try tensors.serialized()
    let text = String(decoding: bytes.dropFirst(8).dropLast(20), as: UTF8.self)
    #expect(text == header + String(repeating: " ", count: (8 - header.utf8.count % 8) % 8))
    #expect(
      bytes.suffix(20) == [
        0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, 0x3F,
      ])
    #expect(try SafeTensors(parsing: bytes, path: "memory") == tensors)
  }

  @Test func mayLieBetweenTheTensors() throws {
    let header =
      #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"#
      + #""b":{"dtype":"I64","shape":[],"data_offsets":[4,12]},"#
      + #""c":{"dtype":"F32","shape":[1],"data_offsets":[12,16]}}"#
    let data: [UInt8] = [0, 0, 0x80, 0x3F, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x40]
    let read = try SafeTensors(parsing: safeTensorsFile(header, data: data), path: "memory")
    #expect(read.entries.map(\.values) == [[1], [2]])
    #expect(read.counters == [.init(name: "b", value: 7)])
  }

  @Test(arguments: [
    (
      #""dtype":"I64","shape":[1],"data_offsets":[0,8]"#, 8,
      "dtype F32, F16, BF16 or F64, found the string 'I64'"
    ),
    (
      #""dtype":"I64","shape":[],"data_offsets":[0,4]"#, 4,
      "8 bytes for the shape [], found data_offsets [0, 4], 4 bytes"
    ),
    (
      #""dtype":"I32","shape":[],"data_offsets":[0,4]"#, 4,
      "dtype F32, F16, BF16 or F64, found the string 'I32'"
    ),
  ])
  func otherWholeNumbersAreRefused(fields: String, data: Int, problem: String) {
    let file = safeTensorsFile("{\"x\":{\(fields)}}", data: Array(repeating: 0, count: data))
    #expect(
      message { _ = try SafeTensors(parsing: file, path: "f") }
        == "f: tensor 'x': expected \(problem)")
  }

  @Test func aNameStandsOnceAmongBoth() {
    var twice = tensors
    twice.counters.append(.init(name: "x", value: 0))
    #expect(
      message { _ = try twice.serialized() }
        == "memory: tensor 'x': expected every name once, and not __metadata__, found it a "
        + "second time")
  }
}
