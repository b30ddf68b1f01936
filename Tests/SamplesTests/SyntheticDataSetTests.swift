import Checkpoints
import DCGAN
import Foundation
import Imaging
import Samples
import Support
import Tensor
import TestSupport
import Testing

/// Which files a data set of synthetic images has, what they hold, and what an export replaces.
@Suite struct SyntheticDataSetTests {
  private let place: TemporaryFolder
  private let path: String

  init() throws {
    place = try TemporaryFolder()
    path = place.file("set")
  }

  /// Draws samples of classes in turn, or of none.
  private func samples(_ count: Int, of names: [String] = []) -> [Sampler.Sample] {
    let classes =
      names.isEmpty
      ? nil : ModelClasses(names: names, images: Array(repeating: 3, count: names.count))
    let model = AdversarialModel(
      ModelSettings(size: 32, channels: 1, nz: 5, ngf: 3, ndf: 3, classes: classes), seed: 8)
    var samples: [Sampler.Sample] = []
    _ = Sampler(
      model, latents: LatentSource(seed: 4, nz: 5), backend: Backend(threads: 1),
      classes: .inTurn(Array(names.indices))
    ).draw(count: count, maximumTries: count) { samples.append($0) }
    return samples
  }

  private var recipe: SampleRecipe {
    var recipe = SampleRecipe(
      variant: "avx2", run: "/home/somebody/secret-run", epoch: 3, step: 15, runSeed: 7,
      latents: .seeded(seed: 4, truncation: 1.5))
    recipe.runPath = "/home/somebody/secret-run"
    recipe.runDigest = "0123456789abcdef"
    recipe.dataDigest = "fedcba9876543210"
    return recipe
  }

  /// Exports samples.
  private func export(_ samples: [Sampler.Sample], label: String = "synthetic") throws {
    let set = try SyntheticDataSet(
      path: path, card: DataSetCard(size: 32, channels: 1), recipe: recipe, defaultLabel: label)
    for sample in samples { try set.add(sample) }
    try set.finish(tries: samples.count)
    #expect(set.count == samples.count)
  }

