import Checkpoints
import DCGAN
import DataSets
import Foundation
import Imaging
import Support
import Tensor
import TestSupport
import Testing

/// Networks that go to PyTorch and come back, through the commands and the lines of the guide.
@Suite(.slow, .enabled(if: PyTorch.python != nil, PyTorch.absence))
struct PyTorchTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Vectors that images are drawn from on both sides.
  private static let drawn = 12

  /// Sizes of networks, small enough for seconds; the second has layers wide enough for Winograd's
  /// method, the third is told the classes of the phantoms, and the fourth how much a batch differs.
  static let sizes = [
    ModelSettings(size: 32, channels: 3, nz: 100, ngf: 4, ndf: 4),
    ModelSettings(size: 64, channels: 1, nz: 16, ngf: 16, ndf: 8),
    ModelSettings(
      size: 32, channels: 1, nz: 16, ngf: 8, ndf: 8,
      classes: ModelClasses(names: ["NORMAL", "PNEUMONIA"], images: [1, 1])),
    ModelSettings(size: 32, channels: 1, nz: 16, ngf: 4, ndf: 8, hasMinibatchDeviation: true),
  ]

  private func training(_ settings: ModelSettings, _ more: String) -> [String] {
    Executable.words(
      "train --data \(Practice.phantoms.data) --size \(settings.size) --nz \(settings.nz) "
        + "--channels \(settings.channels) --ngf \(settings.ngf) --ndf \(settings.ndf) "
        + "--limit 8 --batch 8 --seed 7 --quiet --run {folder}/run "
        + (settings.classes == nil ? "" : "--conditional ")
        + (settings.hasMinibatchDeviation ? "--minibatch-std " : "") + more,
      ["folder": folder.path])
  }

  /// Draws images from the first vectors of seed 0, of the classes in turn where there are some.
  private func sample(_ settings: ModelSettings) throws {
    try writeDrawn(settings)
    let classes = settings.classes?.names.map { "--class \($0) " } ?? []
    try run(
      "sample --run {folder}/run --out {folder}/samples --count \(Self.drawn) --quiet "
        + classes.joined())
  }

  /// Writes the vectors that images are drawn from, and their labels.
  private func writeDrawn(_ settings: ModelSettings) throws {
    let count = settings.classes?.count ?? 1
    try writeLatents(
      Self.drawn, RandomUse.sampleLatents.stream(seed: 0), settings, to: "latents.safetensors",
      with: [vector("labels", (0..<Self.drawn).map { $0 % count })])
  }

  private func vector(_ name: String, _ numbers: [Int]) -> SafeTensors.Entry {
    SafeTensors.Entry(name: name, shape: [numbers.count], values: numbers.map { Float($0) })
  }

  private func writeLatents(
    _ count: Int, _ random: RandomStream, _ settings: ModelSettings, to name: String,
    with others: [SafeTensors.Entry] = []
  ) throws {
    let latents = Tensor::Tensor(latents: count, nz: settings.nz, from: random)
    let entry = SafeTensors.Entry(
      name: "latents", shape: [count, settings.nz], values: latents.values)
    try SafeTensors(entries: [entry] + others).write(to: folder.file(name))
  }

  private func run(_ line: String) throws {
    let outcome = try Executable.run(line, ["folder": folder.path])
    try #require(outcome.code == 0, "\(outcome.error)")
  }

  /// Compares what PyTorch drew with the files of `sample`: images within one level, scores within
  /// 1e-4.
  private func expectSamples(_ result: SafeTensors, _ place: String) throws {
    let images = try #require(result["\(place).images"])
    let scores = try #require(result["\(place).scores"]).values
    let table = String(decoding: try folder.read("samples/samples.csv"), as: UTF8.self)
    let rows = table.split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
    try #require(rows.count == Self.drawn && scores.count == Self.drawn)
    let theirs = Layouts.toChannelsLast(images.values, shape: images.shape)
    let count = images.values.count / Self.drawn
    for (index, row) in rows.enumerated() {
      let ours = try PixelImage(contentsOf: folder.file("samples/\(row[0])"))
      try #require(ours.pixels.count == count)
      let largest = zip(ours.pixels, theirs[index * count..<(index + 1) * count])
        .map { abs(Float($0) - $1) }.max()
      #expect(try #require(largest) <= 1, "\(place), image \(index)")
      #expect(abs(try #require(Float(row[2])) - scores[index]) <= 1e-4, "\(place), \(index)")
    }
    // Images without contrast, and scores that are all alike, would prove nothing.
    #expect(Set(theirs).count > 100)
    let range = try #require(scores.max()) - (try #require(scores.min()))
    #expect(range > 0.01)
  }

  /// The rate is high, so that images of a short training have contrast.
  @Test(arguments: sizes, ["", " --spectral-norm"])
  func trainedNetworksLoadIntoPyTorchByName(
    _ settings: ModelSettings, technique: String
  ) throws {
    let outcome = try Executable.run(training(settings, "--epochs 40 --lr 0.02" + technique))
    try #require(outcome.code == 0, "\(outcome.error)")
    try sample(settings)
    try run("export --run {folder}/run --out {folder}/netG.safetensors")
    try run("export --run {folder}/run --out {folder}/netD.safetensors --discriminator")
    try FileManager.default.copyItem(
      atPath: folder.file("run/" + PracticeRun.checkpoint(40)),
      toPath: folder.file("checkpoint.safetensors"))
    let result = try PyTorch.roundTrip("load", in: folder, settings)
    try expectSamples(result, "export")
    try expectSamples(result, "checkpoint")
  }

  /// The step that follows is PyTorch's too: the weights went into the right places. PyTorch estimates
  /// the running statistics afresh as well.
  @Test(arguments: sizes)
  func pyTorchsNetworksLoadByNameAndTrainOn(_ settings: ModelSettings) throws {
    try writeDrawn(settings)
    try writeLatents(
      8, RandomUse.trainingLatents.stream(seed: 7), settings, to: "batch.safetensors",
      with: realImages(settings) + [
        statisticsLatents(settings),
        vector("order", RandomUse.imageOrder.stream(seed: 7, part: 1).permutation(of: 8)),
      ])
    let result = try PyTorch.roundTrip("train", in: folder, settings)
    let outcome = try Executable.run(
      training(
        settings,
        "--steps 1 --recipe course --init-generator {folder}/netG.safetensors "
          + "--init-discriminator {folder}/netD.safetensors"))
    try #require(outcome.code == 0, "\(outcome.error)")
    try sample(settings)
    try expectSamples(result, "trained")
  }

  /// The vectors of the fakes that statistics are estimated on, as many as there are images.
  private func statisticsLatents(_ settings: ModelSettings) -> SafeTensors.Entry {
    let latents = Tensor::Tensor(
      latents: 8, nz: settings.nz, from: RandomUse.statisticsLatents.stream(seed: 7))
    return SafeTensors.Entry(
      name: "statistics", shape: [8, settings.nz], values: latents.values)
  }

  /// The images that the training with `--limit 8` takes, and their labels.
  private func realImages(_ settings: ModelSettings) throws -> [SafeTensors.Entry] {
    let listing = try ImageFolder(root: Practice.phantoms.data, limit: 8)
    let images = try ImageDataSet(
      listing: listing, reading: ImageReading(size: settings.size, channels: settings.channels),
      threads: 1)
    try #require(images.count == 8)
    let batch = try Tensor::Tensor(images: images, at: 0..<8)
    let shape = [8, settings.channels, settings.size, settings.size]
    let classes = FolderClasses(names: settings.classes?.names ?? [])
    let labels = images.paths.map { classes.label(of: $0) ?? 0 }
    if let classes = settings.classes { try #require(Set(labels).count == classes.count) }
    return [
      SafeTensors.Entry(
        name: "real", shape: shape, values: Layouts.toChannelsFirst(batch.values, shape: shape)),
      vector("labels", labels),
    ]
  }
}
