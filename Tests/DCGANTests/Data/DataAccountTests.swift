import DCGAN
import Foundation
import Imaging
import TestSupport
import Testing

@Suite struct DataAccountTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func add(_ level: UInt8, _ name: String, width: Int = 64, height: Int = 32) throws {
    let image = PixelImage(width: width, height: height, channels: 1, repeating: level)
    try folder.add(image.pngData(file: name), as: name)
  }

  private func account() throws -> (DataAccount, ImageDataSet, heldOut: ImageDataSet?) {
    let reading = ImageReading(size: 32, channels: 3)
    let contents = try FolderContents(root: folder.path)
    let listing = try contents.listing(DataSelection())
    let images = try ImageDataSet(listing: listing, reading: reading, threads: 2)
    var account = DataAccount(contents, listing, images)
    guard let heldOut = contents.heldOut(classes: [], count: 256) else {
      return (account, images, nil)
    }
    let found = try ImageDataSet(listing: heldOut, reading: reading, threads: 2)
    let (unseen, duplicates) = found.leavingOut(imagesOf: images)
    account.add(heldOut: heldOut, images: unseen.count, duplicates: duplicates)
    return (account, images, unseen)
  }

  @Test func foldersAndPartsAreCounted() throws {
    for (index, name) in ["Train/N/a.png", "Train/N/b.png", "Train/P/c.png"].enumerated() {
      try add(UInt8(index), name)
    }
    try add(9, "Testing/N/d.png")
    try folder.write("no", to: "Train/N/note.txt")
    let (account, _, _) = try account()
    #expect(
      account.folders == [
        DataAccount.FolderCount(folder: "Train/N", images: 2),
        DataAccount.FolderCount(folder: "Train/P", images: 1),
      ])
    #expect(account.splitReason == "named" && account.splitFolders == ["Train"])
    #expect(account.unused == 1)
    #expect(account.heldOut == 1 && account.heldOutFolders == ["Testing"])
    #expect(account.passedOver.map(\.kind) == ["text or table file"])
    #expect(account.passedOver.map(\.files) == [1])
    let text = String(decoding: try JSONEncoder().encode(account), as: UTF8.self)
    #expect(try JSONDecoder().decode(DataAccount.self, from: Data(text.utf8)) == account)
    #expect(text.contains("\"held_out_folders\":[\"Testing\"]") && !text.contains("a.png"))
  }

  @Test func equalImagesAreFoundUnderAnyName() throws {
    for (level, name) in [(1, "a"), (1, "b"), (2, "c"), (1, "d")] {
      try add(UInt8(level), "train/\(name).png")
    }
    // Another file of the same pixels, and one that nobody has seen.
    let same = PixelImage(width: 64, height: 32, channels: 3, repeating: 2)
    try folder.add(same.pngData(file: ""), as: "test/c again.png")
    try add(3, "test/e.png")
    let (account, images, heldOut) = try account()
    #expect(account.pictures.duplicates == 2)
    #expect(account.heldOut == 1 && account.heldOutDuplicates == 1)
    #expect(images.count == 4 && heldOut?.paths == ["test/e.png"])
  }

  @Test func cropEnlargementAndGreyAreMeasured() throws {
    try add(1, "wide.png", width: 64, height: 32)
    try add(2, "small.png", width: 20, height: 20)
    try add(3, "square.png", width: 40, height: 40)
    let red = PixelImage(
      width: 32, height: 32, channels: 3, pixels: (0..<1024).flatMap { _ in [9, 0, 0] as [UInt8] })
    try folder.add(red.pngData(file: ""), as: "red.png")
    let (account, _, _) = try account()
    #expect(account.pictures.meanCropped == 0.125)
    #expect(account.pictures.mostCropped == 0.5)
    #expect(account.pictures.enlarged == 1 && account.pictures.smallestSide == 20)
    #expect(account.pictures.grey == 3)
    #expect(account.pictures.dark == 0 && account.pictures.darkBits == nil)
  }

  @Test func specksAreSkippedByName() throws {
    try add(1, "a.png", width: 15, height: 400)
    try add(2, "b.png", width: 16, height: 16)
    let (_, images, _) = try account()
    #expect(images.paths == ["b.png"])
    #expect(
      images.skipped.map { "\($0.path): \($0.reason)" }
        == ["a.png: expected at least 16 pixels a side, found 15x400"])
  }

  @Test(arguments: [(UInt8(0), UInt8(0)), (255, 255), (100, 100)])
  func transparentPartsShowTheBackground(_ background: UInt8, _ level: UInt8) throws {
    let image = try networkImage(
      at: Fixtures.path("images/rgba.png"),
      reading: ImageReading(size: 16, channels: 3, background: background, leastSide: 1))
    let same = try DecodedImage(
      contentsOf: Fixtures.path("images/rgba.png"), forShorterSide: 16, background: level
    ).squared(to: 16).withoutRepeatedChannels()
    #expect(image == same)
  }
}
