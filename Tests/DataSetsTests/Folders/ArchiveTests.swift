import DataSets
import Files
import Foundation
import Imaging
import TestSupport
import Testing

@Suite(.enabled(if: ZipArchive.isAvailable)) struct ArchiveTests {
  private static let archive = Fixtures.path("archives/set.zip")

  @Test func anArchiveIsAFolder() throws {
    let listing = try ImageFolder(root: Self.archive)
    #expect(listing.split == .train)
    #expect(
      listing.files.map(\.path) == [
        "chest/train/NORMAL/0.png", "chest/train/NORMAL/1.png", "chest/train/PNEUMONIA/0.png",
        "chest/train/PNEUMONIA/1.png",
      ])
    #expect(try FolderClasses(of: listing).names == ["NORMAL", "PNEUMONIA"])
    let contents = try FolderContents(root: Self.archive)
    let kinds = contents.passedOver.map { $0.key.counted($0.value.count) }.sorted()
    #expect(kinds == ["1 special file", "1 text or table file", "3 hidden or system files"])
    let chosen = try ImageFolder(
      root: Self.archive, split: .all, classes: ["NORMAL"], excluding: ["1.*"])
    #expect(chosen.files.map(\.path) == ["chest/test/NORMAL/0.png", "chest/train/NORMAL/0.png"])
  }

  @Test func imagesAreDecodedWhereTheyLie() throws {
    let reading = ImageReading(size: 16, channels: 1)
    let images = try ImageDataSet(
      listing: ImageFolder(root: Self.archive, split: .all), reading: reading, threads: 2)
    #expect(images.count == 6 && images.skipped.isEmpty)
    #expect(images.tally.duplicates == 4)
    let path = "\(Self.archive)/chest/train/NORMAL/1.png"
    #expect(try networkImage(at: path, reading: reading) == images.image(at: 3))
  }

  @Test func aDamagedMemberIsSkippedByName() throws {
    let listing = try ImageFolder(root: Fixtures.path("archives/checksum.zip"))
    let message = message {
      _ = try ImageDataSet(
        listing: listing, reading: ImageReading(size: 16, channels: 1), threads: 1)
    }
    #expect(
      message?.contains("a/picture.png: cannot be read: CRC error") == true, "\(message ?? "")")
  }

  @Test func aRefusedArchiveIsNamed() {
    let path = Fixtures.path("archives/up.zip")
    #expect(
      message { _ = try ImageFolder(root: path) }
        == "\(path): its member 'a/../../up.png' would leave the archive's folder; unpack the "
        + "archive with care, or make it anew")
  }

  /// The list of files is what tells a changed archive, as it tells a changed folder.
  @Test func otherMembersAreOtherData() throws {
    let folder = try TemporaryFolder()
    let data = try Data(contentsOf: URL(filePath: Self.archive))
    try folder.add(data, as: "x.zip")
    let before = try ImageFolder(root: folder.file("x.zip"))
    let one = try Data(contentsOf: URL(filePath: Fixtures.path("archives/one.zip")))
    try folder.add(one, as: "x.zip")
    let after = try ImageFolder(root: folder.file("x.zip"))
    #expect(before.digest != after.digest)
    let difference = DataFileList(before).difference(to: DataFileList(after))
    #expect(difference.added == ["a/picture.png"] && difference.missing.count == 4)
  }
}
