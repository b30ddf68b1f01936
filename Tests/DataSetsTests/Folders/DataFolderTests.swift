import DataSets
import Foundation
import Support
import TestSupport
import Testing

@Suite struct DataFolderTests {
  @Test func `the walk finds extensions of any case, in the order of their bytes`() throws {
    let folder = try TemporaryFolder()
    try folder.addFiles([
      "b.JPG", "B.jpg", "a/z.Png", "a.jpeg", "a/b/c/d.jpeg", "ä.png", "notes.txt", "jpg",
      "x.jpg.zip",
      ".hidden.png", ".folder/e.png", "a/._b.jpeg", "folder.png/f.png",
    ])
    let listing = try ImageFolder(root: folder.path)
    #expect(
      listing.names == [
        "B.jpg", "a.jpeg", "a/b/c/d.jpeg", "a/z.Png", "b.JPG", "folder.png/f.png", "ä.png",
      ])
    #expect(listing.split == .all)
    #expect(try ImageFolder(root: folder.path + "/").names == listing.names)
    #expect(listing.path(of: listing.files[1]) == folder.path + "/a.jpeg")
  }

  @Test(.timeLimit(.minutes(1))) func linksAreFollowedOnceAndLoopsEnd() throws {
    let folder = try TemporaryFolder()
    try folder.addFiles(["one/a.png", "two/b.png"])
    try folder.link("one/up", to: "..")
    try folder.link("one/self", to: ".")
    try folder.link("two/other", to: "../one")
    try folder.link("three", to: "two")
    try folder.link("linked.png", to: "one/a.png")
    try folder.link("dangling.jpg", to: "nowhere.jpg")
    let listing = try ImageFolder(root: folder.path)
    #expect(listing.names == ["dangling.jpg", "linked.png", "one/a.png", "three/b.png"])
    #expect(listing.files[0].bytes == 0)
    #expect(listing.files[1].bytes == 1)
  }

  @Test(
    arguments: [
      (nil, DataSplit.train, ["train/N/a.png", "train/P/b.png"]),
      (.train, .train, ["train/N/a.png", "train/P/b.png"]),
      (.test, .test, ["test/N/c.png"]),
      (.all, .all, ["test/N/c.png", "top.png", "train/N/a.png", "train/P/b.png"]),
    ] as [(DataSplit?, DataSplit, [String])])
  func theSplitDecides(_ asked: DataSplit?, _ used: DataSplit, _ names: [String]) throws {
    let folder = try TemporaryFolder()
    try folder.addFiles([
      "train/N/a.png", "train/P/b.png", "test/N/c.png", "top.png",
    ])
    let listing = try ImageFolder(root: folder.path, split: asked)
    #expect(listing.split == used)
    #expect(listing.names == names)
  }

  @Test func classesAreFoldersAtAnyDepth() throws {
    let folder = try TemporaryFolder()
    try folder.addFiles([
      "NORMAL/a.png", "NORMAL/deep/b.png", "PNEUMONIA/c.png", "other/NORMAL/d.png",
      "NORMAL.png", "other/e.png",
    ])
    func names(_ classes: String...) throws -> [String] {
      try ImageFolder(root: folder.path, classes: classes).names
    }
    #expect(try names("NORMAL") == ["NORMAL/a.png", "NORMAL/deep/b.png", "other/NORMAL/d.png"])
    #expect(try names("deep", "PNEUMONIA") == ["NORMAL/deep/b.png", "PNEUMONIA/c.png"])
    #expect(try names("NORMAL", "other").count == 4)
  }

  @Test func aLimitKeepsTheSharesOfTheClasses() throws {
    let folder = try TemporaryFolder()
    try folder.addFiles((0..<30).map { "a/\(100 + $0).png" } + (0..<10).map { "b/\(100 + $0).png" })
    let all = try ImageFolder(root: folder.path).names
    let eight = try ImageFolder(root: folder.path, limit: 8).names
    #expect(eight == [0, 5, 10, 15, 20, 25, 30, 35].map { all[$0] })
    #expect(eight.filter { $0.hasPrefix("a/") }.count == 6)
    let seven = try ImageFolder(root: folder.path, limit: 7).names
    #expect(seven == [0, 5, 11, 17, 22, 28, 34].map { all[$0] })
    for limit in [40, 41, 1000] {
      #expect(try ImageFolder(root: folder.path, limit: limit).names == all)
    }
    #expect(try ImageFolder(root: folder.path, limit: 1).names == [all[0]])
  }

  /// Writes what training and sampling write, with other content.
  private func addRunAndSamples(to folder: TemporaryFolder, in place: String) throws {
    try folder.addFiles([
      "\(place)config.json", "\(place)real-samples.png", "\(place)real-first.png",
      "\(place)progress/epoch-0001.png",
      "\(place)checkpoints/epoch-0001.safetensors", "\(place)samples.png",
      "\(place)sample-0001.png", "\(place)sample-10000.png",
    ])
    try folder.write("file,candidate,score\nsample-0001.png,0,0.5\n", to: "\(place)samples.csv")
  }

  @Test(arguments: ["", "inner/run/"])
  func whatThisProgramMadeIsNoData(place: String) throws {
    let folder = try TemporaryFolder()
    try folder.addFiles(["a.png", "\(place)sample-1.png", "\(place)scan.png"])
    let names = try ImageFolder(root: folder.path).names
    try addRunAndSamples(to: folder, in: place)
    #expect(try ImageFolder(root: folder.path).names == names)
    #expect(try ImageFolder(root: folder.path, includesOwnPictures: true).names.count == 9)
  }

  @Test func whatOnlyLooksLikeThisProgramsIsData() throws {
    let folder = try TemporaryFolder()
    try folder.addFiles([
      "a/config.json", "a/progress/x.png", "b/checkpoints/x.png", "b/real-samples.png",
      "c/samples.csv", "c/sample-0001.png", "d/samples.png",
    ])
    #expect(
      try ImageFolder(root: folder.path).names == [
        "a/progress/x.png", "b/checkpoints/x.png", "b/real-samples.png", "c/sample-0001.png",
        "d/samples.png",
      ])
  }

  @Test func aFolderOfSamplesAloneIsNoData() throws {
    let folder = try TemporaryFolder()
    try addRunAndSamples(to: folder, in: "")
    #expect(
      message { _ = try ImageFolder(root: folder.path) }
        == "\(folder.path): no images found, searching for .bmp .dcm .dib .dicom .gif .jfif .jpe .jpeg .jpg "
        + ".pbm .pgm .png .pnm .ppm .tif .tiff .webp at any "
        + "depth; found 7 dcgan pictures; name a folder with images")
  }

  #if os(Linux)
    /// Makes a file or a folder under a name that need not be UTF-8.
    private func make(_ name: String, _ bytes: [UInt8], isFolder: Bool) throws {
      let path = Array(name.utf8) + bytes + [0]
      let code = path.withUnsafeBytes { bytes in
        let path = bytes.bindMemory(to: CChar.self).baseAddress!
        return isFolder ? mkdir(path, 0o700) : open(path, O_CREAT | O_WRONLY, 0o600)
      }
      try #require(code >= 0)
      if !isFolder { close(code) }
    }

    @Test func `names that are not UTF-8 are listed with the reason`() throws {
      let folder = try TemporaryFolder()
      try folder.addFiles(["a.png"])
      let latin = Array("Caf".utf8) + [0xE9]
      try make(folder.path + "/", latin, isFolder: true)
      try make(folder.path + "/", latin + Array(".PNG".utf8), isFolder: false)
      try make(folder.path + "/", latin + Array(".txt".utf8), isFolder: false)
      let files = try ImageFolder(root: folder.path).files
      #expect(files.map(\.path) == ["Caf\\xE9", "Caf\\xE9.PNG", "a.png"])
      let problem = "its name is not UTF-8 and cannot be used; rename it"
      #expect(files.map(\.problem) == [problem, problem, nil])
    }
  #endif

  @Test func aDanglingLinkThatIsNoImageIsNoMatter() throws {
    let folder = try TemporaryFolder()
    try folder.addFiles(["a.png"])
    try folder.link("notes.txt", to: "nowhere")
    try folder.link("loop", to: "loop")
    #expect(try ImageFolder(root: folder.path).names == ["a.png"])
  }

  @Test func theDigestIsThatOfNamesAndSizes() throws {
    let folder = try TemporaryFolder()
    try folder.addFiles(["NORMAL/a.png"], bytes: 1)
    try folder.addFiles(["PNEUMONIA/b.JPEG"], bytes: 23)
    // FNV-1a, computed by an independent program.
    #expect(try ImageFolder(root: folder.path).digest == "1fecb472a09a36ea")
    try folder.addFiles(["PNEUMONIA/b.JPEG"], bytes: 24)
    #expect(try ImageFolder(root: folder.path).digest != "1fecb472a09a36ea")
  }
}

