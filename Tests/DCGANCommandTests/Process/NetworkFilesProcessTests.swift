import DCGAN
import Foundation
import Imaging
import Review
import Samples
import Support
import TestSupport
import Testing

/// `dcgan sample`, `score` and `evaluate` with files of networks instead of a run.
@Suite(.slow) struct NetworkFilesProcessTests {
  private let folder: TemporaryFolder
  private let epochs = 3

  init() throws {
    folder = try TemporaryFolder()
    for network in ["g.safetensors", "d.safetensors --discriminator"] {
      try #require(try run("export --run {run} --out {folder}/\(network)").code == 0)
    }
  }

  private func run(_ line: String) throws -> Executable.Outcome {
    try Executable.run(
      line, ["folder": folder.path, "run": PracticeRun.path, "data": Practice.phantoms.data])
  }

  private func rows(_ out: String) throws -> [[String]] {
    String(decoding: try folder.read("\(out)/samples.csv"), as: UTF8.self)
      .split(separator: "\n").dropFirst().map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
  }

  private func images(_ out: String, _ count: Int) throws -> [PixelImage] {
    try (0..<count).map {
      try PixelImage(contentsOf: folder.file("\(out)/\(SampleFolder.name($0))"))
    }
  }

  @Test func aGeneratorDrawsWhatItsRunDraws() throws {
    #expect(try run("sample --run {run} --count 5 --seed 2 --out {folder}/run").code == 0)
    let outcome = try run(
      "sample --generator {folder}/g.safetensors --count 5 --seed 2 --out {folder}/file --quiet")
    #expect(outcome.code == 0 && outcome.error.isEmpty, "\(outcome.error)")
    #expect(
      outcome.outputLines.first
        == "5 of 5 candidates kept (\(folder.file("g.safetensors")), without scores): "
        + folder.file("file"))
    #expect(try images("file", 5) == images("run", 5))
    #expect(try rows("file") == (0..<5).map { [SampleFolder.name($0), "\($0)", "", ""] })
    let recipe = try TemporaryFolder.object(Data(folder.read("file/samples.json")))
    let generator = try #require(recipe["generator"] as? [String: String])
    #expect(generator["file"] == folder.file("g.safetensors"))
    #expect(generator["digest"]?.count == 16)
    for key in ["discriminator", "run", "epoch", "step", "run_seed"] { #expect(recipe[key] == nil) }
  }

