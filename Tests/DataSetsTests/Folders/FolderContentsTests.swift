import DataSets
import Files
import Foundation
import Imaging
import TestSupport
import Testing

@Suite struct FolderContentsTests {
  private func passedOver(in folder: TemporaryFolder, excluding: [String] = []) throws -> [String] {
    try FolderContents(root: folder.path, excluding: excluding).passedOver
      .map { "\($0.value.count) \($0.key.noun)\($0.key.isByProduct ? "" : "!")" }.sorted()
  }

  @Test func everythingIsUsedOrPassedOverForAReason() throws {
    let folder = try TemporaryFolder()
    try folder.addFiles([
      "a.jpg", "b.JFIF", "c.jpe", "notes.txt", "labels.csv", "LICENSE", ".DS_Store", "x.weird",
      "@eaDir/a.jpg/SYNOPHOTO_THUMB_XL.jpg", "__MACOSX/._a.jpg", "$RECYCLE.BIN/a.jpg",
      "lost+found/b.jpg", "Thumbnails/a.jpg", "Thumbs.db",
    ])
    for (name, head) in [
      ("scan.heic", Self.heic), ("scan.heif", Self.heic), ("IMG0001", Self.heic),
      ("new.jxl", "\u{FF}\n"), ("old.tga", "?"), ("set.zip", "PK\u{3}\u{4}"),
      ("renamed.dat", "\u{FF}"),
    ] {
      try folder.add(Data(head.unicodeScalars.map { UInt8($0.value) }), as: name)
    }
    try folder.add(Data([0xFF, 0xD8, 0xFF, 0xE0]), as: "renamed.dat")
    try folder.add(Data(repeating: 0, count: 128) + Data("DICM".utf8), as: "00000001")
    try folder.link("nowhere.txt", to: "absent")
    #expect(try ImageFolder(root: folder.path).names == ["00000001", "a.jpg", "b.JFIF", "c.jpe"])
    #expect(
      try passedOver(in: folder) == [
        "1 JPEG XL picture!", "1 TGA picture!", "1 broken link!",
        "1 misnamed JPEG picture!",
        "1 unrecognized file!", "1 zip archive!", "3 HEIC picture!",
        "3 text or table file", "7 hidden or system file",
      ])
  }

  @Test func `excluded names are patterns for any part of a path`() throws {
    let folder = try TemporaryFolder()
    try folder.addFiles(["a.png", "a_mask.png", "masks/b.png", "N/deep/masks/c.png", "N/d.png"])
    #expect(
      try ImageFolder(root: folder.path, excluding: ["masks", "*_mask.*"]).names
        == ["N/d.png", "a.png"])
    #expect(try passedOver(in: folder, excluding: ["masks", "?_mask.png"]) == ["3 excluded name"])
    #expect(try ImageFolder(root: folder.path, excluding: ["MASKS", "mask"]).names.count == 5)
    #expect(
      message { _ = try ImageFolder(root: folder.path, excluding: ["*"]) }?
        .contains("found 4 excluded names") == true)
  }

  @Test func markedPicturesAreNoDataWhereverTheyLie() throws {
    let folder = try TemporaryFolder()
    let image = PixelImage(width: 16, height: 16, channels: 1, repeating: 9)
    try image.writePNG(to: folder.file("scan.png"))
    try image.writePNG(
      to: folder.file("copied by hand.png"),
      mark: ImageMark(program: "dcgan 1", kind: .sample, details: []))
    try FileManager.default.copyItem(
      atPath: folder.file("copied by hand.png"), toPath: folder.file("renamed.jpg"))
    let listing = try ImageFolder(root: folder.path)
    #expect(listing.names == ["scan.png"])
    #expect(try passedOver(in: folder) == ["2 synthetic image!"])
    #expect(try ImageFolder(root: folder.path, includesOwnPictures: true).names.count == 3)
  }

  @Test func aFolderUnderTwoNamesIsReadOnceAndSaid() throws {
    let folder = try TemporaryFolder()
    try folder.addFiles(["one/a.png"])
    try folder.link("two", to: "one")
    #expect(try ImageFolder(root: folder.path).names == ["one/a.png"])
    #expect(try passedOver(in: folder) == ["1 repeated folder"])
  }

  /// What a picture begins with whose format is not read.
  private static let heic = "\0\0\0\u{18}ftypheic\0\0\0\0"

  @Test func anArchiveIsNamedAsWhatItIs() throws {
    let folder = try TemporaryFolder()
    try folder.write("PK\u{3}\u{4} and so on", to: "images.dat")
    let path = folder.file("images.dat")
    #expect(
      message { _ = try ImageFolder(root: path) }
        == "\(path): expected a folder of images; it is not a folder, it is a zip archive; "
        + "name it as the data, with the suffix .zip, or unpack it; name the folder with the images"
    )
    try folder.write("PK\u{3}\u{4} and so on", to: "images.zip")
    let words = message { _ = try ImageFolder(root: folder.file("images.zip")) }
    let reason =
      ZipArchive.isAvailable ? "expected an intact zip archive" : "reads no zip archives: install"
    #expect(words?.contains(reason) == true, "\(words ?? "")")
  }

  @Test func whatIsThereInsteadOfImagesIsSaid() throws {
    let folder = try TemporaryFolder()
    for index in 0..<3 { try folder.write(Self.heic, to: "\(index).heic") }
    try folder.addFiles(["notes.txt"])
    #expect(
      message { _ = try ImageFolder(root: folder.path) }
        == "\(folder.path): no images found, searching for .bmp .dcm .dib .dicom .gif .jfif .jpe .jpeg .jpg "
        + ".pbm .pgm .png .pnm .ppm .tif .tiff .webp at any "
        + "depth; found 3 HEIC pictures (convert them to JPEG or PNG); name a folder with "
        + "images")
  }
}
