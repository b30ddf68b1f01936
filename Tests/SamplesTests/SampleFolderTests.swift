import Checkpoints
import DCGAN
import DataSets
import Foundation
import Imaging
import Samples
import Support
import Tensor
import TestSupport
import Testing

/// Where the files of a drawing lie, what they replace and what they say of themselves.
@Suite struct SampleFolderTests {
  private let place: TemporaryFolder

  init() throws { place = try TemporaryFolder() }

  private func samples(_ count: Int) -> [Sampler.Sample] {
    let model = AdversarialModel(
      ModelSettings(size: 32, channels: 1, nz: 5, ngf: 3, ndf: 3), seed: 8)
    var samples: [Sampler.Sample] = []
    _ = Sampler(model, latents: LatentSource(seed: 0, nz: 5), backend: Backend(threads: 1))
      .draw(count: count, maximumTries: count) { samples.append($0) }
    return samples
  }

  private func recipe(
    _ latents: LatentRecipe = .seeded(seed: 4, truncation: nil)
  ) -> SampleRecipe {
    var recipe = SampleRecipe(
      variant: "avx2", run: "./run", epoch: 3, step: 15, runSeed: 7, latents: latents)
    recipe.runDigest = "0123456789abcdef"
    return recipe
  }

  /// Draws `count` samples into a folder.
  private func draw(
    _ count: Int, into path: String, _ recipe: SampleRecipe? = nil, isAnimated: Bool = false,
    format: SampleFormat = .png
  ) throws {
    let folder = try SampleFolder(
      path: path, recipe: recipe, isAnimated: isAnimated, format: format)
    for sample in samples(count) { try folder.add(sample) }
    try folder.finish(tries: count)
  }

  @Test(arguments: ["out", "out/", "out//", "./out", "inner/../out"])
  func theSheetLiesBesideTheFolder(name: String) throws {
    try FileManager.default.createDirectory(
      atPath: place.file("inner"), withIntermediateDirectories: true)
    try draw(2, into: place.file(name), isAnimated: true)
    #expect(try place.names() == ["inner", "out", "out.gif", "out.png"])
    #expect(try place.names("out") == ["sample-0001.png", "sample-0002.png", "samples.csv"])
    #expect(try place.names("inner") == [])
  }

