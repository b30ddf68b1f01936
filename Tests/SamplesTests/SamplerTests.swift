import Checkpoints
import DCGAN
import Foundation
import Imaging
import Samples
import Support
import Tensor
import TestSupport
import Testing
import TrainingTestSupport

@Suite struct SamplerTests {
  private let model = AdversarialModel(
    ModelSettings(size: 32, channels: 1, nz: 5, ngf: 3, ndf: 3), seed: 8)

  private func draw(
    seed: UInt64 = 0, count: Int, minimumScore: Float = 0, maximumTries: Int = 1000,
    threads: Int = 2
  ) -> (samples: [Sampler.Sample], scores: [Float]) {
    var samples: [Sampler.Sample] = []
    let scores = Sampler(
      model, latents: LatentSource(seed: seed, nz: 5), backend: Backend(threads: threads)
    ).draw(count: count, minimumScore: minimumScore, maximumTries: maximumTries) {
      samples.append($0)
    }
    return (samples, scores.compactMap(\.score))
  }

  @Test func aCandidateDependsOnSeedAndNumberAlone() {
    let many = draw(count: 150)
    #expect(many.samples.map(\.candidate) == Array(0..<150))
    for count in [1, 63, 64, 65] {
      #expect(draw(count: count).samples == Array(many.samples.prefix(count)))
    }
    // The last batch holds 1, 6 and 63 candidates.
    for tries in [65, 70, 127] {
      #expect(
        draw(count: 150, maximumTries: tries).samples == Array(many.samples.prefix(tries)))
    }
    #expect(draw(count: 70, threads: 1).samples == Array(many.samples.prefix(70)))
    #expect(draw(seed: 1, count: 5).samples != Array(many.samples.prefix(5)))
  }

  @Test func aDrawingGoesOnWhereAnotherEnded() throws {
    let all = draw(count: 80).samples
    let sampler = Sampler(
      model, latents: LatentSource(seed: 0, nz: 5), backend: Backend(threads: 2))
    let threshold = try #require(all.compactMap(\.score).sorted().dropFirst(40).first)
    var later: [Sampler.Sample] = []
    let scores = sampler.draw(
      count: 80, from: 10, minimumScore: threshold, maximumTries: 70
    ) { later.append($0) }
    #expect(scores.map(\.score) == all.dropFirst(10).map(\.score))
    #expect(later == all.dropFirst(10).filter { $0.score ?? 0 >= threshold })
  }

  /// Statistics of the batch itself, instead of the running ones, would mix the images.
  @Test(arguments: [3, 16])
  func `an image and its score do not depend on their batch`(width: Int) {
    let model = AdversarialModel(
      ModelSettings(size: 64, channels: 1, nz: 5, ngf: width, ndf: width), seed: 9)
    let backend = Backend(threads: 2)
    let latents = Tensor.random(Shape(7, 1, 1, 5), seed: 10)
    let images = model.generate(latents, backend)
    let scores = model.score(images, backend)
    for range in [0..<1, 1..<3, 3..<7] {
      let some = model.generate(latents.batch(range), backend)
      #expect(some.values == images.batch(range).values, "\(range)")
      #expect(model.score(some, backend) == Array(scores[range]), "\(range)")
    }
  }

  @Test func theThresholdKeepsTheSameImages() throws {
    let all = draw(count: 200)
    let threshold = all.scores.sorted()[150]
    let kept = draw(count: 20, minimumScore: threshold)
    let expected = all.samples.filter { $0.score ?? 0 >= threshold }.prefix(20)
    #expect(kept.samples == Array(expected))
    #expect(kept.scores.count == (try #require(expected.last)).candidate + 1)
  }

  @Test func triesAreBounded() {
    let result = draw(count: 5, minimumScore: 1, maximumTries: 70)
    #expect(result.samples.isEmpty)
    #expect(result.scores.count == 70)
  }

  @Test func latentsOfAFileAreUsedInOrder() throws {
    let folder = try TemporaryFolder()
    let drawn = Tensor(latents: 3, nz: 5, from: RandomUse.sampleLatents.stream(seed: 4))
    let path = folder.file("latents.safetensors")
    try SafeTensors(entries: [.init(name: "latents", shape: [3, 5], values: drawn.values)])
      .write(to: path)
    let source = try LatentSource(contentsOf: path, nz: 5)
    #expect(source.count == 3)
    var samples: [Sampler.Sample] = []
    let scores = Sampler(model, latents: source, backend: Backend(threads: 1))
      .draw(count: 9, maximumTries: 100) { samples.append($0) }
    #expect(scores.count == 3)
    #expect(samples == draw(seed: 4, count: 3).samples)
  }

  @Test(arguments: [
    ("other", [2, 5], "expected one tensor 'latents' [N, 5], found other"),
    ("latents", [2, 4], "expected 'latents' of the shape [N, 5], N at least 1, found [2, 4]"),
    ("latents", [10], "expected 'latents' of the shape [N, 5], N at least 1, found [10]"),
  ])
  func latentsThatDoNotFitAreRefused(name: String, shape: [Int], message: String) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("latents.safetensors")
    let values = Array(repeating: Float(1), count: shape.reduce(1, *))
    try SafeTensors(entries: [.init(name: name, shape: shape, values: values)]).write(to: path)
    #expect {
      try LatentSource(contentsOf: path, nz: 5)
    } throws: {
      "\($0)" == "\(path): \(message)"
    }
  }

  /// A calibration that turns the order round keeps the candidates that D likes least.
  @Test(.slow) func `a calibrated threshold follows the calibration`() throws {
    let place = try TrainingPlace()
    let backend = Backend(threads: 2)
    let model = AdversarialModel(
      ModelSettings(size: 32, channels: 3, nz: 5, ngf: 3, ndf: 3), seed: 8)
    // Scores vary with statistics that fit the images.
    try model.estimateStatistics(real: place.images, seed: 1, backend)
    func draw(_ calibration: ScoreCalibration?, _ threshold: Float) -> [Sampler.Sample] {
      var samples: [Sampler.Sample] = []
      _ = Sampler(
        model, calibration: calibration, latents: LatentSource(seed: 0, nz: 5), backend: backend
      ).draw(count: 60, minimumCalibrated: threshold, maximumTries: 60) { samples.append($0) }
      return samples
    }
    let all = draw(nil, 0)
    let median = Double(all.compactMap(\.score).sorted()[30])
    func logit(_ score: Double) -> Double { log(score / (1 - score)) }
    let calibration = ScoreCalibration(
      slope: -200, intercept: 200 * logit(median), realImages: 1, fakes: 1, isHeldOut: true,
      brierScoreBefore: 0, brierScore: 0)
    let kept = draw(calibration, 0.5)
    // Where a score is the median, rounding decides.
    let expected = all.filter { Double($0.score ?? 0) < median }
    #expect(
      kept.filter { Double($0.score ?? 0) != median }.map(\.candidate) == expected.map(\.candidate))
    #expect(expected.count > 20)
    let tried = Sampler(
      model, calibration: calibration, latents: LatentSource(seed: 0, nz: 5), backend: backend
    ).draw(count: 60, minimumCalibrated: 0.5, maximumTries: 60) { _ in }
    #expect(tried.map(\.score) == all.map(\.score))
    #expect(tried.compactMap(\.calibrated).filter { $0 >= 0.5 } == kept.compactMap(\.calibrated))
    for sample in kept {
      let probability = 1 / (1 + exp(200 * (logit(Double(sample.score ?? 0)) - logit(median))))
      #expect(abs(Double(try #require(sample.calibrated)) - probability) < 1e-3)
    }
  }

  @Test func withoutADiscriminatorThereAreNoScores() throws {
    let place = try TemporaryFolder()
    let folder = try SampleFolder(path: place.file("samples"))
    var images: [PixelImage] = []
    let sampler = Sampler(
      model, latents: LatentSource(seed: 0, nz: 5), backend: Backend(threads: 1),
      hasDiscriminator: false)
    let scores = try sampler.draw(count: 2, maximumTries: 2) { sample in
      #expect(sample.score == nil && sample.calibrated == nil)
      images.append(sample.image)
      try folder.add(sample)
    }
    #expect(scores.count == 2 && scores.allSatisfy { $0.score == nil && $0.calibrated == nil })
    #expect(images == draw(count: 2).samples.map(\.image))
    try folder.finish()
    let table = String(decoding: try place.read("samples/samples.csv"), as: UTF8.self)
    #expect(
      table == "file,candidate,score,calibrated\nsample-0001.png,0,,\nsample-0002.png,1,,\n")
    #expect(try SampleTable(contentsOf: folder.tablePath).candidates == [0, 1])
  }

  @Test func aFolderHoldsImagesSheetAndTable() throws {
    let place = try TemporaryFolder()
    let path = place.file("samples")
    for count in [3, 2] {
      let drawn = draw(count: count)
      let folder = try SampleFolder(path: path)
      for sample in drawn.samples { try folder.add(sample) }
      try folder.finish()
      let names = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
      #expect(names == (0..<count).map(SampleFolder.name) + ["samples.csv"])
      #expect(try place.names() == ["samples", "samples.png"])
      #expect(folder.sheetPath == place.file("samples.png"))
      let table = try String(contentsOfFile: folder.tablePath, encoding: .utf8)
      let rows = drawn.samples.map {
        "sample-000\($0.candidate + 1).png,\($0.candidate),\($0.score ?? 0),"
      }
      #expect(table == (["file,candidate,score,calibrated"] + rows).joined(separator: "\n") + "\n")
      let first = try PixelImage(contentsOf: "\(path)/sample-0001.png")
      #expect(first == drawn.samples[0].image)
      let sheet = try PixelImage(contentsOf: folder.sheetPath)
      #expect(sheet.width == count * 32 + (count - 1) * 2)
    }
  }

  @Test func `a drawing that finds nothing destroys nothing`() throws {
    let place = try TemporaryFolder()
    let path = place.file("samples")
    let first = try SampleFolder(path: path)
    try first.finish()
    #expect(try place.names("samples") == ["samples.csv"])
    for sample in draw(count: 2).samples { try first.add(sample) }
    try first.finish()
    let names = try place.names("samples")
    let table = try place.read("samples/samples.csv")
    let second = try SampleFolder(path: path)
    try second.finish()
    #expect(try place.names("samples") == names)
    #expect(try place.read("samples/samples.csv") == table)
  }

  @Test func picturesOfOthersAreNotReplaced() throws {
    let place = try TemporaryFolder()
    try place.addFiles(["samples/sample-0001.png", "samples/notes.txt"])
    let path = place.file("samples")
    let message = TestSupport.message { _ = try SampleFolder(path: path) }
    #expect(
      message
        == "cannot use \(path): it holds 'sample-0001.png' but no samples.csv, and that file would "
        + "be replaced; move it away, or name another folder")
    #expect(try place.names("samples") == ["notes.txt", "sample-0001.png"])
    try FileManager.default.removeItem(atPath: "\(path)/sample-0001.png")
    _ = try SampleFolder(path: path)
    #expect(try place.names("samples") == ["notes.txt", "samples.csv"])
  }

  @Test func scoresAreSummedUp() throws {
    let summary = try #require(ScoreSummary([0, 0.05, 0.5, 0.95, 1, .nan]))
    #expect(summary.count == 5)
    #expect(summary.minimum == 0 && summary.median == 0.5 && summary.maximum == 1)
    #expect(summary.histogram == [2, 0, 0, 0, 0, 1, 0, 0, 0, 2])
    #expect(ScoreSummary([.nan]) == nil)
  }
}
