import DataSets
import TestSupport
import Testing

@Suite struct FolderClassesTests {
  static let places: [(files: [String], names: [String])] = [
    (["train/NORMAL/a.png", "train/PNEUMONIA/b.png"], ["NORMAL", "PNEUMONIA"]),
    (["NORMAL/a.png", "PNEUMONIA/b.png", "COVID/c.png"], ["COVID", "NORMAL", "PNEUMONIA"]),
    (["chest/train/b/p1/x.png", "chest/train/a/p2/x.png"], ["a", "b"]),
    (["NORMAL/train/a.png", "PNEUMONIA/train/b.png"], ["NORMAL", "PNEUMONIA"]),
    (["set/NORMAL/a.png", "set/PNEUMONIA/b.png"], ["NORMAL", "PNEUMONIA"]),
  ]

  @Test func framesLieWhereTheirFileDoes() throws {
    let folder = try TemporaryFolder()
    for file in ["a.dcm", "b[1].png", "c.dcm"] { try folder.write("1", to: file) }
    let listing = try ImageFolder(root: folder.path)
    let paths = ["c.dcm[0]", "b[1].png", "a.dcm", "c.dcm[17]"]
    #expect(listing.places(ofImages: paths) == [2, 1, 0, 2])
  }

  @Test(arguments: places.indices)
  func theFirstFoldersAtWhichImagesPartAreTheClasses(_ index: Int) throws {
    let place = Self.places[index]
    let folder = try TemporaryFolder()
    for file in place.files { try folder.write("1", to: file) }
    let listing = try ImageFolder(root: folder.path)
    let classes = try FolderClasses(of: listing)
    #expect(classes.names == place.names)
    #expect(listing.files.allSatisfy { classes.label(of: $0.path) != nil })
  }

  @Test func anImageInNoFolderOfAClassIsNamed() throws {
    let folder = try TemporaryFolder()
    for file in ["train/a/x.png", "train/b/y.png", "train/z.png"] {
      try folder.write("1", to: file)
    }
    let listing = try ImageFolder(root: folder.path)
    let error = #expect(throws: DataSetError.self) { try FolderClasses(of: listing) }
    #expect(error?.kind == .unsuitableClasses)
    #expect(error?.description.contains("train/z.png") == true)
  }

  @Test func oneClassIsTooFew() throws {
    let folder = try TemporaryFolder()
    for file in ["train/a/x.png", "train/a/y.png"] { try folder.write("1", to: file) }
    let error = #expect(throws: DataSetError.self) {
      try FolderClasses(of: ImageFolder(root: folder.path))
    }
    #expect(error?.description.contains("found 1 ('a')") == true)
  }

  @Test func chosenClassesCountAtAnyDepth() throws {
    let folder = try TemporaryFolder()
    for file in ["one/sick/x.png", "two/well/y.png"] { try folder.write("1", to: file) }
    let listing = try ImageFolder(root: folder.path)
    let classes = try FolderClasses(of: listing, chosen: ["well", "sick"])
    #expect(classes.names == ["sick", "well"])
    #expect(listing.files.map { classes.label(of: $0.path) } == [0, 1])
  }
}