@Suite struct DataFolderErrorTests {
  @Test(
    arguments: [
      (
        .val, [], nil, .noSuchSplit,
        "expected a folder 'val' for that split (or dev, valid, validation); the folders with "
          + "images are train"
      ),
      (
        nil, ["NORML"], nil, .noSuchClass,
        "no images in a folder 'NORML'; the folders with images are NORMAL, PNEUMONIA"
      ),
      (.all, ["NORMAL", "VIRUS"], nil, .noSuchClass, "no images in a folder 'VIRUS'"),
      (
        .test, ["NORMAL"], nil, .noSuchSplit,
        "expected a folder 'test' for that split (or eval, evaluation, testing)"
      ),
      (nil, [], 0, .invalidLimit, "a limit of 0 images leaves none; the minimum is 1"),
      (nil, [], -5, .invalidLimit, "a limit of -5 images leaves none"),
    ] as [(DataSplit?, [String], Int?, DataSetError.Kind, String)])
  func choicesThatLeaveNothingAreExplained(
    _ split: DataSplit?, _ classes: [String], _ limit: Int?, _ kind: DataSetError.Kind,
    _ words: String
  ) throws {
    let folder = try TemporaryFolder()
    try folder.addFiles(["train/NORMAL/a.png", "train/PNEUMONIA/b.png", "test/readme.txt"])
    let error = #expect(throws: DataSetError.self) {
      try ImageFolder(root: folder.path, split: split, classes: classes, limit: limit)
    }
    #expect(error?.kind == kind)
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    if kind != .invalidLimit {
      #expect(error?.description.hasPrefix(folder.path) == true)
    }
  }

  @Test func whatIsNoFolderIsNamed() throws {
    let folder = try TemporaryFolder()
    try folder.addFiles(["a.png"])
    for (path, words) in [
      (folder.path + "/absent", "there is nothing at that path"),
      (folder.path + "/a.png", "it is not a folder"),
    ] {
      let error = #expect(throws: DataSetError.self) { try ImageFolder(root: path) }
      #expect(error?.kind == .notAFolder)
      #expect(
        error?.description
          == "\(path): expected a folder of images; \(words); name the folder with the images")
    }
  }

  @Test func aFlatFolderHasNeitherSplitsNorClasses() throws {
    let folder = try TemporaryFolder()
    try folder.addFiles(["a.png"])
    let split = #expect(throws: DataSetError.self) {
      try ImageFolder(root: folder.path, split: .train)
    }
    #expect(
      split?.description.hasSuffix(
        "the images are in no folders; choose another 'split', or all") == true)
    let missing = #expect(throws: DataSetError.self) {
      try ImageFolder(root: folder.path, classes: ["NORMAL"])
    }
    #expect(
      missing?.description.hasSuffix("the images are in no folders; leave out 'classes'") == true)
  }

  @Test func namesAreOrderedByTheirDistance() throws {
    let folder = try TemporaryFolder()
    try folder.addFiles((10..<22).map { "class\($0)/a.png" } + ["normal/a.png"])
    let error = #expect(throws: DataSetError.self) {
      try ImageFolder(root: folder.path, classes: ["NORML"])
    }
    #expect(
      error?.description.hasSuffix(
        "are normal, class10, class11, class12, class13, class14, class15, class16, class17, "
          + "class18 and 3 more; choose one of those with 'classes'") == true)
  }
}
