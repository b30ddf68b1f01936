import DataSets
import Foundation
import Imaging
import Support
import TestSupport
import Testing
import Training

/// `dcgan export --images`.
@Suite(.slow) struct ImageExportProcessTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ line: String) throws -> Executable.Outcome {
    try Executable.run(
      line, ["folder": folder.path, "run": PracticeRun.path, "data": Practice.phantoms.data])
  }

  private let names = (1...39).map { "real-000\($0 < 10 ? "0" : "")\($0).png" }

  @Test func theImagesAreThoseThatTheNetworksSaw() throws {
    let outcome = try run("export --run {run} --images {folder}/real")
    #expect(outcome.code == 0 && outcome.error.isEmpty, "\(outcome.error)")
    #expect(
      outcome.outputLines == [
        "wrote 39 real images, 32 pixels, colour: \(folder.file("real"))",
        "They show patients: treat them like the data they come from.",
      ])
    #expect(try folder.names("real") == names)
    let configuration = try RunFolder.open(at: PracticeRun.path).configuration()
    let listing = try ImageFolder(root: Practice.phantoms.data, split: .train)
    #expect(listing.files.count == 39)
    for (name, file) in zip(names, listing.files) {
      let seen = try networkImage(at: listing.path(of: file), reading: configuration.reading)
      #expect(try PixelImage(contentsOf: folder.file("real/\(name)")) == seen.rgb())
    }
    let mark = try #require(ImageMark.read(at: folder.file("real/\(names[0])")))
    #expect(mark.kind == .realImage && mark.showsPatients)
    #expect(mark["run"] == configuration.digest)
    // Nothing tells of the file that an image comes from.
    let bytes = String(decoding: try folder.read("real/\(names[0])"), as: UTF8.self)
    #expect(!bytes.contains("phantom"))
  }

  @Test func `class, limit and channels are the run's, wherever its data is now`() throws {
    try FileManager.default.copyItem(atPath: Practice.phantoms.data, toPath: folder.file("data"))
    let training = try run(
      "train --data {folder}/data --run {folder}/run --size 32 --channels 1 --ngf 4 --ndf 4 --batch 4 "
        + "--steps 1 --class NORMAL --limit 5 --quiet")
    #expect(training.code == 0, "\(training.error)")
    try FileManager.default.moveItem(atPath: folder.file("data"), toPath: folder.file("moved"))
    let outcome = try run(
      "export --run {folder}/run --images {folder}/real --data {folder}/moved --json --quiet")
    #expect(outcome.code == 0 && outcome.error.isEmpty, "\(outcome.error)")
    let result = try TemporaryFolder.object(Data(outcome.output.utf8))
    #expect(result["count"] as? Int == 5 && result["skipped"] as? Int == 0)
    #expect(result["size"] as? Int == 32 && result["channels"] as? Int == 1)
    #expect(try folder.names("real") == Array(names.prefix(5)))
    #expect(try PixelImage(contentsOf: folder.file("real/\(names[4])")).channels == 1)

    let missing = try run("export --run {folder}/run --images {folder}/none --quiet")
    #expect(missing.code == 1)
    #expect(missing.error.contains("there is nothing at that path"), "\(missing.error)")
  }

  @Test func `an earlier export is replaced, and nothing else`() throws {
    #expect(try run("export --run {run} --images {folder}/real --quiet").code == 0)
    let bytes = try folder.read("real/\(names[3])")
    try FileManager.default.copyItem(
      atPath: folder.file("real/\(names[3])"), toPath: folder.file("real/real-00040.png"))
    try folder.write("mine", to: "real/notes.txt")
    #expect(try run("export --run {run} --images {folder}/real --quiet").code == 0)
    #expect(try folder.names("real") == ["notes.txt"] + names)
    #expect(try folder.read("real/\(names[3])") == bytes)

    for name in ["scan.jpeg", "inner/scan.png", "real-00041.png"] {
      try folder.addFiles(["real/\(name)"])
      let refused = try run("export --run {run} --images {folder}/real --quiet")
      #expect(refused.code == 1)
      #expect(
        refused.error
          == "dcgan export: cannot use \(folder.file("real")): it holds '\(name)', which is not from an "
          + "earlier export; name a new or empty folder\n")
      #expect(try folder.read("real/\(names[3])") == bytes)
      try FileManager.default.removeItem(atPath: folder.file("real/\(name)"))
    }
  }

  @Test func changedDataIsSaid() throws {
    try FileManager.default.copyItem(atPath: Practice.phantoms.data, toPath: folder.file("data"))
    let listing = try ImageFolder(root: folder.file("data"), split: .train)
    try FileManager.default.removeItem(atPath: listing.path(of: listing.files[0]))
    try folder.write("no image", to: "data/\(listing.files[1].path)")
    let outcome = try run(
      "export --run {run} --images {folder}/real --data {folder}/data --quiet")
    #expect(outcome.code == 0)
    #expect(
      outcome.errorLines.first
        == "warning: \(folder.file("data")): the files have changed since the run was trained; "
        + "the present ones are written")
    #expect(outcome.errorLines.count == 2)
    #expect(outcome.errorLines.last?.hasPrefix("warning: \(listing.files[1].path): ") == true)
    #expect(
      outcome.outputLines.first
        == "wrote 37 real images (1 could not be read), 32 pixels, colour: \(folder.file("real"))")
  }
}