  @Test func aDiscriminatorScoresAsInItsRun() throws {
    #expect(try run("sample --run {run} --count 6 --out {folder}/run").code == 0)
    let files =
      "--generator {folder}/g.safetensors --discriminator {folder}/d.safetensors --out {folder}/file "
    let outcome = try run("sample --count 6 --json " + files)
    #expect(outcome.code == 0, "\(outcome.error)")
    let result = try TemporaryFolder.object(Data(outcome.output.utf8))
    #expect(result["discriminator"] as? String == folder.file("d.safetensors"))
    #expect(result["epoch"] == nil && result["scores"] != nil)
    let (ours, runs) = (try rows("file"), try rows("run"))
    #expect(ours.map { Array($0.prefix(3)) } == runs.map { Array($0.prefix(3)) })
    #expect(ours.allSatisfy { $0[3].isEmpty } && runs.allSatisfy { !$0[3].isEmpty })

    let threshold = try #require(runs.compactMap { Float($0[2]) }.sorted().dropFirst(3).first)
    #expect(try run("sample --count 3 --min-real \(threshold) " + files).code == 0)
    #expect(
      try rows("file").map { $0[1] }
        == runs.filter { Float($0[2]) ?? 0 >= threshold }.map { $0[1] })
  }

  @Test func imagesAreScoredWithoutARun() throws {
    let theirs = try run("score {data}/test --run {run}")
    let ours = try run("score {data}/test --discriminator {folder}/d.safetensors")
    #expect(ours.code == 0 && ours.error.isEmpty, "\(ours.error)")
    #expect(ours.output == theirs.output && ours.outputLines.count == 7)
    let both = try run(
      "score {data}/test --discriminator {folder}/d.safetensors --generator {folder}/g.safetensors")
    #expect(both.output == ours.output)
    let exchanged = try run("score {data}/test --discriminator {folder}/g.safetensors")
    #expect(exchanged.code == 1)
    #expect(exchanged.error.hasSuffix("; it is a generator\n"), "\(exchanged.error)")
  }

  @Test func aGeneratorIsMeasuredAsThatOfItsRun() throws {
    let theirs = try run("evaluate --run {run} --json --quiet")
    let ours = try run(
      "evaluate --generator {folder}/g.safetensors --data {data} --json --quiet")
    #expect(ours.code == 0 && ours.error.isEmpty, "\(ours.error)")
    let (own, runs) = (
      try TemporaryFolder.object(Data(ours.output.utf8)),
      try TemporaryFolder.object(Data(theirs.output.utf8))
    )
    #expect(own["generated"] as? String == "\(folder.file("g.safetensors")), seed 0")
    let figures = try [own, runs].map {
      try JSONSerialization.data(
        withJSONObject: #require($0["figures"]), options: [.sortedKeys])
    }
    #expect(figures[0] == figures[1])
  }

  @Test func `samples of a network file can be drawn again from anywhere`() throws {
    let drawing = try Executable.run(
      ["sample", "--generator", "g.safetensors", "--count", "4", "--seed", "5", "--out", "s"],
      in: folder.path)
    #expect(drawing.code == 0, "\(drawing.error)")
    let again = try run("sample --from {folder}/s/samples.csv --out {folder}/again --quiet")
    #expect(again.code == 0 && again.error.isEmpty, "\(again.error)")
    #expect(try images("again", 4) == images("s", 4))
    #expect(try rows("again") == rows("s"))

    #expect(try run("export --run {run} --epoch 1 --out {folder}/g.safetensors").code == 0)
    let refused = try run("sample --from {folder}/s/samples.csv --out {folder}/again --quiet")
    #expect(refused.code == 1)
    let start =
      "dcgan sample: \(folder.file("g.safetensors")): expected the generator that the samples "
      + "in \(folder.file("s/samples.csv")) were drawn with (digest "
    #expect(refused.error.hasPrefix(start), "\(refused.error)")
    #expect(
      refused.error.hasSuffix(
        "); restore it, or name files with --generator and --discriminator to use the same "
          + "vectors with them\n"))

    let named = try run(
      "sample --from {folder}/s/samples.csv --generator {folder}/g.safetensors --out {folder}/other "
        + "--quiet")
    #expect(named.code == 0)
    #expect(named.error.hasPrefix("warning: the samples in \(folder.file("s/samples.csv")) "))
    #expect(try images("other", 4) != images("s", 4))
  }

  @Test func `networks that do not belong together are refused`() throws {
    let other = AdversarialModel(
      ModelSettings(size: 64, channels: 1, nz: 4, ngf: 2, ndf: 2), seed: 1)
    let checkpoint = other.checkpoint(at: TrainingPosition(stepsPerEpoch: 1), seed: 1, images: 0)
    try checkpoint.write(to: folder.file("other.safetensors"))
    let outcome = try run(
      "sample --generator {folder}/g.safetensors --discriminator {folder}/other.safetensors "
        + "--out {folder}/none")
    #expect(outcome.code == 1)
    #expect(
      outcome.error
        == "dcgan sample: \(folder.file("other.safetensors")): expected a discriminator of colour "
        + "images of 32 pixels, as the generator \(folder.file("g.safetensors")) makes, found one of "
        + "grey images of 64 pixels; give the two of one training\n")
    #expect(try !folder.names().contains("none"))
    // A whole checkpoint gives either network.
    let drawing = try run(
      "sample --generator {folder}/other.safetensors --discriminator {folder}/other.safetensors "
        + "--count 2 --out {folder}/grey --quiet")
    #expect(drawing.code == 0, "\(drawing.error)")
    #expect(try images("grey", 2).allSatisfy { $0.width == 64 && $0.channels == 1 })
  }

  /// A reader of the table understands that there are no scores.
  @Test func samplesWithoutScoresAreReviewed() throws {
    #expect(
      try run(
        "sample --generator {folder}/g.safetensors --count 12 --out {folder}/s --quiet"
      ).code == 0)
    let making = try run(
      "review --samples {folder}/s --data {data} --count 10 --seed 1 --out {folder}/r --quiet")
    #expect(making.code == 0, "\(making.error)")
    let key = try ReviewKey(contentsOf: folder.file("r/key.json"))
    #expect(key.images(.synthetic).count == 10)
    #expect(key.images(.synthetic).allSatisfy { $0.scores == [:] && $0.candidate != nil })
    #expect(key.drawn?.generator?.file == folder.file("g.safetensors"))
  }
}
