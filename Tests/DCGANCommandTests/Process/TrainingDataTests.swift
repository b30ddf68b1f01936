import Foundation
import Imaging
import Support
import TestSupport
import Testing
import Training

/// Which images `dcgan train` uses, and what it does about those that it cannot.
@Suite(.slow) struct TrainingDataTests {
  private let folder: TemporaryFolder
  private let run: String

  init() throws {
    folder = try TemporaryFolder()
    run = folder.file("run")
  }

  private func train(_ data: String, _ more: String = "") throws -> Executable.Outcome {
    try Executable.run(
      ["train", "--data", data, "--run", run]
        + Practice.words("--size 32 --ngf 1 --ndf 1 --batch 2 --epochs 1 --steps 1 \(more)"))
  }

  @Test(arguments: [
    ("", "train", 39), ("--split train", "train", 39), ("--split test", "test", 7),
    ("--split val", "val", 2), ("--split all", "all", 48), ("--class NORMAL", "train", 13),
    ("--class NORMAL --class PNEUMONIA", "train", 39),
    ("--split test --class PNEUMONIA", "test", 4), ("--limit 10", "train", 10),
    ("--limit 1000", "train", 39), ("--split all --class NORMAL --limit 5", "all", 5),
  ])
  func usesTheImagesThatAreAskedFor(options: String, split: String, images: Int) throws {
    let outcome = try train(Practice.phantoms.data, options)
    #expect(outcome.code == 0, "\(outcome.error)")
    let settings = try RunFolder.open(at: run).configuration()
    #expect(settings.split == split)
    #expect(settings.images == images)
    #expect(settings.skipped == 0)
    #expect(outcome.errorLines.contains { $0.hasPrefix("training: \(images) images at 32x32x3") })
  }

  @Test func aFolderWithoutSplitsIsUsedWhole() throws {
    #expect(try train("\(Practice.phantoms.data)/train").code == 0)
    let settings = try RunFolder.open(at: run).configuration()
    #expect(settings.split == "all")
    #expect(settings.images == 39)
  }

  @Test(arguments: [
    (
      "nowhere", "",
      "{data}: expected a folder of images; there is nothing at that path; name the folder with "
        + "the images"
    ),
    (
      "test/NORMAL/phantom-0040.jpeg", "",
      "{data}: expected a folder of images; it is not a folder; name the folder with the images"
    ),
    (
      "test", "--split val",
      "{data}: expected a folder 'val' for that split (or dev, valid, validation); the folders "
        + "with images are NORMAL, PNEUMONIA; choose another --split, or all"
    ),
    (
      "", "--class NORML",
      "{data}: no images in a folder 'NORML'; the folders with images are NORMAL, "
        + "PNEUMONIA; choose one of those with --class"
    ),
    (
      "", "--limit 1",
      "an epoch of 1 image has no batch: batch normalization needs at least 2; "
        + "add images to {data}"
    ),
  ])
  func namesWhatIsNotThere(inner: String, options: String, message: String) throws {
    let data = Practice.phantoms.data + (inner.isEmpty ? "" : "/\(inner)")
    let outcome = try train(data, options)
    #expect(outcome.code == 1)
    #expect(outcome.error == "dcgan train: \(message.replacing("{data}", with: data))\n")
    #expect(!folder.namesIfAny("run").contains("config.json"))
  }

  @Test func theAccountIsPrintedAndKept() throws {
    let data = folder.file("chest x")
    try FileManager.default.copyItem(atPath: Practice.phantoms.data, toPath: "\(data)/inner")
    try FileManager.default.moveItem(atPath: "\(data)/inner/val", toPath: "\(data)/inner/Valid")
    try folder.write(
      "\0\0\0\u{18}ftypheic\0\0\0\0", to: "chest x/inner/train/NORMAL/scan.heic")
    try folder.write("note", to: "chest x/README.txt")
    try FileManager.default.copyItem(
      atPath: "\(data)/inner/train/NORMAL/phantom-0001.jpeg",
      toPath: "\(data)/inner/test/NORMAL/other.jpeg")
    let outcome = try train(data)
    #expect(outcome.code == 0)
    #expect(
      outcome.errorLines.prefix(9) == [
        "data: 39 images in \(data) (split train: inner/train); 10 others not trained on",
        "  inner/train/NORMAL     13",
        "  inner/train/PNEUMONIA  26",
        "held out: 9 images of inner/Valid, inner/test, to calibrate scores on",
        "ignored: 1 HEIC picture, 1 text or table file",
        "warning: \(data): ignored 1 HEIC picture, the first inner/train/NORMAL/scan.heic; "
          + "convert it to JPEG or PNG",
        "warning: 1 held-out image is also a training image and left out of the calibration",
        "note: all images are grey: --channels 1 trains faster and draws images without a tint",
        "note: cropping to the centre removes 13 % of a picture on average, 20 % at most; --fit "
          + "pad or --fit stretch keeps all of it",
      ])
    let account = try #require(try RunFolder.open(at: run).configuration().account)
    #expect(account.heldOut == 9 && account.heldOutDuplicates == 1)
    #expect(account.passedOver.map(\.files) == [1, 1])
    let info = try Executable.run(["info", run])
    #expect(info.output.contains("ignored      1 HEIC picture, 1 text or table file"))

