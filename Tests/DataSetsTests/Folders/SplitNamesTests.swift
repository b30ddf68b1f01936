import DataSets
import TestSupport
import Testing

@Suite struct SplitNamesTests {
  /// Each layout with the images that are trained on, and those that are held out.
  @Test(
    arguments: [
      // The usual sets of brain MRI slices, of torchvision and of competitions.
      (["Training/a/1.png", "Testing/a/2.png"], ["Training/a/1.png"], ["Testing/a/2.png"]),
      (["Train/1.png", "Test/2.png"], ["Train/1.png"], ["Test/2.png"]),
      (["TRAIN/1.png", "TEST/2.png"], ["TRAIN/1.png"], ["TEST/2.png"]),
      (
        ["train_images/1.png", "test_images/2.png"], ["train_images/1.png"],
        ["test_images/2.png"]
      ),
      (["train/1.png", "validation/2.png"], ["train/1.png"], ["validation/2.png"]),
      (["train/1.png", "valid/2.png"], ["train/1.png"], ["valid/2.png"]),
      (["train/1.png", "dev/2.png"], ["train/1.png"], ["dev/2.png"]),
      (["train/1.png", "eval/2.png"], ["train/1.png"], ["eval/2.png"]),
      (["train/1.png", "evaluation-2/2.png"], ["train/1.png"], ["evaluation-2/2.png"]),
      // Below a folder of an archive's name, and below the classes.
      (
        ["chest/train/N/1.png", "chest/val/N/2.png"], ["chest/train/N/1.png"], ["chest/val/N/2.png"]
      ),
      (
        ["N/train/1.png", "N/test/2.png", "P/train/3.png"], ["N/train/1.png", "P/train/3.png"],
        ["N/test/2.png"]
      ),
      // Words that only hold such a name, or two of them, tell nothing.
      (
        ["latest/1.png", "trainer/2.png", "train_test/3.png"],
        ["latest/1.png", "train_test/3.png", "trainer/2.png"], []
      ),
      // What is held out stays so where nobody called the rest a training set.
      (["N/1.png", "P/2.png", "test/N/3.png"], ["N/1.png", "P/2.png"], ["test/N/3.png"]),
      (["test/N/1.png"], ["test/N/1.png"], []),
      // What lies beside the training set belongs to no part.
      (["train/1.png", "2.png", "extra/3.png"], ["train/1.png"], []),
    ] as [([String], [String], [String])])
  func foldersTellTheParts(_ files: [String], _ used: [String], _ heldOut: [String]) throws {
    let folder = try TemporaryFolder()
    try folder.addFiles(files)
    let listing = try ImageFolder(root: folder.path)
    #expect(listing.names == used)
    let unseen =
      listing.split == .train ? try ImageFolder.heldOut(root: folder.path, count: 256) : nil
    #expect(unseen?.names ?? [] == heldOut)
    #expect(try ImageFolder(root: folder.path, split: .all).names.count == files.count)
  }

  @Test func aFolderMayNameAClassAndAPart() throws {
    let folder = try TemporaryFolder()
    try folder.addFiles([
      "NORMAL_train/1.png", "NORMAL_test/2.png", "SICK-train-1/3.png", "SICK-test/4.png",
    ])
    func names(_ name: String, _ split: DataSplit? = nil) throws -> [String] {
      try ImageFolder(root: folder.path, split: split, classes: [name]).names
    }
    #expect(try names("NORMAL") == ["NORMAL_train/1.png"])
    #expect(try names("NORMAL_train") == ["NORMAL_train/1.png"])
    #expect(try names("SICK", .test) == ["SICK-test/4.png"])
    let heldOut = try ImageFolder.heldOut(root: folder.path, classes: ["SICK"], count: 9)
    #expect(heldOut?.names == ["SICK-test/4.png"])
    #expect(
      message { _ = try names("train") }?.contains("no images in a folder 'train'") == true)
  }

  @Test func itIsKnownWhyAPartIsUsed() throws {
    let folder = try TemporaryFolder()
    try folder.addFiles(["Testing/1.png"])
    func origin(_ split: DataSplit? = nil) throws -> SplitOrigin {
      try ImageFolder(root: folder.path, split: split).origin
    }
    #expect(try origin() == SplitOrigin(reason: .onlyHeldOut, folders: ["Testing"], all: 1))
    try folder.addFiles(["other/2.png"])
    #expect(try origin() == SplitOrigin(reason: .rest, folders: [], all: 2))
    try folder.addFiles(["Training/3.png", "Training/b/4.png"])
    #expect(try origin() == SplitOrigin(reason: .named, folders: ["Training"], all: 4))
    #expect(try origin(.test) == SplitOrigin(reason: .asked, folders: ["Testing"], all: 4))
    let flat = try TemporaryFolder()
    try flat.addFiles(["1.png"])
    #expect(
      try ImageFolder(root: flat.path).origin
        == SplitOrigin(reason: .undivided, folders: [], all: 1))
  }
}
