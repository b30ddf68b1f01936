import DataSets
import Foundation
import Imaging
import Phantoms
import Support
import Tensor
import TestSupport
import Testing

@Suite struct PhantomSetWritingTests {
  @Test func `every entry becomes a grey image of its drawing`() throws {
    let folder = try TemporaryFolder()
    let set = PhantomSet(count: 13)
    try set.write(to: folder.file("new/set"), seed: 5)
    let listing = try ImageFolder(root: folder.file("new/set"), split: .all)
    #expect(listing.files.map(\.path) == set.entries.map(\.path).sorted())
    for entry in set.entries {
      let image = try PixelImage(contentsOf: folder.file("new/set/\(entry.path)"))
      let drawing = Phantom.draw(seed: 5, index: entry.index, kind: entry.kind)
      #expect(image.channels == 1)
      #expect(image.width == drawing.width && image.height == drawing.height)
      let errors = zip(image.pixels, drawing.pixels).map { abs(Int($0) - Int($1)) }
      // JPEG at quality 92 quantizes grain of one or two levels, no more.
      #expect(errors.reduce(0, +) < 3 * errors.count)
    }
  }

  @Test func theSameSeedGivesTheSameFiles() throws {
    let folder = try TemporaryFolder()
    let set = PhantomSet(count: 12)
    try set.write(to: folder.file("a"), seed: 5)
    try set.write(to: folder.file("b"), seed: 5)
    try set.write(to: folder.file("c"), seed: 6)
    for entry in set.entries {
      let bytes = try folder.read("a/\(entry.path)")
      #expect(try folder.read("b/\(entry.path)") == bytes)
      #expect(try folder.read("c/\(entry.path)") != bytes)
    }
  }

  @Test func progressCountsUp() throws {
    let folder = try TemporaryFolder()
    let seen = Locked<[Int]>([])
    try PhantomSet(count: 6).write(to: folder.path, seed: 0) { done, total in
      seen.withLock { $0.append(done * 100 + total) }
    }
    #expect(seen.withLock { $0 } == [106, 206, 306, 406, 506, 606])
  }

  @Test func aFolderInUseIsLeftAlone() throws {
    let folder = try TemporaryFolder()
    try folder.write("dear diary", to: "notes.txt")
    #expect(
      message { try PhantomSet(count: 3).write(to: folder.path, seed: 0) }
        == "\(folder.path): expected a new or empty folder, found 'notes.txt' in it; name "
        + "another folder with 'out', or empty this one")
    #expect(try folder.names() == ["notes.txt"])
  }

  @Test func aFileIsNoFolder() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "file")
    let path = folder.file("file")
    #expect(
      message { try PhantomSet(count: 3).write(to: path, seed: 0) }
        == "cannot create the folder \(path): part of the path is a file, not a folder")
  }
}
