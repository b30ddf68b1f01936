import DCGAN
import Foundation
import TestSupport
import Testing

/// Which images `dcgan train` uses, and what it does about those that it cannot.
@Suite struct TrainingDataTests {
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
    #expect(outcome.errorLines.first?.hasPrefix("training: \(images) images at 32x32x3") == true)
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
      "{data}: expected a folder of images; there is nothing at that path; "
        + "name the one that holds them"
    ),
    (
      "test/NORMAL/phantom-0040.jpeg", "",
      "{data}: expected a folder of images; it is not a folder; name the one that holds them"
    ),
    (
      "test", "--split val",
      "{data}: expected a folder 'val' for that split; its folders are NORMAL, PNEUMONIA; "
        + "choose another --split, or all"
    ),
    (
      "", "--class NORML",
      "{data}/train: no image lies in a folder 'NORML'; "
        + "the folders that hold images are NORMAL, PNEUMONIA; choose one of those with --class"
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

  @Test func aDataSetOneLevelDeeperIsWarnedOf() throws {
    let above = folder.file("above")
    try FileManager.default.createDirectory(atPath: above, withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: Practice.phantoms.data, toPath: "\(above)/chest x")
    let outcome = try train(above, "--class NORMAL")
    #expect(outcome.code == 0)
    #expect(
      outcome.errorLines.first
        == "warning: the images of \(above)/chest x/train and \(above)/chest x/test are both used; "
        + "to leave the test set out give --data '\(above)/chest x', "
        + "or --split all to mean everything")
    #expect(
      outcome.errorLines.dropFirst().first?.hasPrefix(
        "training: 17 images at 32x32x3 (split all, NORMAL), 1 epoch of 8 steps, seed ") == true)
    try FileManager.default.removeItem(atPath: run)
    #expect(try train(above, "--split all").errorLines.count == 1)
  }

  @Test func anEmptyFolderIsNoDataSet() throws {
    let data = folder.file("empty")
    try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
    let outcome = try train(data)
    #expect(outcome.code == 1)
    #expect(
      outcome.error
        == "dcgan train: \(data): no image found; looked for .jpeg .jpg .png at any depth; "
        + "name a folder that holds images\n")
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
        "warning: \(data)/train/NORMAL/phantom-0001.jpeg: skipped: "
          + "expected a whole JPEG file: Premature end of JPEG file",
        "warning: \(data)/train/PNEUMONIA/text.png: skipped: "
          + "expected JPEG or PNG, found a file that begins with 6e 6f 20 70 69 63 74 75",
        "warning: 2 of 40 images were skipped",
      ])
    #expect(outcome.errorLines.count == (options == "--quiet" ? 3 : 4))
    let settings = try RunFolder.open(at: run).configuration()
    #expect(settings.images == 38)
    #expect(settings.skipped == 2)
  }

  @Test func strictStopsAtADamagedFile() throws {
    let data = try damagedData()
    let outcome = try train(data, "--strict")
    #expect(outcome.code == 1)
    #expect(
      outcome.error == "dcgan train: \(data)/train/NORMAL/phantom-0001.jpeg: "
        + "expected a whole JPEG file: Premature end of JPEG file; "
        + "repair or remove the file, or leave out --strict to train without it\n")
    #expect(!folder.namesIfAny("run").contains("config.json"))
    let second = try train(Practice.phantoms.data, "--strict")
    #expect(second.code == 0, "\(second.error)")
  }
}
