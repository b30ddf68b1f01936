import CommandTestSupport
import DCGAN
import DCGANCommand
import Testing

@Suite struct TrainOptionsTests {
  @Test func trainDefaults() throws {
    let options = try TrainOptions(parsed(["train", "--data", "./x"]))
    #expect(options.data == "./x")
    #expect(options.run == "./dcgan-run")
    #expect(options.epochs == 100)
    #expect(options.size == 128)
    #expect(options.batch == 64)
    #expect(options.channels == 3)
    #expect(options.latentSize == 100)
    #expect(options.generatorFeatures == 64)
    #expect(options.discriminatorFeatures == 64)
    #expect(options.learningRate == 2e-4)
    #expect(options.beta1 == 0.5)
    #expect(
      Recipe.standard(images: 0).averageDecay == Recipe.standard(images: .max).averageDecay)
    #expect(
      options.techniques(images: 999) == Recipe.stable.techniques
        && options.techniques(images: 1000) == Recipe.varied.techniques && options.recipe == nil
        && !options.stopOnCollapse)
    #expect(options.seed == nil)
    #expect(options.split == nil)
    #expect(options.classes.isEmpty)
    #expect(options.excluded.isEmpty && !options.acceptsChangedData)
    #expect(options.limit == nil)
    #expect(options.fit == .crop && options.background == 0 && options.window == nil)
    #expect(options.frames == nil && !options.allowsBurnedIn && options.cache == nil)
    #expect(options.steps == nil)
    #expect(options.threads == nil && options.precision == .float32)
    #expect(options.epoch == nil)
    #expect(options.checkpointEvery == 1)
    #expect(options.keep == 3)
    #expect(options.keepEvery == 10)
    #expect(!options.resume && !options.strict && !options.json && !options.quiet)
    #expect(options.given == ["data"])
  }

  @Test func trainReadsEveryOption() throws {
    let options = try TrainOptions(
      parsed([
        "train", "--data", "d", "--run", "r", "--epochs", "2", "--size", "32", "--batch", "8",
        "--channels", "1", "--nz", "16", "--ngf", "12", "--ndf", "13", "--lr", "1e-3", "--beta1",
        "0.9", "--recipe", "stable", "--label-smoothing", "0.2", "--lr-d", "1e-4", "--lr-g", "4e-4",
        "--final-lr", "1e-5", "--instance-noise", "0.3", "--augment", "colour,cutout",
        "--augment-target", "0.6",
        "--spectral-norm",
        "--minibatch-std", "--r1", "2", "--r2", "0.5", "--stop-on-collapse", "--ema", "0.99",
        "--seed", "7", "--split", "val", "--class", "A", "--split-by-patient", "0.8,0.1,0.1",
        "--class", "B", "--exclude", "m*", "--exclude", "n", "--limit", "50", "--fit", "pad",
        "--background", "40", "--window", "-600.5,1500", "--frames", "all", "--allow-burned-in",
        "--accept-changed-data", "--steps", "5", "--threads", "3", "--precision", "bfloat16",
        "--checkpoint-every", "4", "--keep", "6",
        "--keep-every", "20", "--resume", "--epoch", "9", "--strict", "--json", "--quiet",
        "--conditional", "--allow-synthetic", "--cache", "/c",
      ]))
    #expect(options.data == "d")
    #expect(options.run == "r")
    #expect(options.epochs == 2)
    #expect(options.size == 32)
    #expect(options.batch == 8)
    #expect(options.channels == 1)
    #expect(options.latentSize == 16)
    #expect(options.generatorFeatures == 12)
    #expect(options.discriminatorFeatures == 13)
    #expect(options.learningRate == 1e-3)
    #expect(options.beta1 == 0.9)
    #expect(options.averageDecay(batch: 64) == 0.99)
    #expect(options.recipe == .stable && options.stopOnCollapse)
    #expect(
      options.techniques(images: 9)
        == TrainingTechniques(
          labelSmoothing: 0.2, discriminatorLearningRate: 1e-4, generatorLearningRate: 4e-4,
          finalLearningRate: 1e-5,
          instanceNoise: 0.3, instanceNoiseEpochs: 20, augmentations: [.cutout, .colour],
          augmentationTarget: 0.6,
          spectralNormalization: true, realPenalty: 2, fakePenalty: 0.5))
    #expect(options.seed == 7)
    #expect(options.split == "val")
    #expect(options.splitByPatient?.description == "0.8,0.1,0.1")
    #expect(options.classes == ["A", "B"])
    #expect(options.excluded == ["m*", "n"])
    #expect(options.limit == 50)
    #expect(options.fit == .pad && options.background == 40)
    #expect(options.window == .range(center: -600.5, width: 1500))
    #expect(options.frames == .all && options.allowsBurnedIn)
    #expect(options.acceptsChangedData && options.cache == "/c")
    #expect(options.steps == 5)
    #expect(options.threads == 3 && options.precision == .bfloat16)
    #expect(options.checkpointEvery == 4)
    #expect(options.keep == 6)
    #expect(options.keepEvery == 20)
    #expect(options.epoch == 9)
    #expect(options.model.hasMinibatchDeviation)
    #expect(options.conditional && options.allowsSynthetic)
    #expect(options.resume && options.strict && options.json && options.quiet)
    #expect(options.initialGenerator == nil && options.initialDiscriminator == nil)
    // These make no sense beside the others.
    let others: Set = ["init-generator", "init-discriminator", "ema-images"]
    #expect(
      options.given.union(others)
        == Set(TrainOptions.specification.options.map(\.name)))
  }

  @Test func whatIsGivenGoesBeforeTheRecipe() throws {
    func techniques(_ words: String...) throws -> TrainingTechniques {
      try TrainOptions(parsed(["train", "--data", "d", "--epochs", "9"] + words))
        .techniques(images: 9)
    }
    var expected = Recipe.stable.techniques
    #expect(try techniques("--recipe=stable") == expected)
    expected.labelSmoothing = 0
    expected.augmentations = []
    #expect(
      try techniques("--label-smoothing=0", "--recipe=stable", "--augment=none") == expected)
    #expect(try techniques("--recipe=course").isPlain)
    #expect(try techniques("--recipe=varied") == TrainingTechniques(realPenalty: 0.05))
    #expect(try techniques("--r1=0", "--recipe=varied").isPlain)
    #expect(try techniques("--recipe=course", "--lr-g=1").generatorLearningRate == 1)
    expected = Recipe.stable.techniques
    #expect(!expected.spectralNormalization)
    expected.spectralNormalization = true
    #expect(try techniques("--spectral-norm") == expected)
  }

  @Test func `the average's half-life in images gives its decay`() throws {
    let options = try TrainOptions(parsed(["train", "--data", "d", "--ema-images", "640"]))
    #expect(abs(options.averageDecay(batch: 64) - 0.933032991536807) < 1e-15)
    #expect(options.averageDecay(batch: 640) == 0.5 && options.averageDecay(batch: 1280) == 0.25)
  }

  @Test func recipesAreWrittenAsOptionsThatReadBack() throws {
    #expect(Recipe.course.options == "--ema 0" && Recipe.averaged.options == "--ema 0.999")
    let words = Recipe.stable.options.split(separator: " ").map(String.init)
    let options = try TrainOptions(parsed(["train", "--data", "d", "--epochs", "1"] + words))
    #expect(options.techniques(images: 9) == Recipe.stable.techniques)
  }

  @Test func aNewRunMayStartFromFiles() throws {
    let options = try TrainOptions(
      parsed([
        "train", "--data", "d", "--init-generator", "g.safetensors", "--init-discriminator=D",
        "--size", "64", "--ngf", "8",
      ]))
    #expect(options.initialGenerator == "g.safetensors")
    #expect(options.initialDiscriminator == "D")
    #expect(options.model == ModelSettings(size: 64, channels: 3, nz: 100, ngf: 8, ndf: 64))
  }

  @Test func `resume needs no data and keeps what was given explicitly`() throws {
    let options = try TrainOptions(parsed(["train", "--resume", "--epochs", "100"]))
    #expect(options.data == nil)
    #expect(options.resume)
    #expect(options.given == ["resume", "epochs"])
    #expect(options.isGiven(\.epochs) && !options.isGiven(\.keep))
  }
}
