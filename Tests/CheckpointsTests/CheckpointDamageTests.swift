import Checkpoints
import Files
import Foundation
import Support
import TestSupport
import Testing
import TrainingTestSupport

/// Checkpoints that a disk, a copy or another program has changed.
@Suite struct CheckpointDamageTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("a.safetensors")
    try tinyCheckpoint(epoch: 3).write(to: path)
  }

  @Test func everyTensorCarriesItsChecksum() throws {
    let bytes = try folder.read("a.safetensors")
    let length = bytes[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
    let header = try #require(
      try JSONSerialization.jsonObject(with: Data(bytes[8..<8 + length])) as? [String: Any])
    let strings = try #require(header["__metadata__"] as? [String: String])
    for entry in tinyCheckpoint(epoch: 3).tensors.entries {
      let sum = entry.values.withUnsafeBytes { Checksum(of: $0) }
      #expect(strings["crc32.\(entry.name)"] == sum.digits)
    }
    let others = strings.filter { $0.key != "crc32.__metadata__" }.sorted { $0.key < $1.key }
    let text = others.map { "\($0.key)\0\($0.value)\0" }.joined()
    let sum = Array(text.utf8).withUnsafeBytes { Checksum(of: $0) }
    #expect(strings["crc32.__metadata__"] == sum.digits)
  }

  /// Whatever byte changes, the file is refused: in the header, in its padding and in every tensor.
  @Test(.slow) func aChangedByteAnywhereIsFound() throws {
    var bytes = try folder.read("a.safetensors")
    let original = try SafeTensors(parsing: bytes, path: "f")
    var random = SeededBits(state: 4)
    var found = 0
    for _ in 0..<4000 {
      let place = Int.random(in: bytes.indices, using: &random)
      let byte = bytes[place]
      bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      defer { bytes[place] = byte }
      if let read = try? SafeTensors(parsing: bytes, path: "f") {
        // White space for white space is no damage.
        #expect(read == original && byte == UInt8(ascii: " "), "byte \(place)")
      } else {
        found += 1
      }
    }
    #expect(found > 3900)
  }

  @Test func aChangedTensorIsNamed() throws {
    var bytes = try folder.read("a.safetensors")
    // The last tensor is the last of the file.
    bytes[bytes.count - 1] ^= 0x40
    try Data(bytes).write(to: URL(filePath: path))
    let last = try #require(tinyCheckpoint(epoch: 3).tensors.entries.last)
    let stored = last.values.withUnsafeBytes { Checksum(of: $0).digits }
    var raw = last.values.withUnsafeBytes { Array($0) }
    raw[raw.count - 1] ^= 0x40
    let found = raw.withUnsafeBytes { Checksum(of: $0).digits }
    let expected =
      "\(path): tensor 'optimizer.discriminator.exp_avg_sq.main.11.weight': expected the checksum "
      + "'\(stored)', as the file says, found '\(found)'; the file is damaged"
    #expect(message { _ = try Checkpoint(contentsOf: path) } == expected)
    #expect(message { try SafeTensors.verify(contentsOf: path) } == expected)
  }

  @Test func `a tensor without a checksum among others with one is refused`() throws {
    let tensors = SafeTensors(
      metadata: ["a": "b"], entries: [.init(name: "x", shape: [2], values: [1, 2])])
    try tensors.write(to: path, withChecksums: true)
    #expect(try SafeTensors(contentsOf: path) == tensors)
    // What is left out of `metadata` when it is read must not be lost when it is written again.
    let text = String(decoding: try folder.read("a.safetensors"), as: UTF8.self)
    #expect(text.contains("crc32.x"))
    let bytes = try folder.read("a.safetensors")
    let renamed = replace("\"x\":{", with: "\"y\":{", in: bytes)
    try Data(renamed).write(to: URL(filePath: path))
    #expect(
      message { _ = try SafeTensors(contentsOf: path) }
        == "\(path): tensor 'y': expected a checksum, found none; the file is damaged")
  }

  /// PyTorch's files have none.
  @Test func filesWithoutChecksumsAreRead() throws {
    let whole = tinyCheckpoint(epoch: 3)
    try SafeTensors(metadata: whole.metadata.strings, entries: whole.tensors.entries)
      .write(to: path)
    #expect(!String(decoding: try folder.read("a.safetensors"), as: UTF8.self).contains("crc32"))
    #expect(try Checkpoint(contentsOf: path) == whole)
    try SafeTensors.verify(contentsOf: path)
  }

  @Test func tensorsLongerThanAPieceAreVerified() throws {
    let values = (0..<300_000).map { Float($0) }
    let long = SafeTensors(entries: [.init(name: "x", shape: [300_000], values: values)])
    try long.write(to: path, withChecksums: true)
    try SafeTensors.verify(contentsOf: path)
    for place in [1, 1 << 20, (1 << 20) + 1, 1_199_999] {
      var bytes = try folder.read("a.safetensors")
      bytes[bytes.count - 1_200_000 + place] ^= 1
      try Data(bytes).write(to: URL(filePath: path))
      #expect(throws: SafeTensorsError.self) { try SafeTensors.verify(contentsOf: path) }
      try long.write(to: path, withChecksums: true)
    }
  }

  private func replace(_ old: String, with new: String, in bytes: [UInt8]) -> [UInt8] {
    guard let range = bytes.firstRange(of: Array(old.utf8)) else { return bytes }
    return bytes[..<range.lowerBound] + Array(new.utf8) + bytes[range.upperBound...]
  }
}
