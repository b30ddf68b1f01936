import DataSets
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
    let (unseen, duplicates) = try found.leavingOut(imagesOf: images)
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
        == ["a.png: expected at least 16 pixels per side, found 15x400"])
  }

  /// A picture of which nothing is opaque shows the background alone, whatever it hides.
  @Test(arguments: [UInt8(0), 100, 255])
  func transparentPartsShowTheBackground(_ level: UInt8) throws {
    let reading = ImageReading(size: 16, channels: 3, background: level, leastSide: 1)
    let image = try networkImage(at: Fixtures.path("images/\(Self.hidden)"), reading: reading)
    #expect(image.pixels.contains(level))
    let other = ImageReading(size: 16, channels: 3, background: 255 - level, leastSide: 1)
    #expect(try networkImage(at: Fixtures.path("images/\(Self.hidden)"), reading: other) != image)
  }

  private static let hidden = "rgba.png"

  /// A data set of one format needs no word about it.
  @Test func imagesAreCountedByFormat() {
    #expect(DataAccount.formats(of: ["a.jpg", "b/c.JPEG", "d.jfif"]) == nil)
    let counts = DataAccount.formats(of: ["a.jpg", "b.tif", "x.y/c.TIFF", "d.png"])
    #expect(counts?.map { "\($0.images) \($0.format)" } == ["2 TIFF", "1 JPEG", "1 PNG"])
  }

  /// Twelve bits in sixteen come out nearly black; black itself is no mistake.
  @Test func darkSixteenBitImagesAreCounted() {
    func tally(_ largest: Int, _ window: IntensityWindow = .ofFile) -> ImageTally {
      let image = PixelImage(width: 16, height: 16, channels: 1, repeating: 0)
      let traits = ImageTraits(
        fullWidth: 16, fullHeight: 16, bitsPerSample: 16, largestSample: largest,
        hasTransparency: false, isReoriented: false, isGrey: true)
      return ImageTally([(image, traits)], ImageReading(size: 16, channels: 1, window: window))
    }
    #expect(tally(4095).dark == 1 && tally(4095).darkBits == 12)
    #expect(tally(255).darkBits == 8 && tally(8191).darkBits == 13)
    #expect(tally(8192).dark == 0 && tally(65_535).dark == 0)
    #expect(tally(4095, .minMax).dark == 0)
    #expect(tally(0).dark == 0 && tally(0).darkBits == nil)
  }

  @Test func whatIsEnlargedDependsOnTheFit() throws {
    let image = PixelImage(width: 32, height: 32, channels: 1, repeating: 0)
    let traits = ImageTraits(
      fullWidth: 200, fullHeight: 24, bitsPerSample: 8, largestSample: nil,
      hasTransparency: false, isReoriented: false, isGrey: true)
    func enlarged(_ fit: ImageFit) -> Int {
      ImageTally([(image, traits)], ImageReading(size: 32, channels: 1, fit: fit)).enlarged
    }
    #expect(enlarged(.crop) == 1 && enlarged(.stretch) == 1 && enlarged(.pad) == 0)
  }
}
