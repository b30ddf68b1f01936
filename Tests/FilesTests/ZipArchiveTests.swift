import Files
import Foundation
import TestSupport
import Testing

@Suite(.enabled(if: ZipArchive.isAvailable)) struct ZipArchiveTests {
  private static func path(_ name: String) -> String { Fixtures.path("archives/\(name)") }

  private func reason(_ path: String) -> String? {
    do {
      _ = try FileReader(path: path).readAll()
      return nil
    } catch {
      return (error as? FileError)?.reason ?? "\(error)"
    }
  }

  @Test func membersAreReadWhereTheyLie() throws {
    let path = Self.path("set.zip")
    let notes = try FileReader(path: "\(path)/chest/notes.txt")
    #expect(notes.size == 5)
    #expect(try notes.readAll() == Array("notes".utf8))
    let piece = try [UInt8](count: 2) { try notes.read(at: 1, into: $0) }
    #expect(piece == Array("ot".utf8))
    let picture = try FileReader(path: "\(path)//chest/train/NORMAL/1.png").readAll()
    #expect(picture.prefix(4) == [0x89, 0x50, 0x4E, 0x47])
  }

  @Test func foldersFollowFromTheNames() throws {
    let top = try #require(try ArchivePath(Self.path("set.zip")))
    #expect(top.archive.names(in: "") == ["__MACOSX", "chest"])
    #expect(top.archive.names(in: "chest") == [".DS_Store", "notes.txt", "test", "train"])
    #expect(
      top.archive.names(in: "chest/train/NORMAL") == ["0.png", "1.png", "Thumbs.db", "link.png"])
    guard case .folder? = top.archive.entry(at: "chest/train") else {
      Issue.record("no folder")
      return
    }
    #expect(top.archive.entry(at: "chest/absent") == nil)
    guard case .file(let link)? = top.archive.entry(at: "chest/train/NORMAL/link.png") else {
      Issue.record("no file")
      return
    }
    #expect(link.isSpecial)
  }

  @Test(arguments: [
    ("up.zip", "its member 'a/../../up.png' would leave the archive's folder"),
    ("absolute.zip", "its member '/tmp/absolute.png' would leave the archive's folder"),
    (
      "deep.zip",
      "its member '\(String(repeating: "b/", count: 28))b...' has too long a name, or lies in too many "
        + "folders"
    ),
    ("encrypted.zip", "its member 'a/picture.png' is encrypted"),
  ])
  func archivesOfMaliceAreRefusedByName(_ name: String, _ words: String) {
    #expect(
      reason("\(Self.path(name))/a/picture.png")
        == "\(words); unpack the archive with care, or make it anew")
  }

  @Test(arguments: [
    ("bomb.zip", "claim to unpack to 900000000"), ("short.zip", "longer than the archive says"),
    ("long.zip", "shorter than the archive says"), ("checksum.zip", "CRC error"),
  ])
  func membersThatAreNotWhatTheyClaimAreDamaged(_ name: String, _ words: String) {
    let found = reason("\(Self.path(name))/a/picture.png")
    #expect(found?.contains(words) == true, "\(found ?? "no error")")
  }

  @Test func aMissingMemberIsMissing() {
    #expect(reason("\(Self.path("one.zip"))/b.png") != nil)
    #expect(reason("\(Self.path("absent.zip"))/b.png") == "no such file or folder")
  }

  /// Wherever an archive ends too early, it is refused: its list is at its end.
  @Test func aBeginningIsNoArchive() throws {
    let folder = try TemporaryFolder()
    let whole = try Data(contentsOf: URL(filePath: Self.path("set.zip")))
    for length in stride(from: 0, to: whole.count, by: 97) {
      try folder.add(whole.prefix(length), as: "cut.zip")
      #expect(reason("\(folder.file("cut.zip"))/chest/notes.txt") != nil, "\(length)")
    }
  }

  @Test func aReplacedArchiveIsReadAnew() throws {
    let folder = try TemporaryFolder()
    try folder.add(Data(contentsOf: URL(filePath: Self.path("one.zip"))), as: "x.zip")
    #expect(reason("\(folder.file("x.zip"))/chest/notes.txt") != nil)
    try folder.add(Data(contentsOf: URL(filePath: Self.path("set.zip"))), as: "x.zip")
    #expect(reason("\(folder.file("x.zip"))/chest/notes.txt") == nil)
  }

  /// A folder may be called so too.
  @Test func aFolderOfThatNameIsAFolder() throws {
    let folder = try TemporaryFolder()
    try folder.write("text", to: "set.zip/a.txt")
    #expect(try FileReader(path: folder.file("set.zip/a.txt")).readAll() == Array("text".utf8))
    #expect(!ArchivePath.isArchive(folder.file("set.zip")))
    #expect(Folder.holdsFiles(folder.file("set.zip")) && Folder.holdsFiles(Self.path("set.zip")))
  }

  /// Many programs write `./a.png`.
  @Test func aDotInThePathOfAMemberIsPassedOver() throws {
    let folder = try TemporaryFolder()
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: Self.path("one.zip"))))
    for name in ["./picture.png", "p/././pic.png"] {
      let renamed = bytes.replacing(Array("a/picture.png".utf8), with: Array(name.utf8))
      try folder.add(Data(renamed), as: "x.zip")
      let archive = try ZipArchive(path: folder.file("x.zip"))
      #expect(archive.names(in: "") == [name == "./picture.png" ? "picture.png" : "p"])
      #expect(archive.names(in: "p") == (name == "./picture.png" ? [] : ["pic.png"]))
    }
  }
}
