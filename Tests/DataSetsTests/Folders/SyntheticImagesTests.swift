import DataSets
import Foundation
import Imaging
import TestSupport
import Testing

/// What becomes of images that this program drew where real ones are looked for.
@Suite struct SyntheticImagesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func add(_ name: String, _ kind: ImageMark.Kind? = nil) throws {
    try folder.addFiles([name])
    let image = PixelImage(width: 16, height: 16, channels: 1, repeating: 9)
    try image.writePNG(
      to: folder.file(name), mark: kind.map { ImageMark(program: "dcgan 1", kind: $0) })
  }

  @Test func `real images are used and synthetic ones counted`() throws {
    try add("real/a.png")
    try add("set/train/X/image-00001.png", .sample)
    try add("set/train/X/image-00002.png", .sample)
    try add("set.png", .sampleSheet)
    let contents = try FolderContents(root: folder.path)
    #expect(try contents.listing(DataSelection(split: .all)).names == ["real/a.png"])
    let (kind, paths) = try #require(contents.passedOver.first { $0.key == .synthetic })
    #expect(paths == ["set/train/X/image-00001.png", "set/train/X/image-00002.png"])
    #expect(!kind.isByProduct)
    #expect(kind.counted(2) == "2 synthetic images")
    #expect(
      kind.advice(for: 2)
        == "a program drew them, and training leaves them out unless told to use them"
    )
    #expect(
      kind.advice(for: 1) == "a program drew it, and training leaves it out unless told to use it")
  }

  @Test func `a folder of synthetic images alone is refused`() throws {
    try add("train/X/image-00001.png", .sample)
    try add("train/Y/image-00002.png", .sample)
    try folder.addFiles(["metadata.csv", "README.md"])
    #expect(
      message { _ = try ImageFolder(root: folder.path) }
        == "\(folder.path): expected real images, found only 2 synthetic images, the "
        + "first 'train/X/image-00001.png'; a generator that learns from generated images repeats "
        + "their faults; name a folder of real images, or give 'allowsSynthetic' to train on these")
  }

  @Test func `asked for, single images count and other pictures still do not`() throws {
    try add("a.png")
    try add("b.png", .sample)
    for kind in ImageMark.Kind.allCases where kind != .sample { try add("x-\(kind).png", kind) }
    var selection = DataSelection()
    #expect(try ImageFolder(root: folder.path, selection).names == ["a.png"])
    selection.includesSynthetic = true
    #expect(try ImageFolder(root: folder.path, selection).names == ["a.png", "b.png"])
  }

  @Test func `marked samples in the folder of a drawing count where they are asked for`() throws {
    try add("sample-0001.png", .sample)
    try folder.write("file,candidate,score\nsample-0001.png,0,0.5\n", to: "samples.csv")
    var selection = DataSelection()
    selection.includesSynthetic = true
    #expect(try ImageFolder(root: folder.path, selection).names == ["sample-0001.png"])
  }
}