  @Test func `DICOM objects take the place of pictures, and the other way round`() throws {
    let path = place.file("out")
    try draw(3, into: path, recipe())
    let pictures = try (1...3).map { try PixelImage(contentsOf: "\(path)/sample-000\($0).png") }
    try draw(2, into: path, recipe(), format: .dicom)
    #expect(
      try place.names("out") == [
        "sample-0001.dcm", "sample-0002.dcm", "samples.csv", "samples.json",
      ])
    let table = String(decoding: try place.read("out/samples.csv"), as: UTF8.self)
    #expect(table.contains("\nsample-0002.dcm,1,"))
    for number in 1...2 {
      let header = try ImageHeader(contentsOf: "\(path)/sample-000\(number).dcm")
      #expect(try header.decode().image == pictures[number - 1] && header.origin.isSynthetic)
    }
    #expect(try EqualImages(in: path).files == ["sample-0001.dcm", "sample-0002.dcm"])
    let object = String(decoding: try place.read("out/sample-0002.dcm"), as: UTF8.self)
    #expect(object.contains("run 0123456789abcdef; epoch 3; seed 4; candidate 1"))
    #expect(
      message { _ = try ImageFolder(root: path) }?.contains("found only 2 synthetic images") == true
    )
    #expect(
      try ImageFolder(root: path, DataSelection(includesSynthetic: true)).files.count == 2)
    try draw(1, into: path, recipe())
    #expect(try place.names("out") == ["sample-0001.png", "samples.csv", "samples.json"])
  }

  @Test(arguments: ["here/.", "here/inner/..", "here/./"])
  func aFolderWithoutANameIsNamedByItsOwn(name: String) throws {
    try FileManager.default.createDirectory(
      atPath: place.file("here/inner"), withIntermediateDirectories: true)
    let folder = try SampleFolder(path: place.file(name))
    #expect(folder.sheetPath.hasSuffix("/here.png"))
    for sample in samples(1) { try folder.add(sample) }
    try folder.finish()
    #expect(try place.names() == ["here", "here.png"])
  }

  @Test func nothingLiesBesideTheRoot() {
    #expect(
      message { _ = try SampleFolder(path: "/") }
        == "cannot use /: the contact sheet goes beside this folder, where no name can be made "
        + "for it; name another folder, or one inside it")
  }

  @Test func `drawing again replaces sheet and animation`() throws {
    let out = place.file("out")
    try draw(3, into: out, isAnimated: true)
    let sheet = try place.read("out.png")
    try draw(2, into: out)
    #expect(try place.names() == ["out", "out.png"])
    #expect(try place.read("out.png") != sheet)
    #expect(try PixelImage(contentsOf: place.file("out.png")).width == 2 * 32 + 2)
    // A sheet whose folder is gone is replaced, too.
    try FileManager.default.removeItem(atPath: out)
    try draw(1, into: out)
    #expect(try PixelImage(contentsOf: place.file("out.png")).width == 32)
  }

  @Test func `a foreign image in the sheet's place is left alone`() throws {
    let mine = PixelImage(width: 9, height: 9, channels: 1, repeating: 3)
    try mine.writePNG(to: place.file("out.png"))
    #expect(
      message { try draw(1, into: place.file("out")) }
        == "cannot replace \(place.file("out.png")): it is not a contact sheet of samples drawn "
        + "by dcgan; move it away, or name another folder")
    #expect(try place.names() == ["out.png"])
    #expect(try PixelImage(contentsOf: place.file("out.png")) == mine)
    // Neither is another picture of this program.
    try mine.writePNG(
      to: place.file("out.png"), mark: ImageMark(program: "dcgan 0.1.0", kind: .progress))
    #expect(message { try draw(1, into: place.file("out")) } != nil)
    try FileManager.default.removeItem(atPath: place.file("out.png"))
    try place.write("GIF89a of mine", to: "out.gif")
    #expect(
      message { try draw(1, into: place.file("out"), isAnimated: true) }
        == "cannot replace \(place.file("out.gif")): it is not an animation of samples drawn by "
        + "dcgan; move it away, or name another folder")
    // A drawing without an animation has nothing to do with it.
    try draw(1, into: place.file("out"))
    #expect(try place.names() == ["out", "out.gif", "out.png"])
    #expect(try place.read("out.gif") == Array("GIF89a of mine".utf8))
  }

  @Test(arguments: ["patient,age\n7,61\n", ""])
  func aTableOfOthersIsLeftAlone(table: String) throws {
    let out = place.file("out")
    try place.write(table, to: "out/samples.csv")
    for name in ["out/sample-0001.png", "out/sample-0002.png"] { try place.write("mine", to: name) }
    #expect(
      message { try draw(1, into: out) }
        == "cannot replace \(out)/samples.csv: it was not written by dcgan sample, whose tables "
        + "begin with 'file,candidate,score'; move it away, or name another folder")
    #expect(
      try place.names("out") == ["sample-0001.png", "sample-0002.png", "samples.csv"])
    #expect(try place.read("out/samples.csv") == Array(table.utf8))
    #expect(try place.read("out/sample-0001.png") == Array("mine".utf8))
  }

  /// A path through a link is the one that it leads to, for latents and for networks.
  @Test func theRecordNamesFilesByOnePath() throws {
    try place.write("weights", to: "inner/g.safetensors")
    let link = place.file("link.safetensors")
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: "inner/g.safetensors")
    let recipe = SampleRecipe(
      variant: "avx2", generator: RecordedNetwork(file: link, digest: "0"), discriminator: nil,
      latents: LatentRecipe.file(path: link).fromAnywhere)
    let path = try #require(recipe.generator?.file)
    #expect(path.hasSuffix("/inner/g.safetensors"))
    #expect(recipe.latents == .file(path: path))
  }

  @Test func `the sheet of an older version is removed`() throws {
    let out = place.file("out")
    try draw(2, into: out)
    for name in ["out/samples.png", "out/samples.gif"] { try place.write("old", to: name) }
    #expect(SampleNames.isSheet("\(out)/samples.png"))
    #expect(!SampleNames.isSheet("\(out)/sample-0001.png"))
    #expect(SampleNames.isSheet("\(out).png"))
    try draw(1, into: out)
    #expect(try place.names("out") == ["sample-0001.png", "samples.csv"])
  }

  /// Both names mean one file, which is the inner folder's.
  @Test func theSheetOfAFolderWithinStays() throws {
    try draw(1, into: place.file("samples"))
    try draw(1, into: "\(place.path)/.")
    try draw(1, into: "\(place.path)/.")
    let names = try place.names()
    #expect(names == ["sample-0001.png", "samples", "samples.csv", "samples.png"])
    #expect(FileManager.default.fileExists(atPath: "\(place.path).png"))
    try FileManager.default.removeItem(atPath: "\(place.path).png")
  }

  @Test func sheetsAreNoDataToTrainOn() throws {
    try place.addFiles(["scan.png", "other/samples.csv", "other.png"])
    try draw(2, into: place.file("out"))
    #expect(try ImageFolder(root: place.path).files.map(\.path) == ["other.png", "scan.png"])
  }

  @Test func everySampleSaysThatItIsSynthetic() throws {
    let out = place.file("out")
    try draw(2, into: out, recipe())
    let mark = try #require(ImageMark.read(at: "\(out)/sample-0002.png"))
    #expect(mark.kind == .sample && mark.isSynthetic && !mark.showsPatients)
    #expect(mark.program == "dcgan \(DCGANVersion.current)")
    #expect(mark.details.map(\.key) == ["run", "epoch", "seed", "candidate"])
    #expect(mark.details.map(\.value) == ["0123456789abcdef", "3", "4", "1"])
    let sheet = try #require(ImageMark.read(at: "\(out).png"))
    #expect(sheet.kind == .sampleSheet && sheet["seed"] == "4" && sheet["candidate"] == nil)
  }

  @Test func aWalkSaysBetweenWhatItGoes() throws {
    let out = place.file("out")
    try draw(
      2, into: out, recipe(.arc(from: 3, to: 9, steps: 2, truncation: 0.5)), isAnimated: true)
    let mark = try #require(ImageMark.read(at: "\(out)/sample-0001.png"))
    #expect(
      mark.details.map { "\($0.key) \($0.value)" } == [
        "run 0123456789abcdef", "epoch 3", "seed 3:9", "steps 2", "truncation 0.5",
        "candidate 0",
      ])
    #expect(ImageMark.read(at: "\(out).gif")?.kind == .walk)
  }

  /// How many were asked for, by which threshold, and where everything lies is no part of an image.
  @Test func `the bytes depend on run, epoch, seed and candidate`() throws {
    var other = recipe()
    (other.count, other.minReal, other.minRealCalibrated) = (9, 0.7, 0.5)
    (other.run, other.runPath, other.variant, other.step) = ("elsewhere", "/elsewhere", "none", 1)
    try draw(3, into: place.file("one"), recipe())
    try draw(2, into: place.file("two"), other)
    for name in ["sample-0001.png", "sample-0002.png"] {
      #expect(try place.read("one/\(name)") == place.read("two/\(name)"))
    }
    var another = recipe()
    another.epoch = 4
    try draw(1, into: place.file("three"), another)
    #expect(try place.read("one/sample-0001.png") != place.read("three/sample-0001.png"))
  }
}
