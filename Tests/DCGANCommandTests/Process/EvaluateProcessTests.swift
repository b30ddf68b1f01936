import DataSets
import Foundation
import Imaging
import Support
import TestSupport
import Testing
import Training

/// `dcgan evaluate`, run as a user runs it.
@Suite(.slow) struct EvaluateProcessTests {
  private func evaluate(_ arguments: [String]) throws -> Executable.Outcome {
    try Executable.run(["evaluate", "--quiet"] + arguments)
  }

  private func figures(_ text: some DataProtocol) throws -> [String: any Sendable] {
    try #require(try TemporaryFolder.object(text)["figures"] as? [String: any Sendable])
  }

  private func figure(_ name: String, _ figures: [String: any Sendable]) throws -> (
    generated: Double, floor: Double
  ) {
    let pair = try #require(figures[name] as? [String: Double], "\(name)")
    return (try #require(pair["generated"]), try #require(pair["floor"]))
  }

  private static let shortness =
    "warning: the checkpoint is of step 15, but shapes appear after 500 to 1,000: its figures say "
    + "little; train longer\n"

  @Test func aTrainedRunIsMeasured() throws {
    let folder = try TemporaryFolder()
    let arguments = [
      "--run", PracticeRun.path, "--out", folder.file("e.json"), "--sheet", folder.file("e.png"),
    ]
    let outcome = try evaluate(arguments + ["--threads", "1"])
    #expect(outcome.code == 0)
    #expect(outcome.error == Self.shortness)
    let lines = outcome.outputLines
    #expect(lines.first == "\(PracticeRun.path), epoch 3, seed 0")
    #expect(lines.last?.hasSuffix("look at \(folder.file("e.png")).") == true)
    #expect(lines.dropFirst().first?.hasPrefix("19 generated images against 19 of 39 ") == true)
    for name in [
      "sliced Wasserstein, 32", "precision", "recall", "coverage", "MS-SSIM", "copying z  ",
      "copying z, by cells",
    ] {
      #expect(lines.contains { $0.hasPrefix("  \(name)") }, "\(name)")
    }
    #expect(lines.last?.contains("9 held-out images (test and val) are;") == true)
    let unlike = try #require(lines.first { $0.hasPrefix("Unlike real images: precision 0.") })
    #expect(unlike.contains(" (floor ") && !lines.contains { $0.hasPrefix("No sign of") })
    #expect(ImageMark.read(at: folder.file("e.png"))?.kind == .nearest)

    let figures = try figures(folder.read("e.json"))
    #expect(figures["compared"] as? Int == 19 && figures["held_out"] as? Int == 9)
    // Three epochs draw noise, whose details no chest has.
    let distance = try figure("sliced_wasserstein_mean", figures)
    #expect(distance.generated > 2 * distance.floor && distance.floor > 0)
    #expect(try figure("coverage", figures).generated < figure("coverage", figures).floor)
    #expect(try figure("copying", figures).generated > 0)
    // Nine unseen images are one cell, whose halves are too small for a floor.
    let cells = try #require(figures["copying_cells"] as? [[String: Double]])
    let copying = try figure("copying", figures).generated
    #expect(cells == [["generated": 19, "held_out": 9, "z": copying]])
    #expect(figures["copying_by_cells"] == nil)
    #expect(lines.contains { $0.hasPrefix("  copying z, by cells") && $0.hasSuffix("too few") })
    let sheet = try PixelImage(contentsOf: folder.file("e.png"))
    #expect(sheet.width == 8 * 34 - 2)

    // Whatever the threads, and where it is printed, the same bytes.
    let again = try evaluate(["--run", PracticeRun.path, "--json", "--threads", "3"])
    #expect(Array(again.output.utf8) == (try folder.read("e.json")))
  }

  /// The picture shows what the list numbers, and the list names no file.
  @Test func theMissingAreShownAndListed() throws {
    let folder = try TemporaryFolder()
    let outcome = try evaluate(
      ["--run", PracticeRun.path, "--missing", folder.file("m.png"), "--json"])
    #expect(outcome.code == 0, "\(outcome.error)")
    let result = try TemporaryFolder.object(Data(outcome.output.utf8))
    let missing = try #require(result["missing"] as? [[String: Double]])
    #expect(missing.allSatisfy { Set($0.keys) == ["index", "distance", "radii"] })
    let indices = missing.compactMap { $0["index"].map { Int($0) } }
    #expect(indices.count == 24 && Set(indices).count == 24)
    let radii = missing.compactMap { $0["radii"] }
    #expect(radii == radii.sorted(by: >) && radii.allSatisfy { $0 > 0 })

    #expect(ImageMark.read(at: folder.file("m.png"))?.kind == .realImages)
    let tiles = try ContactSheet(columns: 8).tiles(
      of: PixelImage(contentsOf: folder.file("m.png")), rows: 3, file: "m.png")
    let settings = try RunFolder.open(at: PracticeRun.path).configuration()
    let data = try ImageDataSet(
      listing: ImageFolder(root: settings.dataLocation, settings.selection),
      reading: settings.reading, threads: 1)
    for (tile, index) in zip(tiles, indices) {
      #expect(try tile == data.image(at: index).withoutRepeatedChannels(), "\(index)")
    }
  }

  @Test func samplesAreMeasuredAsTheRunIs() throws {
    let folder = try TemporaryFolder()
    let samples = folder.file("samples")
    let drawing = try Executable.run(
      ["sample", "--run", PracticeRun.path, "--count", "19", "--out", samples, "--quiet"])
    #expect(drawing.code == 0)
    let run = try figures(Data(evaluate(["--run", PracticeRun.path, "--json"]).output.utf8))
    for more in [["--run", PracticeRun.path], ["--data", Practice.phantoms.data]] {
      let outcome = try evaluate(["--samples", samples, "--json"] + more)
      #expect(outcome.code == 0 && outcome.error.isEmpty)
      let found = try figures(Data(outcome.output.utf8))
      for name in ["sliced_wasserstein_mean", "precision", "density", "ms_ssim", "copying"] {
        #expect(try figure(name, found) == figure(name, run), "\(name)")
      }
    }
  }

  /// The class and the split are those of the samples' run, and what is unlike most samples is left
  /// out.
  @Test func `samples are measured against the images their run was trained on`() throws {
    let folder = try TemporaryFolder()
    let run = folder.file("run")
    try Practice.phantoms.train(run: run, epochs: 1, ["--class", "PNEUMONIA"])
    let samples = folder.file("samples")
    #expect(
      try Executable.run(
        ["sample", "--run", run, "--count", "12", "--out", samples, "--quiet"]
      ).code == 0)
    // The first file by name.
    try PixelImage(width: 64, height: 64, channels: 1, repeating: 9)
      .writePNG(to: "\(samples)/a.png")
    let data = Practice.phantoms.data
    let outcome = try evaluate(["--samples", samples, "--data", data, "--json"])
    #expect(outcome.code == 0)
    #expect(
      outcome.error
        == "warning: \(samples): using the 12 images of 32x32 pixels, colour; left out: "
        + "'a.png' (not one of the samples)\n")
    let content = try TemporaryFolder.object(Data(outcome.output.utf8))
    #expect(
      content["left_out"] as? [[String: String]]
        == [["file": "a.png", "reason": "not one of the samples"]])
    let found = try figures(Data(outcome.output.utf8))
    let trained = try RunFolder.open(at: run).configuration().images
    #expect(found["training"] as? Int == trained && found["compared"] as? Int == 12)
    #expect(found["size"] as? Int == 32 && found["channels"] as? Int == 3)

    // Data without these classes is measured as a whole, which is said.
    try FileManager.default.copyItem(
      atPath: "\(data)/train/NORMAL", toPath: folder.file("other"))
    try FileManager.default.removeItem(atPath: "\(samples)/a.png")
    let other = try evaluate(["--samples", samples, "--data", folder.file("other")])
    #expect(
      other.errorLines.first == "warning: \(folder.file("other")): the samples' run was trained "
        + "on the images in train of 'PNEUMONIA', which are not there; the samples are compared "
        + "with images of all its classes")
  }

  /// One real image over and over, with a little noise.
  @Test func collapseIsToldOf() throws {
    let folder = try TemporaryFolder()
    let data = Practice.phantoms.data
    let name = try #require(
      try FileManager.default.contentsOfDirectory(atPath: "\(data)/train/NORMAL").sorted().first)
    let image = try PixelImage(contentsOf: "\(data)/train/NORMAL/\(name)").grey()
    let square = DecodedImage(image).squared(to: 32)
    for index in 0..<12 {
      var pixels = square.pixels
      for place in stride(from: index, to: pixels.count, by: 7) { pixels[place] ^= 1 }
      try folder.addFiles(["\(index).png"])
      try PixelImage(width: 32, height: 32, channels: 1, pixels: pixels)
        .writePNG(to: folder.file("\(index).png"))
    }
    let outcome = try evaluate(["--samples", folder.path, "--data", data])
    #expect(outcome.code == 0)
    let line = try #require(
      outcome.outputLines.first { $0.hasPrefix("Signs of collapse: ") })
    #expect(line.contains("MS-SSIM of pairs 0.99") || line.contains("MS-SSIM of pairs 1.00"))
    #expect(line.hasSuffix(": the images repeat a few kinds and miss others."))
    let json = try evaluate(["--samples", folder.path, "--data", data, "--json"])
    let findings = try TemporaryFolder.object(Data(json.output.utf8))["findings"] as? [String]
    #expect(findings?.contains("collapse") == true)
  }

  @Test func copiesOfTrainingImagesAreFlagged() throws {
    let data = Practice.phantoms.data
    let outcome = try evaluate(["--samples", "\(data)/train", "--data", data])
    #expect(outcome.code == 0)
    #expect(outcome.output.contains("\nCopies: closer to training images than 9 held-out images"))
    // What they are is real, and diverse.
    #expect(
      outcome.output.contains(
        "\nNo signs of collapse (recall, coverage, MS-SSIM) or of images unlike real ones "
          + "(precision, sliced Wasserstein distance).\n"))
  }

  @Test func `without held-out images, half of the training images stand in for them`() throws {
    let data = "\(Practice.phantoms.data)/train"
    let outcome = try evaluate(["--samples", data, "--data", data])
    #expect(outcome.code == 0)
    #expect(outcome.errorLines.count == 1)
    #expect(outcome.error.hasPrefix("warning: \(data): no held-out images; "))
    #expect(outcome.output.contains("20 held-out images (one half of the training images, for"))
    // One cell says what all images together say.
    let rows = outcome.outputLines.filter { $0.hasPrefix("  copying z") }
    try #require(rows.count == 2)
    #expect(rows[0].split(separator: " ").suffix(2) == rows[1].split(separator: " ").suffix(2))
  }

  @Test func whatCannotBeMeasuredIsSaid() throws {
    let folder = try TemporaryFolder()
    let samples = folder.file("samples")
    try FileManager.default.createDirectory(atPath: samples, withIntermediateDirectories: true)
    for index in 1...3 {
      try PixelImage(width: 32, height: 32, channels: 1, repeating: 9)
        .writePNG(to: "\(samples)/\(index).png")
    }
    let few = try evaluate(["--samples", samples, "--data", Practice.phantoms.data])
    #expect(few.code == 1 && few.output.isEmpty)
    #expect(
      few.error == "dcgan evaluate: \(samples): found 3 generated images; an evaluation needs 6 "
        + "and is hardly meaningful with less than a few hundred; give more\n")
    let gone = try evaluate(["--run", PracticeRun.path, "--data", folder.file("gone")])
    #expect(gone.code == 1)
    #expect(gone.error.contains("dcgan evaluate: \(folder.file("gone")): expected a folder"))
  }

  /// The data of the run may have changed since.
  @Test func otherFilesThanTheRunsAreTold() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.copyItem(
      atPath: Practice.phantoms.data, toPath: folder.file("data"))
    let name = try #require(try folder.names("data/train/NORMAL").first)
    try FileManager.default.removeItem(atPath: folder.file("data/train/NORMAL/\(name)"))
    let outcome = try evaluate(["--run", PracticeRun.path, "--data", folder.file("data")])
    #expect(outcome.code == 0)
    #expect(outcome.errorLines.count == 2)
    #expect(outcome.error.contains("data: the files have changed since the run was trained"))
  }
}
