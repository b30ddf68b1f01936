import Checkpoints
import Foundation
import TestSupport
import Testing

@Suite struct SafeTensorsErrorTests {
  /// Describes a broken file: header text, bytes of data, and the message after `f: `.
  struct Broken: Sendable, CustomTestStringConvertible {
    let header: String
    let data: Int
    let message: String

    var testDescription: String { message }

    init(_ header: String, data: Int = 4, _ message: String) {
      self.header = header
      self.data = data
      self.message = message
    }

    /// Describes a file with one tensor `x` whose description is `fields`.
    static func tensor(_ fields: String, data: Int = 4, _ message: String) -> Broken {
      Broken("{\"x\":{\(fields)}}", data: data, "tensor 'x': \(message)")
    }
  }

  private static let structure: [Broken] = [
    Broken("", data: 0, "header: expected a JSON object that begins with '{', found nothing"),
    Broken(
      " {}", data: 0, "header: expected a JSON object that begins with '{', found the byte 32"),
    Broken("[]", data: 0, "header: expected a JSON object that begins with '{', found the byte 91"),
    Broken("{}", "data: expected 0 bytes, as the header says, found 4"),
    Broken("{\"x\":", "header: expected a JSON value, found the end of the text at byte 5"),
    Broken("{} x", "header: expected the end of the text, found 'x' at byte 3"),
    Broken(
      "{\"x\":1}", "tensor 'x': expected an object with dtype, shape and data_offsets, found 1"),
    Broken(
      #"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"x":1}"#,
      "header: expected every key once, found 'x' a second time at byte 54"),
    Broken(
      "{\"__metadata__\":[]}", data: 0,
      "__metadata__: expected an object of strings, found []"),
    Broken(
      #"{"__metadata__":{"epoch":3}}"#, data: 0,
      "__metadata__ 'epoch': expected a string, found 3"),
    Broken(
      #"{"a\nb":{"shape":[],"data_offsets":[0,4]}}"#,
      #"tensor 'a\nb': expected dtype, found none"#),
  ]

  private static let fields: [Broken] = [
    .tensor(#""dtype":"F32","data_offsets":[0,4]"#, "expected shape, found none"),
    .tensor(#""dtype":"F32","shape":[1]"#, "expected data_offsets, found none"),
    .tensor(
      #""dtype":"F32","shape":[1],"data_offsets":[0,4],"order":"C""#,
      #"expected only dtype, shape and data_offsets, found 'order' too"#),
    .tensor(
      #""dtype":"I32","shape":[1],"data_offsets":[0,4]"#,
      #"expected dtype F32, F16, BF16 or F64, found the string 'I32'"#),
    .tensor(
      #""dtype":32,"shape":[1],"data_offsets":[0,4]"#,
      "expected dtype F32, F16, BF16 or F64, found 32"),
    .tensor(
      #""dtype":"F16","shape":[1],"data_offsets":[0,4]"#,
      "expected 2 bytes for the shape [1], found data_offsets [0, 4], 4 bytes"),
    .tensor(
      #""dtype":"F64","shape":[1],"data_offsets":[0,4]"#,
      "expected 8 bytes for the shape [1], found data_offsets [0, 4], 4 bytes"),
    .tensor(
      #""dtype":"F64","shape":[1152921504606846976],"data_offsets":[0,4]"#,
      "expected a shape that fits into memory, found [1152921504606846976]"),
  ]

  private static let shapes: [Broken] = [
    .tensor(
      #""dtype":"F32","shape":1,"data_offsets":[0,4]"#,
      "expected a shape of whole numbers, found 1"),
    .tensor(
      #""dtype":"F32","shape":[1.0],"data_offsets":[0,4]"#,
      "expected a shape of whole numbers, found 1.0"),
    .tensor(
      #""dtype":"F32","shape":[1e0],"data_offsets":[0,4]"#,
      "expected a shape of whole numbers, found 1e0"),
    .tensor(
      #""dtype":"F32","shape":[-1],"data_offsets":[0,4]"#,
      "expected a shape of whole numbers, found -1"),
    .tensor(
      #""dtype":"F32","shape":[18446744073709551617],"data_offsets":[0,4]"#,
      "expected a shape of whole numbers, found 18446744073709551617"),
    .tensor(
      #""dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4]"#,
      "expected a shape that fits into memory, found [4294967296, 4294967296]"),
    .tensor(
      #""dtype":"F32","shape":[4611686018427387904],"data_offsets":[0,4]"#,
      "expected a shape that fits into memory, found [4611686018427387904]"),
    .tensor(
      #""dtype":"F32","shape":[2],"data_offsets":[0,4]"#,
      "expected 8 bytes for the shape [2], found data_offsets [0, 4], 4 bytes"),
    .tensor(
      #""dtype":"F32","shape":[1],"data_offsets":[0,3]"#, data: 3,
      "expected 4 bytes for the shape [1], found data_offsets [0, 3], 3 bytes"),
  ]

  private static let offsets: [Broken] = [
    .tensor(
      #""dtype":"F32","shape":[1],"data_offsets":[4,0]"#,
      "expected data_offsets [begin, end], found [4, 0]"),
    .tensor(
      #""dtype":"F32","shape":[1],"data_offsets":[0,4,8]"#,
      "expected data_offsets [begin, end], found [0, 4, 8]"),
    .tensor(
      #""dtype":"F32","shape":[1],"data_offsets":[-4,0]"#,
      "expected data_offsets [begin, end], found -4"),
    .tensor(
      #""dtype":"F32","shape":[2],"data_offsets":[0,8]"#,
      "expected its bytes to end within the 4 bytes of data, found 8"),
    .tensor(
      #""dtype":"F32","shape":[1],"data_offsets":[4,8]"#, data: 8,
      "expected its bytes to begin at 0, where the previous tensor ends, found 4"),
    .tensor(
      #""dtype":"F32","shape":[1],"data_offsets":[9223372036854775800,9223372036854775804]"#,
      "expected its bytes to begin at 0, where the previous tensor ends, found 9223372036854775800"),
    Broken(
      #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"#
        + #""b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}"#, data: 6,
      "tensor 'b': expected its bytes to begin at 4, where the previous tensor ends, found 2"),
    Broken(
      #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"#
        + #""b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}"#, data: 12,
      "tensor 'b': expected its bytes to begin at 4, where the previous tensor ends, found 8"),
    Broken(
      #"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, data: 5,
      "data: expected 4 bytes, as the header says, found 5"),
  ]

  @Test(arguments: structure + fields + shapes + offsets)
  func namesWhatIsWrong(_ broken: Broken) {
    let bytes = safeTensorsFile(broken.header, data: Array(repeating: 0, count: broken.data))
    let shown = message { _ = try SafeTensors(parsing: bytes, path: "f") }
    #expect(shown == "f: \(broken.message)")
    #expect(shown?.contains { $0.isNewline } == false)
  }

  @Test func aFileMayBreakOffAnywhere() throws {
    let whole = try SafeTensors(
      metadata: ["a": "b"], entries: [.init(name: "x", shape: [2], values: [1, 2])]
    ).serialized()
    for count in 0..<whole.count {
      #expect(throws: SafeTensorsError.self) {
        try SafeTensors(parsing: Array(whole.prefix(count)), path: "f")
      }
    }
    #expect(throws: SafeTensorsError.self) { try SafeTensors(parsing: whole + [0], path: "f") }
  }

  @Test(
    arguments: [
      ([1, 2, 3], "8 bytes with the header's length, found a file of 3 bytes"),
      (
        [9, 0, 0, 0, 0, 0, 0, 0, 0x7B],
        "9 bytes, as the file's first bytes say, found 1 before the end of the file"
      ),
      (
        [1, 0xE1, 0xF5, 5, 0, 0, 0, 0, 0x7B],
        "a length of at most 100000000 bytes, found 100000001"
      ),
      (
        [255, 255, 255, 255, 255, 255, 255, 255, 0x7B],
        "a length of at most 100000000 bytes, found 18446744073709551615"
      ),
    ] as [([UInt8], String)])
  func checksTheHeadersLength(_ bytes: [UInt8], _ expected: String) {
    let shown = message { _ = try SafeTensors(parsing: bytes, path: "f") }
    #expect(shown == "f: header: expected \(expected)")
  }

  @Test func refusesInvalidUTF8() {
    let header = Array("{\"a".utf8) + [0xFF] + Array("\":1}".utf8)
    let shown = message { _ = try SafeTensors(parsing: safeTensorsFile(header), path: "f") }
    #expect(shown == "f: header: expected a string in UTF-8, found other bytes at byte 1")
  }

  /// A message stays one that can be read, however long what it is about.
  @Test(arguments: [
    (#""shape":[1],"data_offsets":[0{}]"#, "data_offsets [begin, end], found an array of 100001"),
    (
      #""shape":[3{}],"data_offsets":[0,4]"#, "a shape of at most 32 axes, found an array of 100001"
    ),
    (#""shape":{},"data_offsets":[0,4]"#, "a JSON value, found ',' at byte 28"),
  ])
  func aLongListIsCounted(_ fields: String, _ words: String) {
    let list = String(repeating: ",1", count: 100_000)
    let header = #"{"x":{"dtype":"F32","# + fields.replacing("{}", with: list) + "}}"
    let shown = message {
      _ = try SafeTensors(parsing: safeTensorsFile(header, data: [0, 0, 0, 0]), path: "f")
    }
    #expect(shown?.hasSuffix(": expected \(words)") == true, "\(shown?.prefix(300) ?? "no error")")
  }

  @Test func aLongNameIsCut() {
    let name = String(repeating: "n", count: 100)
    let shown = message {
      _ = try SafeTensors(parsing: safeTensorsFile("{\"\(name)\":1}"), path: "f")
    }
    #expect(shown?.hasPrefix("f: tensor '\(name.prefix(57))...': expected ") == true)
  }

  @Test func namesFilesThatCannotBeRead() throws {
    let folder = try TemporaryFolder()
    let missing = folder.file("missing")
    #expect(
      message { _ = try SafeTensors(contentsOf: missing) }
        == "cannot read \(missing): no such file or folder")
    #expect(
      message { _ = try SafeTensors(contentsOf: folder.path) }
        == "cannot read \(folder.path): it is not a regular file")
  }
}