  /// The paths of all files of the export, sorted.
  private func files() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: path)
      .filter { !isFolder($0) }.sorted()
  }

  private func isFolder(_ name: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder)
      && isFolder.boolValue
  }

  private func text(_ name: String) throws -> String {
    String(decoding: try place.read("set/\(name)"), as: UTF8.self)
  }

  @Test func `images lie in the folders of their classes and the table names each`() throws {
    let drawn = samples(4, of: ["ILL", "WELL"])
    try export(drawn)
    #expect(
      try files() == [
        "README.md", "metadata.csv", "train/ILL/image-00001.png", "train/ILL/image-00003.png",
        "train/WELL/image-00002.png", "train/WELL/image-00004.png",
      ])
    let scores = drawn.map { "\($0.score ?? -1)" }
    #expect(
      try text("metadata.csv") == """
        file_name,label,score,calibrated,candidate,seed
        train/ILL/image-00001.png,ILL,\(scores[0]),,0,4
        train/WELL/image-00002.png,WELL,\(scores[1]),,1,4
        train/ILL/image-00003.png,ILL,\(scores[2]),,2,4
        train/WELL/image-00004.png,WELL,\(scores[3]),,3,4

        """)
    for (sample, name) in zip(drawn, ["ILL/image-00001", "WELL/image-00002"]) {
      let image = try PixelImage(contentsOf: "\(path)/train/\(name).png")
      #expect(image == sample.image)
    }
  }

  @Test func `of one class the table lies among the images as well`() throws {
    try export(samples(1), label: "ILL")
    #expect(
      try files() == [
        "README.md", "metadata.csv", "train/ILL/image-00001.png", "train/metadata.csv",
      ])
    let rest = try text("metadata.csv").split(separator: "\n")[1].dropFirst("train/".count)
    #expect(rest.hasPrefix("ILL/image-00001.png,ILL,0."))
    #expect(
      try text("train/metadata.csv")
        == "file_name,label,score,calibrated,candidate,seed\n\(rest)\n")
  }

  @Test func `every image says that it is synthetic, and what made it`() throws {
    try export(samples(2, of: ["ILL", "WELL"]))
    let mark = try #require(ImageMark.read(at: "\(path)/train/WELL/image-00002.png"))
    #expect(mark.kind == .sample)
    #expect(mark.isSynthetic)
    #expect(
      mark.details == [
        .init("run", "0123456789abcdef"), .init("epoch", "3"), .init("seed", "4"),
        .init("truncation", "1.5"), .init("candidate", "1"), .init("class", "WELL"),
        .init("data", "fedcba9876543210"),
      ])
  }

  @Test func `no path is in any file`() throws {
    try export(samples(3, of: ["ILL", "WELL"]))
    for file in try files() {
      let bytes = try place.read("set/\(file)")
      for secret in ["secret-run", "/home/", place.path] {
        #expect(bytes.firstRange(of: secret.utf8) == nil, "\(secret) is in \(file)")
      }
    }
  }

  @Test(arguments: [["ILL", "WELL"], ["a,b", "c\"d"], ["x y", "ü"]])
  func `an earlier export is replaced, whatever its classes are called`(names: [String]) throws {
    try export(samples(5, of: names))
    try place.write("", to: "set/.DS_Store")
    try export(samples(1), label: "other")
    #expect(
      try files() == [
        ".DS_Store", "README.md", "metadata.csv", "train/metadata.csv",
        "train/other/image-00001.png",
      ])
    #expect(try place.names("set/train") == ["metadata.csv", "other"])
    try export(samples(2, of: ["ILL", "WELL"]))
    #expect(try place.names("set/train") == ["ILL", "WELL"])
  }

  @Test func `an export that finds nothing keeps the earlier one`() throws {
    try export(samples(2, of: ["ILL", "WELL"]))
    let before = try files().map { try place.read("set/\($0)") }
    try export([])
    #expect(try files().map { try place.read("set/\($0)") } == before)
  }

  @Test func `what a killed process left is replaced`() throws {
    let set = try SyntheticDataSet(
      path: path, card: DataSetCard(size: 32, channels: 1), recipe: recipe, defaultLabel: "x")
    for sample in samples(3) { try set.add(sample) }
    #expect(try text("metadata.csv") == "file_name,label,score,calibrated,candidate,seed\n")
    try place.write("", to: "set/train/x/.dcgan-partial-1-a")
    try export(samples(1), label: "y")
    #expect(try place.names("set/train") == ["metadata.csv", "y"])
    #expect(
      try files() == [
        "README.md", "metadata.csv", "train/metadata.csv", "train/y/image-00001.png",
      ])
  }

  @Test(arguments: [
    "notes.txt", "train/scan.png", "train/ILL/scan.png", "train/ILL/image-00009.png",
    "train/ILL/image-1.png", "train/ILL/more/image-00009.png",
  ])
  func `a folder with anything else is refused and stays as it is`(other: String) throws {
    try export(samples(2, of: ["ILL", "WELL"]))
    try place.write("mine", to: "set/\(other)")
    let before = try files().map { try place.read("set/\($0)") }
    let named = other.contains("more") ? "train/ILL/more" : other
    #expect(
      message { try export(samples(1)) }
        == "cannot use \(path): it holds '\(named)', which is not of an earlier data set of dcgan; "
        + "name a new or empty folder")
    #expect(try files().map { try place.read("set/\($0)") } == before)
  }

  @Test(arguments: ["README.md", "metadata.csv", "train/a.png"])
  func `another's files under the names of an export are refused`(name: String) throws {
    try place.write("mine", to: "set/\(name)")
    let first = name.hasPrefix("train") ? "train" : name
    #expect(
      message { try export(samples(1)) }?.hasPrefix("cannot use \(path): it holds '\(first)', ")
        == true)
    #expect(try text(name) == "mine")
  }

  @Test(arguments: ["../out", "a/b", "..", ".hidden"])
  func `a class that cannot name a folder writes nothing`(name: String) throws {
    #expect(
      message { try export(samples(1, of: [name, "WELL"])) }
        == "cannot use \(path): the class '\(name)' cannot name a folder in it; draw other classes")
    #expect(try place.names() == ["set"])
    #expect(try files() == [])
  }
}
