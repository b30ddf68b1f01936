import Checkpoints
import DCGAN
import Foundation
import Samples
import Tensor
import TestSupport
import Testing

/// The classes of conditional networks in checkpoints and in files of one network.
@Suite struct NetworkClassesTests {
  private let folder: TemporaryFolder
  private static let plain = ModelSettings(size: 32, channels: 1, nz: 5, ngf: 2, ndf: 3)
  private static let three = ModelClasses(names: ["A, b", "C\"", "ä"], images: [7, 1, 12])
  private let settings = plain.with(classes: three)

  init() throws { folder = try TemporaryFolder() }

  private func checkpoint(_ settings: ModelSettings) -> Checkpoint {
    AdversarialModel(settings, seed: 4).checkpoint(
      at: TrainingPosition(stepsPerEpoch: 1), seed: 4, images: 0)
  }

  /// Writes a network of fresh weights; without the metadata it is one that PyTorch saved.
  private func write(
    _ kind: NetworkKind, _ settings: ModelSettings, isNamed: Bool = true
  ) throws -> String {
    let file = NetworkFile(kind, of: checkpoint(settings)).tensors
    let path = folder.file("\(kind.rawValue).safetensors")
    try SafeTensors(
      metadata: isNamed ? file.metadata : [:], entries: file.entries, counters: file.counters
    ).write(to: path)
    return path
  }

  private func refusal(
    _ kind: NetworkKind, _ found: ModelClasses?, in expected: ModelClasses?
  ) throws -> String? {
    let path = try write(kind, Self.plain.with(classes: found))
    let shown = message {
      _ = try InitialNetworks(
        generator: kind == .generator ? path : nil,
        discriminator: kind == .discriminator ? path : nil,
        settings: Self.plain.with(classes: expected))
    }
    return shown?.replacing("\(path): not a usable \(kind.rawValue): ", with: "")
  }

  @Test func aCheckpointKeepsTheClasses() throws {
    let path = folder.file("c.safetensors")
    try checkpoint(settings).write(to: path)
    let read = try Checkpoint(contentsOf: path)
    #expect(read.metadata.settings == settings)
    #expect(read.metadata.strings["class_names"] == #"["A, b","C\"","ä"]"#)
    #expect(read.metadata.strings["class_images"] == "[7,1,12]")
    #expect(read.tensors["generator.main.1.weight"]?.shape == [3, 16])
    #expect(read.tensors["generator.main.10.bias"]?.shape == [3, 2])
    #expect(read.tensors["generator.main.1.running_mean"]?.shape == [16])
    #expect(read.tensors["discriminator.main.3.weight"]?.shape == [6])
    #expect(read.tensors["discriminator.main.11.projection.weight"]?.shape == [3, 24])
    let moments = "optimizer.generator.exp_avg.main.1.weight"
    #expect(read.tensors[moments]?.shape == [3, 16])
  }

  @Test func withoutClassesNoKeyIsWritten() {
    let strings = checkpoint(Self.plain).metadata.strings
    #expect(!strings.keys.contains { $0.contains("class") })
  }

  @Test(arguments: [
    (#"["a"]"#, "[1]"), (#"["a","a"]"#, "[1,1]"), (#"["a","b"]"#, "[1]"),
    (#"["a","b"]"#, "[1,0]"), (#"["a","b"]"#, nil), ("a", "[1,2]"),
  ])
  func `classes of no networks are refused`(_ names: String, _ images: String?) {
    var strings = checkpoint(settings).metadata.strings
    strings["class_names"] = names
    strings["class_images"] = images
    #expect(
      message { _ = try CheckpointMetadata(parsing: strings) }
        == "not a usable checkpoint: metadata class_names: expected the names of 2 to 64 classes, "
        + "with the images of each in class_images, found '\(names)'")
  }

  @Test(arguments: [true, false])
  func sizesAndClassesAreReadOffTheFiles(isNamed: Bool) throws {
    let pair = try NetworkPair(
      generator: try write(.generator, settings, isNamed: isNamed),
      discriminator: try write(.discriminator, settings, isNamed: isNamed))
    #expect(
      pair.settings == Self.plain.with(classes: isNamed ? Self.three : ModelClasses(unnamed: 3)))
    let (read, trained) = (try pair.model(), AdversarialModel(settings, seed: 4))
    let backend = Backend(threads: 1)
    let latents = LatentSource(seed: 3, nz: 5).batch(first: 0, count: 3)
    let images = trained.generate(latents, labels: [2, 0, 1], backend)
    #expect(read.generate(latents, labels: [2, 0, 1], backend).values == images.values)
    #expect(
      read.logits(images, labels: [1, 2, 0], backend).values
        == trained.logits(images, labels: [1, 2, 0], backend).values)
  }

  /// The names that only one of the files has are those of both.
  @Test func aFileWithoutNamesTakesThoseOfTheOther() throws {
    let pair = try NetworkPair(
      generator: try write(.generator, settings, isNamed: false),
      discriminator: try write(.discriminator, settings))
    #expect(pair.settings.classes == Self.three)
    let initial = try InitialNetworks(
      generator: try write(.generator, settings, isNamed: false), discriminator: nil,
      settings: settings)
    #expect(initial[.generator] != nil)
  }

  @Test func aPairOfDifferentClassesIsRefused() throws {
    let other = ModelClasses(names: ["x", "y", "z"], images: [1, 1, 1])
    let generator = try write(.generator, settings)
    for (classes, found) in [(other, "3 classes (x, y, z)"), (nil, "no classes")] {
      let discriminator = try write(.discriminator, Self.plain.with(classes: classes))
      #expect(
        message { _ = try NetworkPair(generator: generator, discriminator: discriminator) }
          == "\(discriminator): expected a discriminator of 3 classes (A, b, C\", ä), as the "
          + "generator \(generator) has, found one of \(found); give the two of one training")
    }
  }

  @Test(arguments: NetworkKind.allCases)
  func aRunIsNotBegunWithNetworksOfOtherClasses(_ kind: NetworkKind) throws {
    let two = ModelClasses(names: ["NORMAL", "PNEUMONIA"], images: [3, 5])
    let start = "expected a \(kind.rawValue) of "
    #expect(
      try refusal(kind, Self.three, in: two) == start
        + "2 classes (NORMAL, PNEUMONIA), as the run has, found one of 3 classes (A, b, C\", ä); "
        + "train on images of its classes, or name another file")
    #expect(
      try refusal(kind, nil, in: two) == start
        + "2 classes (NORMAL, PNEUMONIA), as the run has, found one of no classes; train without "
        + "'conditional', or name another file")
    #expect(
      try refusal(kind, two, in: nil) == start
        + "no classes, as the run has, found one of 2 classes (NORMAL, PNEUMONIA); train with "
        + "'conditional' on images of its classes, or name another file")
    let swapped = ModelClasses(names: ["PNEUMONIA", "NORMAL"], images: [5, 3])
    #expect(try refusal(kind, swapped, in: two) != nil)
    // How many images of each there were does not matter.
    let more = ModelClasses(names: ["NORMAL", "PNEUMONIA"], images: [1, 9])
    #expect(try refusal(kind, more, in: two) == nil)
  }
}
