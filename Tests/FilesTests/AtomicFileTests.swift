import Files
import Foundation
import Support
import TestSupport
import Testing

@Suite struct AtomicFileTests {
  private struct Interrupted: Error {}

  @Test func replacesTheWholeContent() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("a.txt")
    try AtomicFile.write(Array("a longer text".utf8), to: path)
    #expect(try folder.read("a.txt") == Array("a longer text".utf8))
    try AtomicFile.write(to: path) { file in
      try file.write(Array("sh".utf8))
      try file.write([])
      try file.write(Array("ort".utf8))
    }
    #expect(try folder.read("a.txt") == Array("short".utf8))
    #expect(try folder.names() == ["a.txt"])
  }

  @Test func aReaderSeesTheOldContentUntilTheEnd() throws {
    let folder = try TemporaryFolder()
    try folder.write("old", to: "a.txt")
    try AtomicFile.write(to: folder.file("a.txt")) { file in
      try file.write(Array("new".utf8))
      #expect(try folder.read("a.txt") == Array("old".utf8))
      #expect(try folder.names().count == 2)
    }
    #expect(try folder.read("a.txt") == Array("new".utf8))
  }

  @Test func `a failure leaves the old content and nothing else`() throws {
    let folder = try TemporaryFolder()
    try folder.write("old", to: "a.txt")
    #expect(throws: Interrupted.self) {
      try AtomicFile.write(to: folder.file("a.txt")) { file in
        try file.write(Array("new".utf8))
        throw Interrupted()
      }
    }
    #expect(try folder.read("a.txt") == Array("old".utf8))
    #expect(try folder.names() == ["a.txt"])
  }

  @Test func aFolderInTheWayIsNamed() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("inner")
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    #expect(
      message { try AtomicFile.write([1], to: path) }
        == "cannot write \(path): it is a folder, not a file")
    #expect(try folder.names() == ["inner"])
  }

  @Test func aMissingFolderIsNamed() throws {
    let path = try TemporaryFolder().file("none/a.txt")
    #expect(
      message { try AtomicFile.write([1], to: path) }
        == "cannot write \(path): no such file or folder")
  }

  @Test func aPathWithoutFolderIsInTheCurrentOne() throws {
    let name = "dcgan-\(UUID().uuidString)"
    defer { unlink(name) }
    try AtomicFile.write([7], to: name)
    #expect(try FileReader(path: name).readAll() == [7])
  }

  #if os(Linux)
    @Test func aFullDiskIsSaidInWords() throws {
      let descriptor = open("/dev/full", O_WRONLY)
      try #require(descriptor >= 0)
      defer { close(descriptor) }
      let shown = message { try FileWriter(descriptor: descriptor, path: "run/x").write([1]) }
      #expect(
        shown == "cannot write run/x: the disk is full: "
          + "free some space or choose a folder on another disk")
    }
  #endif

  @Test func removesLeftoversAlone() throws {
    let folder = try TemporaryFolder()
    try folder.write("kept", to: ".hidden")
    try folder.write("kept", to: "epoch-0001.safetensors")
    // A process that is killed inside of `write` leaves what a copy of its temporary file is.
    try AtomicFile.write(to: folder.file("a.txt")) { _ in
      let temporary = try #require(folder.names().first { $0.hasPrefix(".dcgan-partial-") })
      try FileManager.default.copyItem(
        atPath: folder.file(temporary), toPath: folder.file(temporary + "f"))
    }
    #expect(try folder.names().count == 4)
    #expect(try AtomicFile.removeLeftovers(in: folder.path).count == 1)
    #expect(try folder.names() == [".hidden", "a.txt", "epoch-0001.safetensors"])
  }

  @Test func readsPiecesOfAFile() throws {
    let folder = try TemporaryFolder()
    try folder.write("0123456789", to: "digits")
    let file = try FileReader(path: folder.file("digits"))
    #expect(file.size == 10)
    var piece: [UInt8] = [0, 0, 0]
    try piece.withUnsafeMutableBytes { try file.read(at: 4, into: $0) }
    #expect(piece == Array("456".utf8))
    #expect(throws: FileError.self) {
      try piece.withUnsafeMutableBytes { try file.read(at: 8, into: $0) }
    }
  }

  @Test func `only regular files are read, and no pipe is waited for`() throws {
    let folder = try TemporaryFolder()
    let pipe = folder.file("pipe")
    try #require(mkfifo(pipe, 0o600) == 0)
    for path in [pipe, folder.path, "/dev/zero"] {
      #expect(
        message { _ = try FileReader(path: path) }
          == "cannot read \(path): it is not a regular file")
    }
  }

  @Test func aFileOfTooManyBytesIsRefused() throws {
    let folder = try TemporaryFolder()
    try folder.write("0123456789", to: "digits")
    let path = folder.file("digits")
    #expect(try FileReader(path: path).readAll(atMost: 10).count == 10)
    #expect(
      message { _ = try FileReader(path: path).readAll(atMost: 9) }
        == "cannot read \(path): it has 10 bytes, but at most 9 are allowed")
  }
}
