import Arguments
import CommandTestSupport
import DCGANCommand
import Testing

@Suite struct TypedOptionsTests {
  @Test func networksComeFromARunOrFromFiles() throws {
    #expect(
      try SampleOptions(parsed(["sample", "--epoch", "2"])).networks
        == .run(path: "./dcgan-run", epoch: 2))
    #expect(
      try SampleOptions(parsed(["sample", "--generator", "g", "--min-real", "0"])).networks
        == .files(generator: "g", discriminator: nil))
    #expect(
      try ScoreOptions(parsed(["score", "a.png", "--discriminator", "d"])).networks
        == .files(generator: nil, discriminator: "d"))
    let evaluate = try EvaluateOptions(
      parsed(["evaluate", "--generator", "g", "--discriminator", "d", "--data", "x"]))
    #expect(evaluate.networks == .files(generator: "g", discriminator: "d"))
    #expect(evaluate.data == "x")
  }

  @Test func exportWritesImagesOrANetwork() throws {
    let images = try ExportOptions(parsed(["export", "--images", "r", "--data", "d"]))
    #expect(images.images == "r" && images.data == "d" && images.out == nil)
    #expect(throws: UsageError.self) { try ExportOptions(parsed(["export"])) }
  }

  @Test func `export writes the generator by default`() throws {
    let options = try ExportOptions(parsed(["export", "--out", "a.SafeTensors"]))
    #expect(options.out == "a.SafeTensors" && options.network == .generator)
    #expect(options.run == "./dcgan-run" && options.epoch == nil && !options.json)
    let other = try ExportOptions(
      parsed(["export", "--out", "a.safetensors", "--discriminator", "--epoch", "4"]))
    #expect(other.network == .discriminator && other.epoch == 4)
  }

  @Test func reviewMakesOrWorksOut() throws {
    let making = try ReviewOptions(parsed(["review", "--data", "x"]))
    #expect(making.data == "x" && making.samples == "./samples" && making.out == "./review")
    #expect(making.count == 50 && making.seed == nil && making.split == nil)
    #expect(making.verdicts.isEmpty && !making.json && !making.quiet)
    let working = try ReviewOptions(
      parsed(["review", "--verdicts", "a", "--verdicts=b", "--out", "r"]))
    #expect(working.verdicts == ["a", "b"] && working.out == "r")
    #expect(working.data == nil && working.samples == nil)
    let moved = try ReviewOptions(parsed(["review", "--verdicts", "a", "--samples", "s"]))
    #expect(moved.samples == "s")
    #expect(
      try ReviewOptions(parsed(["review", "--data", "x", "--split", "all"])).split == .all)
  }

  @Test func sampleReadsTheLatentSpace() throws {
    let none = try SampleOptions(parsed(["sample"]))
    #expect(none.truncation == nil && none.interpolation == nil && none.from == nil)
    #expect(none.steps == 32)
    let walk = try SampleOptions(
      parsed(["sample", "--interpolate", "3:18446744073709551615", "--truncation", "0.7"]))
    #expect(walk.interpolation == SeedPair(from: 3, to: .max))
    #expect(walk.truncation == 0.7)
    let again = try SampleOptions(parsed(["sample", "--from", "a.csv", "--seed", "4"]))
    #expect(again.from == "a.csv" && again.seed == 4)
    #expect(again.isGiven(\.from) && again.isGiven(\.seed) && !again.isGiven(\.count))
  }

  @Test(arguments: [
    "--interpolate 3", "--interpolate 3:", "--interpolate :3", "--interpolate 1:2:3",
    "--interpolate -1:2", "--interpolate 1:18446744073709551616", "--interpolate a:b",
    "--interpolate 1:2 --steps 1", "--interpolate 1:2 --steps 513", "--truncation 0",
    "--truncation 0.009", "--truncation 10.1", "--truncation -1", "--truncation nan",
    "--truncation inf", "--truncation 1e400", "--truncation x", "--from=", "--latents=",
    "--select score", "--select realism --share 0.009", "--select realism --share 1.1",
  ])
  func sampleRefusesWhatIsOutOfRange(_ line: String) {
    #expect(throws: UsageError.self) {
      try SampleOptions(parsed(["sample"] + line.split(separator: " ").map(String.init)))
    }
  }

  @Test func sampleDefaultsAndTries() throws {
    let options = try SampleOptions(parsed(["sample"]))
    #expect(options.count == 64)
    #expect(options.minimumReal == 0)
    #expect(options.run == "./dcgan-run")
    #expect(options.epoch == nil)
    #expect(options.out == "./samples")
    #expect(options.seed == 0)
    #expect(options.maximumTries == 64_000)
    #expect(options.latents == nil)
    let few = try SampleOptions(parsed(["sample", "--count", "5", "--min-real=0.7"]))
    #expect(few.maximumTries == 5000)
    #expect(few.minimumReal == 0.7)
    let exact = try SampleOptions(parsed(["sample", "--count", "5", "--max-tries", "5"]))
    #expect(exact.maximumTries == 5)
  }

  @Test func aSelectionKeepsAHalfUnlessItIsTold() throws {
    let none = try SampleOptions(parsed(["sample"]))
    #expect(none.select == nil && none.data == nil)
    let half = try SampleOptions(parsed(["sample", "--select", "realism", "--count", "5"]))
    #expect(half.select == .realism && half.share == 0.5 && half.maximumTries == 5000)
    let few = try SampleOptions(
      parsed(["sample", "--select=realism", "--share", "0.01", "--data", "d", "--max-tries=6400"]))
    #expect(few.share == 0.01 && few.data == "d" && few.maximumTries == 6400)
  }

  @Test func latentsDecideTheCountUnlessItIsGiven() throws {
    let all = try SampleOptions(parsed(["sample", "--latents", "z"]))
    #expect(all.latents == "z")
    #expect(all.count == nil)
    #expect(all.maximumTries == nil)
    let some = try SampleOptions(parsed(["sample", "--latents", "z", "--count", "64"]))
    #expect(some.count == 64)
    #expect(some.maximumTries == nil)
  }

  @Test func gridTakesTheKindOfPictureFromTheName() throws {
    let still = try GridOptions(parsed(["grid", "--out", "a.PNG", "--epoch", "3"]))
    #expect(!still.isAnimation)
    #expect(still.epoch == 3)
    #expect(still.run == "./dcgan-run")
    #expect(try GridOptions(parsed(["grid", "--out", "a.png.Gif"])).isAnimation)
  }

  @Test func reportDefaults() throws {
    let options = try ReportOptions(parsed(["report"]))
    #expect(options.out == "./report.html" && options.run == "./dcgan-run")
    #expect(options.data == nil && options.epoch == nil && options.threads == nil)
    #expect(options.count == 256 && options.minimumReal == 0.7 && options.seed == 0)
    #expect(!options.watch && !options.quiet)
  }

  @Test func evaluateDefaults() throws {
    let options = try EvaluateOptions(parsed(["evaluate"]))
    #expect(options.run == "./dcgan-run" && options.samples == nil && options.data == nil)
    #expect(options.epoch == nil && options.threads == nil && options.dataAlone == nil)
    #expect(options.count == 2048 && options.seed == 0 && options.precision == .float32)
    #expect(options.out == nil && options.sheet == nil && options.missing == nil)
    #expect(!options.json && !options.quiet)
  }

  @Test func samplesAreOfNoRunUnlessOneIsNamed() throws {
    let alone = try EvaluateOptions(parsed(["evaluate", "--samples", "s", "--data", "d"]))
    #expect(alone.dataAlone == "d" && alone.samples == "s" && alone.data == "d")
    let both = try EvaluateOptions(parsed(["evaluate", "--samples", "s", "--run", "r"]))
    #expect(both.run == "r" && both.data == nil && both.dataAlone == nil)
    let moved = try EvaluateOptions(parsed(["evaluate", "--data", "d"]))
    #expect(moved.data == "d" && moved.dataAlone == nil)
  }

  @Test func scoreInfoAndPhantom() throws {
    let score = try ScoreOptions(parsed(["score", "a.png", "--epoch=2", "b"]))
    #expect(score.paths == ["a.png", "b"])
    #expect(score.epoch == 2)
    #expect(try InfoOptions(parsed(["info"])).path == nil)
    #expect(try InfoOptions(parsed(["info", "r", "--json"])).path == "r")
    let phantom = try PhantomOptions(parsed(["phantom", "--seed", "9"]))
    #expect(phantom.out == "./phantoms")
    #expect(phantom.count == 256)
    #expect(phantom.seed == 9)
  }

  @Test func benchDefaults() throws {
    let options = try BenchOptions(parsed(["bench", "--threads", "2"]))
    #expect(options.size == 128)
    #expect(options.batch == 64)
    #expect(options.generatorFeatures == 64)
    #expect(options.discriminatorFeatures == 64)
    #expect(options.channels == 3)
    #expect(options.steps == 5)
    #expect(options.threads == 2 && options.precision == .float32)
    #expect(options.shapes == nil && options.images == nil && options.method == .best)
    #expect(!options.kernels && !options.profile && !options.json && !options.quiet)
  }

  @Test func everyCommandThatComputesReadsThePrecision() throws {
    let words = ["--precision", "bfloat16"]
    #expect(try BenchOptions(parsed(["bench"] + words)).precision == .bfloat16)
    #expect(try SampleOptions(parsed(["sample"])).precision == .float32)
    #expect(try SampleOptions(parsed(["sample"] + words)).precision == .bfloat16)
    #expect(try EvaluateOptions(parsed(["evaluate"] + words)).precision == .bfloat16)
  }

  @Test func benchReadsWhatItMeasures() throws {
    let kernels = try BenchOptions(
      parsed(["bench", "--kernels", "--shapes", "t.txt", "--steps", "2"]))
    #expect(kernels.kernels && kernels.shapes == "t.txt" && kernels.steps == 2)
    #expect(try BenchOptions(parsed(["bench", "--shapes", "t.txt"])).kernels)
    #expect(try BenchOptions(parsed(["bench", "--profile"])).profile)
    #expect(try BenchOptions(parsed(["bench", "--method", "direct"])).method == .direct)
    let images = try BenchOptions(parsed(["bench", "--images", "x", "--size", "64"]))
    #expect(images.images == "x" && images.size == 64)
  }
}