    try FileManager.default.removeItem(atPath: run)
    let strict = try train(data, "--strict")
    #expect(strict.code == 1)
    #expect(
      strict.error
        == "dcgan train: \(data): --strict expects every file to be used, found 1 HEIC picture, "
        + "the first inner/train/NORMAL/scan.heic; convert it to JPEG or PNG, move it away, name "
        + "it with --exclude, or leave out --strict\n")
    let excluded = try train(data, "--strict --exclude *.heic")
    #expect(excluded.code == 0, "\(excluded.error)")
    #expect(try RunFolder.open(at: run).configuration().excluded == ["*.heic"])
  }

  @Test func aFolderIsDividedByPatient() throws {
    let data = folder.file("data")
    for (place, name) in try FileManager.default.contentsOfDirectory(
      atPath: "\(Practice.phantoms.data)/train/PNEUMONIA"
    ).sorted().enumerated() {
      try folder.addFiles(["data/person\(place / 2)/x.txt"])
      try FileManager.default.copyItem(
        atPath: "\(Practice.phantoms.data)/train/PNEUMONIA/\(name)",
        toPath: "\(data)/person\(place / 2)/\(name)")
    }
    let outcome = try train(data, "--split-by-patient 0.5,0.25,0.25 --seed 3")
    #expect(outcome.code == 0, "\(outcome.error)")
    #expect(
      outcome.errorLines[0]
        == "data: 14 images in \(data) (split train, by patient); 12 others not trained on")
    let lines = outcome.errorLines.filter { $0.hasPrefix("patients") || $0.hasPrefix("held") }
    #expect(
      lines == [
        "patients: 7 with 14 images in train, 3 with 6 images in val, 3 with 6 images in test",
        "held out: 12 images of other patients, to calibrate scores on",
      ])
    let settings = try RunFolder.open(at: run).configuration()
    #expect(settings.split == "train" && settings.splitByPatient?.description == "0.5,0.25,0.25")
    let resumed = try Executable.run(["train", "--resume", "--run", run, "--epochs", "2"])
    #expect(resumed.code == 0, "\(resumed.error)")
    let other = try Executable.run(
      ["train", "--resume", "--run", run, "--split-by-patient", "0.8,0.1,0.1"])
    #expect(
      other.error
        == "dcgan train: --split-by-patient 0.8,0.1,0.1: the run in \(run) was started with "
        + "0.5,0.25,0.25; leave the option out, or start a new run in another --run folder\n")
    let evaluated = try Executable.run(["evaluate", "--run", run, "--count", "6"])
    #expect(evaluated.code == 0, "\(evaluated.error)")
    #expect(evaluated.output.contains("12 held-out images (test and val)"))
  }

  @Test func testImagesAreNotTrainedOnUnasked() throws {
    let data = folder.file("data")
    try folder.addFiles(["data/train/notes.txt"])
    try FileManager.default.copyItem(
      atPath: "\(Practice.phantoms.data)/test", toPath: "\(data)/Testing")
    let outcome = try train(data)
    #expect(outcome.code == 1)
    #expect(
      outcome.error
        == "dcgan train: \(data): all images are in folders named like validation or test sets "
        + "(Testing); give the folder of the training images, or choose what to train on: "
        + "--split test, val or all\n")
    #expect(try train(data, "--split test").code == 0)
  }

  @Test func anExclusionOfNothingIsSaid() throws {
    let outcome = try train(Practice.phantoms.data, "--exclude normal --exclude PNEUMONIA --quiet")
    #expect(
      outcome.errorLines == [
        "warning: --exclude normal matches nothing: a pattern must match a whole name (use * "
          + "and ? for the rest) and is case-sensitive"
      ])
    #expect(try RunFolder.open(at: run).configuration().images == 13)
  }

  @Test(
    arguments: [
      ("normal", "names are case-sensitive: --class NORMAL"),
      ("NORMAL,PNEUMONIA", "give --class NORMAL --class PNEUMONIA"),
    ])
  func aClassIsNamedAsItsFolder(name: String, advice: String) throws {
    let outcome = try train(Practice.phantoms.data, "--class \(name)")
    #expect(outcome.code == 1 && outcome.error.hasSuffix("; \(advice)\n"))
  }

  @Test func theDataIsFoundFromAnyFolder() throws {
    let data = folder.file("place/data")
    try folder.addFiles(["place/x.txt", "elsewhere/x.txt"])
    try FileManager.default.copyItem(atPath: Practice.phantoms.data, toPath: data)
    let begun = try Executable.runInShell(
      "cd \(folder.file("place")) && exec \"$0\" \"$@\"",
      ["train", "--data", "data", "--run", run]
        + Practice.words("--size 32 --ngf 1 --ndf 1 --batch 8 --epochs 1 --quiet"))
    #expect(begun.code == 0, "\(begun.error)")
    #expect(try RunFolder.open(at: run).configuration().dataPath == "data")
    let resumed = try Executable.runInShell(
      "cd \(folder.file("elsewhere")) && exec \"$0\" \"$@\"",
      ["train", "--resume", "--run", run, "--epochs", "2", "--quiet"])
    #expect(resumed.code == 0, "\(resumed.error)")
    let exported = try Executable.runInShell(
      "cd \(folder.file("elsewhere")) && exec \"$0\" \"$@\"",
      ["export", "--run", run, "--images", folder.file("real")])
    #expect(exported.code == 0, "\(exported.error)")
  }

  @Test func strictReachesTheHeldOutImages() throws {
    let data = folder.file("data")
    try FileManager.default.copyItem(atPath: Practice.phantoms.data, toPath: data)
    try folder.write("no picture", to: "data/test/NORMAL/text.png")
    let outcome = try train(data, "--strict")
    #expect(outcome.code == 1)
    #expect(
      outcome.error.hasPrefix(
        "dcgan train: \(data)/test/NORMAL/text.png: expected a readable image"))
  }

  @Test func fitAndBackgroundAreKept() throws {
    #expect(try train(Practice.phantoms.data, "--fit pad --background white").code == 0)
    let settings = try RunFolder.open(at: run).configuration()
    #expect(settings.fit == .pad && settings.background == 255)
    let sheet = try PixelImage(contentsOf: "\(run)/real-samples.png")
    // Phantoms are wider than high: what is missing above and below is black.
    #expect(sheet.samples(x: 16, y: 0).allSatisfy { $0 == 0 })
    let outcome = try Executable.run(
      ["train", "--resume", "--run", run, "--epochs", "2", "--fit", "stretch"])
    #expect(outcome.code == 1)
    #expect(
      outcome.error
        == "dcgan train: --fit stretch: the run in \(run) was started with pad; leave the "
        + "option out, or start a new run in another --run folder\n")
  }

  @Test func anEmptyFolderIsNoDataSet() throws {
    let data = folder.file("empty")
    try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
    let outcome = try train(data)
    #expect(outcome.code == 1)
    #expect(
      outcome.error
        == "dcgan train: \(data): no images found, searching for .bmp .dcm .dib .dicom .gif .jfif .jpe .jpeg .jpg "
        + ".pbm .pgm .png .pnm .ppm .tif .tiff .webp at "
        + "any depth; name a folder with images\n")
    #expect(try folder.names() == ["empty"])
  }

  /// Copies the phantoms, with one JPEG cut in half and a text that is called a PNG.
  private func damagedData() throws -> String {
    let data = folder.file("damaged")
    try FileManager.default.copyItem(atPath: Practice.phantoms.data, toPath: data)
    let whole = try folder.read("damaged/train/NORMAL/phantom-0001.jpeg")
    try folder.add(
      Data(whole.prefix(whole.count / 2)), as: "damaged/train/NORMAL/phantom-0001.jpeg")
    try folder.write("no picture", to: "damaged/train/PNEUMONIA/text.png")
    return data
  }

  @Test(arguments: ["", "--quiet"])
  func aDamagedFileIsNamedSkippedAndCounted(options: String) throws {
    let data = try damagedData()
    let outcome = try train(data, options)
    #expect(outcome.code == 0)
    #expect(
      outcome.errorLines.prefix(3) == [
        "warning: \(data)/train/NORMAL/phantom-0001.jpeg: skipped: expected an intact JPEG "
          + "file: Premature end of JPEG file",
        "warning: \(data)/train/PNEUMONIA/text.png: skipped: "
          + "expected a readable image, found a file that begins with 6e 6f 20 70 69 63 74 75",
        "warning: 2 of 40 images were skipped",
      ])
    #expect(
      outcome.errorLines.dropFirst(3).contains { $0.hasPrefix("training: ") }
        == (options != "--quiet"))
    if options == "--quiet" { #expect(outcome.errorLines.count == 3) }
    let settings = try RunFolder.open(at: run).configuration()
    #expect(settings.images == 38)
    #expect(settings.skipped == 2)
  }

  @Test func strictStopsAtADamagedFile() throws {
    let data = try damagedData()
    let outcome = try train(data, "--strict")
    #expect(outcome.code == 1)
    #expect(
      outcome.error == "dcgan train: \(data)/train/NORMAL/phantom-0001.jpeg: expected an intact "
        + "JPEG file: Premature end of JPEG file; repair or remove the file, or leave out "
        + "--strict to train without it\n")
    #expect(!folder.namesIfAny("run").contains("config.json"))
    let second = try train(Practice.phantoms.data, "--strict")
    #expect(second.code == 0, "\(second.error)")
  }
}
