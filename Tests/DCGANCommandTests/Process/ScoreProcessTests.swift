import Foundation
import Imaging
import Support
import TestSupport
import Testing
import Training

/// `dcgan score` on images and folders.
@Suite(.slow) struct ScoreProcessTests {
  private let data = Practice.phantoms.data

  private func score(_ arguments: [String], output: FileHandle? = nil) throws -> Executable.Outcome
  {
    try Executable.run(["score", "--run", PracticeRun.path] + arguments, output: output)
  }

  @Test func `an image has one score, alone or among others, in every output format`() throws {
    let folder = try score([data])
    #expect(folder.code == 0)
    #expect(folder.error.isEmpty)
    #expect(folder.outputLines.count == 48)
    let paths = folder.outputLines.compactMap { $0.split(separator: "\t").last.map(String.init) }
    #expect(paths == paths.sorted())
    #expect(try score([data, "--threads", "1"]).output == folder.output)
    #expect(
      try score([paths[30], paths[2]]).outputLines
        == [folder.outputLines[30], folder.outputLines[2]])

    let json = try score([data, "--json"])
    let items = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: any Sendable]])
    #expect(json.outputLines.count == 1)
    #expect(items.compactMap { $0["file"] as? String } == paths)
    let scores = items.compactMap { $0["score"] as? Double }.map(Float.init)
    #expect(
      scores
        == folder.outputLines.compactMap { $0.split(separator: "\t").first.flatMap { Float($0) } })
    #expect(scores.allSatisfy { $0 > 0 && $0 < 1 })
    // Images that differ have scores that differ.
    #expect(Set(scores).count > 40)
  }

  @Test func `every frame of a file is scored where all are asked for`() throws {
    let folder = try TemporaryFolder()
    for name in ["frames.dcm", "burned-in.dcm"] {
      try folder.add(Data(contentsOf: URL(filePath: Fixtures.path("dicom/\(name)"))), as: name)
    }
    let path = folder.file("frames.dcm")
    let all = try score(["--frames", "all", path])
    #expect(all.code == 0, "\(all.error)")
    let files = all.outputLines.map { $0.split(separator: "\t").last.map(String.init) }
    #expect(files == (0..<4).map { "\(path)[\($0)]" })
    let scores = all.outputLines.map { $0.split(separator: "\t").first }
    #expect(try score([path]).outputLines == ["\(scores[2] ?? "")\t\(path)"])
    #expect(try score(["--frames", "first", path]).outputLines == ["\(scores[0] ?? "")\t\(path)"])
    let other = try score(["--window", "100,50", path]).outputLines
    #expect(other.count == 1 && other != ["\(scores[2] ?? "")\t\(path)"])

    let burnedIn = try score([folder.file("burned-in.dcm")])
    #expect(burnedIn.code == 1 && burnedIn.error.contains("(Burned In Annotation)"))
    #expect(try score(["--allow-burned-in", folder.file("burned-in.dcm")]).code == 0)
  }

  /// A wide picture between black bars scores as the bars say, once the run is one that pads.
  @Test func imagesAreReadAsTheRunReadsThem() throws {
    let folder = try TemporaryFolder()
    let run = folder.file("run")
    try PracticeRun.copy(to: run)
    let levels = (0..<64 * 32).map { UInt8($0 % 64 < 16 || $0 % 64 >= 48 ? 255 : 60) }
    let wide = PixelImage(width: 64, height: 32, channels: 1, pixels: levels)
    try wide.writePNG(to: folder.file("wide.png"))
    let padded = DecodedImage(wide).squared(to: 32, fit: .pad)
    try padded.writePNG(to: folder.file("padded.png"))
    func scores() throws -> [Substring?] {
      try Executable.run([
        "score", "--run", run, folder.file("wide.png"), folder.file("padded.png"),
      ]).outputLines.map { $0.split(separator: "\t").first }
    }
    let cropped = try scores()
    #expect(cropped.count == 2 && cropped[0] != cropped[1])
    var settings = try RunFolder.open(at: run).configuration()
    settings.fit = .pad
    try settings.write(to: "\(run)/config.json")
    #expect(try scores() == [cropped[1], cropped[1]])
  }

  /// The sheet of a drawing is no image of its own; a picture of that name elsewhere is.
  @Test func theSheetOfADrawingIsNotScored() throws {
    let folder = try TemporaryFolder()
    let samples = folder.file("s")
    let drawn = try Executable.run([
      "sample", "--run", PracticeRun.path, "--count", "2", "--out", samples, "--quiet",
    ])
    #expect(drawn.code == 0)
    let names = { (lines: [String]) in lines.compactMap { $0.split(separator: "\t").last } }
    let images = ["\(samples)/sample-0001.png", "\(samples)/sample-0002.png"]
    for place in [samples, folder.path] {
      #expect(names(try score([place]).outputLines) == images.map { Substring($0) })
    }
    // Older versions put the sheet, without a mark, into the folder.
    let sheet = PixelImage(width: 66, height: 32, channels: 1, repeating: 9)
    try sheet.writePNG(to: "\(samples)/samples.png")
    #expect(names(try score([samples]).outputLines).count == 2)
    try FileManager.default.removeItem(atPath: "\(samples)/samples.csv")
    #expect(names(try score([samples]).outputLines).count == 3)
  }

  @Test func `unreadable files are named and the rest is scored`() throws {
    let folder = try TemporaryFolder()
    let good = "\(data)/val/NORMAL/phantom-0047.jpeg"
    try folder.write("no picture", to: "text.png")
    let missing = folder.file("missing.jpeg")
    let outcome = try score([folder.file("text.png"), good, missing])
    #expect(outcome.code == 1)
    #expect(outcome.outputLines == (try score([good]).outputLines))
    #expect(
      outcome.errorLines == [
        "warning: \(folder.file("text.png")): expected a readable image, "
          + "found a file that begins with 6e 6f 20 70 69 63 74 75",
        "warning: \(missing): cannot be read: no such file or folder",
        "dcgan score: 2 of 3 images could not be read",
      ])
  }

  @Test func aReaderThatLeavesIsNoError() throws {
    let pipe = Pipe()
    try pipe.fileHandleForReading.close()
    let outcome = try score([data], output: pipe.fileHandleForWriting)
    #expect(outcome.code == 0)
    #expect(outcome.error.isEmpty)
  }
}
