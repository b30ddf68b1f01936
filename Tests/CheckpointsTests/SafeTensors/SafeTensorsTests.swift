import Checkpoints
import Foundation
import Support
import TestSupport
import Testing

@Suite struct SafeTensorsTests {
  private let small = SafeTensors(
    metadata: ["seed": "7", "name": "a \"b\"\n\u{1}é"],
    entries: [
      .init(name: "z", shape: [2, 1], values: [1, -0.5]),
      .init(name: "é\\", shape: [], values: [3]),
      .init(name: "none", shape: [0, 4], values: []),
    ])

  @Test func writesTheBytesOfTheFormat() throws {
    let header =
      #"{"__metadata__":{"name":"a \"b\"\n\u0001é","seed":"7"},"#
      + #""z":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"#
      + #""é\\":{"dtype":"F32","shape":[],"data_offsets":[8,12]},"#
      + #""none":{"dtype":"F32","shape":[0,4],"data_offsets":[12,12]}}"#
    let text = Array(header.utf8)
    let padding = (8 - text.count % 8) % 8
    try #require(padding > 0)
    var expected: [UInt8] = [UInt8(text.count + padding), 0, 0, 0, 0, 0, 0, 0]
    expected += text + Array(repeating: 0x20, count: padding)
    expected += [0, 0, 0x80, 0x3F, 0, 0, 0, 0xBF, 0, 0, 0x40, 0x40]
    try #require(text.count + padding < 256)
    #expect(try small.serialized() == expected)
  }

  @Test func emptyMetadataIsLeftOut() throws {
    let bytes = try SafeTensors().serialized()
    #expect(bytes == [8, 0, 0, 0, 0, 0, 0, 0] + Array("{}      ".utf8))
    #expect(try SafeTensors(parsing: bytes, path: "memory") == SafeTensors())
  }

  @Test func comesBackFromMemoryAndFromDisk() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("small.safetensors")
    try small.write(to: path)
    #expect(try folder.read("small.safetensors") == small.serialized())
    #expect(try SafeTensors(contentsOf: path) == small)
    #expect(try SafeTensors(parsing: small.serialized(), path: "memory") == small)
    #expect(try folder.names() == ["small.safetensors"])
  }

  @Test func keepsEveryBitOfUnusualNumbers() throws {
    let bits: [UInt32] = [0x7FC0_0001, 0xFF80_0000, 0x8000_0000, 1, 0x7F7F_FFFF]
    let values = bits.map { Float(bitPattern: $0) }
    let tensors = SafeTensors(entries: [.init(name: "x", shape: [5], values: values)])
    let back = try SafeTensors(parsing: tensors.serialized(), path: "memory")
    #expect(back["x"]?.values.map(\.bitPattern) == bits)
  }

  @Test func looksUpByNameAfterChanges() throws {
    var tensors = small
    #expect(tensors["z"]?.values == [1, -0.5])
    #expect(tensors["é\\"]?.shape == [])
    #expect(tensors["y"] == nil)
    tensors.entries.insert(.init(name: "y", shape: [1], values: [9]), at: 0)
    tensors.entries[1].values[0] = 4
    #expect(tensors["y"]?.values == [9])
    #expect(tensors["z"]?.values == [4, -0.5])
    tensors.entries.removeLast()
    #expect(tensors["none"] == nil)
  }

  @Test func `a file of the reference implementation can be read`() throws {
    let path = Fixtures.path("golden/size64-nz16-ngf4-grey-batch2.safetensors")
    let tensors = try SafeTensors(contentsOf: path)
    #expect(tensors.entries.count == 127)
    #expect(tensors.entries.map(\.name).prefix(2) == ["eval.fake", "eval.score_fake"])
    #expect(
      tensors.metadata == [
        "size": "64", "batch": "2", "nz": "16", "ngf": "4", "ndf": "4", "channels": "1",
        "steps": "3", "seed": "2", "lr": "0.0002", "beta1": "0.5",
      ])
    // The bits that safetensors 0.x for Python shows for the same file.
    let known: [(String, [Int], Int, UInt32)] = [
      ("init.generator.main.0.weight", [16, 32, 4, 4], 0, 0x3C52_1947),
      ("init.generator.main.0.weight", [16, 32, 4, 4], 8191, 0x3AB0_9717),
      ("final.discriminator.main.9.running_var", [32], 3, 0x3ED1_FACE),
      ("step2.loss_g", [1], 0, 0x3EEB_1C43),
      ("step1.real", [2, 1, 64, 64], 5000, 0xBF07_D202),
      ("eval.score_fake", [2], 1, 0x3F03_00F2),
    ]
    for (name, shape, index, bits) in known {
      let entry = try #require(tensors[name])
      #expect(entry.shape == shape)
      #expect(entry.values.count == shape.reduce(1, *))
      #expect(entry.values[index].bitPattern == bits)
    }
  }

  @Test func `tensor bytes are those of the reference implementation`() throws {
    let path = Fixtures.path("golden/size64-nz16-ngf4-grey-batch2.safetensors")
    let original = [UInt8](try Data(contentsOf: URL(filePath: path)))
    let again = try SafeTensors(contentsOf: path).serialized()
    // Only the order of the metadata is the reference's own; the length and all tensors agree.
    #expect(again.count == original.count)
    #expect(again.prefix(8) == original.prefix(8))
    let start = try #require(Array(original).firstRange(of: Array("\"eval.fake\"".utf8)))
    #expect(again[start.lowerBound...] == original[start.lowerBound...])
  }

  @Test func takesTensorsInTheOrderOfTheirBytes() throws {
    let header =
      #"{"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},"#
      + #""a":{"shape":[1],"data_offsets":[0,4],"dtype":"F32"}}"#
    let tensors = try SafeTensors(
      parsing: safeTensorsFile(header, data: [0, 0, 0x80, 0x3F, 0, 0, 0, 0x40]), path: "memory")
    #expect(tensors.entries.map(\.name) == ["a", "b"])
    #expect(tensors.entries.map(\.values) == [[1], [2]])
  }

  @Test func refusesToWriteWhatNobodyCanRead() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("x.safetensors")
    let wrong: [(SafeTensors.Entry, String)] = [
      (.init(name: "a", shape: [3], values: [1]), "values that fill the shape [3], found 1 values"),
      (
        .init(name: "a", shape: [-1], values: []),
        "values that fill the shape [-1], found 0 values"
      ),
      (
        .init(name: "__metadata__", shape: [], values: [1]),
        "every name once, and not __metadata__, found it a second time"
      ),
      (
        .init(name: "z", shape: [], values: [1]),
        "every name once, and not __metadata__, found it a second time"
      ),
    ]
    for (entry, expected) in wrong {
      var tensors = small
      tensors.entries.append(entry)
      let shown = message { try tensors.write(to: path) }
      #expect(shown == "\(path): tensor '\(entry.name)': expected \(expected)")
    }
    #expect(try folder.names() == [])
  }
}

/// Puts a file together from its header and data, with the header's true length in front.
func safeTensorsFile(_ header: String, data: [UInt8] = []) -> [UInt8] {
  safeTensorsFile(Array(header.utf8), data: data)
}

/// Puts a file together from its header's bytes and data, with the true length in front.
func safeTensorsFile(_ header: [UInt8], data: [UInt8] = []) -> [UInt8] {
  withUnsafeBytes(of: UInt64(header.count).littleEndian) { Array($0) } + header + data
}
