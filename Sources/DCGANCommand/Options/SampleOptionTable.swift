import Arguments
import DCGAN

extension SampleOptions {
  static let countOption = Option<Int>.integer(
    "count", in: SettingBounds.samples, default: 64, help: "images to write")
  static let minimumRealOption = Option<Float>.number(
    "min-real", default: 0, example: 0.7, expectation: "a number from 0 to 1",
    help: "keep only images whose score, the discriminator's output, is at least this",
    where: { $0 >= 0 && $0 <= 1 })
  static let minimumCalibratedOption = Option<Float>.number(
    "min-real-calibrated", default: 0, example: 0.7, expectation: "a number from 0 to 1",
    help: "keep only images whose calibrated probability of being real is at least this",
    where: { $0 >= 0 && $0 <= 1 })
  static let outOption = Option<String>.text(
    "out", "DIR", what: "a folder", example: "./samples", default: "./samples",
    help:
      "folder to write the images and samples.csv to, with a contact sheet beside it, DIR.png; an "
      + "earlier drawing there is replaced")
  static let seedOption = Option<UInt64>.seed(
    "seed", default: 0, help: "seed of the random vectors; image i depends on it and i alone")
  static let maximumTriesOption = Option<Int>.integer(
    "max-tries", in: SettingBounds.count, defaultText: "1000 x count", example: 100_000,
    help: "give up after this many candidates")
  static let latentsOption = Option<String>.text(
    "latents", "FILE", what: "a safetensors file", example: "./latents.safetensors",
    help: "take the random vectors from this safetensors file: one tensor 'latents' [N, nz]; "
      + "--count then defaults to N")
  static let truncationOption = Option<Float>.number(
    "truncation", default: nil, defaultText: "no bound", example: 1,
    expectation: "a number from \(SettingBounds.truncation.lowerBound) to "
      + "\(Int(SettingBounds.truncation.upperBound))",
    help: "draw every number of the random vectors that is larger in size than this again: "
      + "more typical images, fewer different ones",
    where: { SettingBounds.truncation.contains($0) })
  static let interpolationOption = Option<SeedPair>(
    specification: OptionSpecification(
      name: "interpolate", placeholder: "A:B", expectation: "two seeds with a colon between them",
      example: "3:9", defaultText: nil,
      help: "walk from the first image of seed A to that of seed B; DIR.gif, beside --out DIR, "
        + "shows it",
      isRepeatable: false),
    defaultValue: nil, read: { SeedPair($0) })
  static let stepsOption = Option<Int>.integer(
    "steps", in: SettingBounds.frames, default: 32,
    help: "images of --interpolate, both ends included")
  static let fromOption = Option<String>.text(
    "from", "FILE", what: "a table with a column 'candidate'", example: "./samples/samples.csv",
    help: "draw the candidates that this table lists again: a samples.csv, or chosen lines of it")

  /// Describes `dcgan sample`.
  package static let specification = CommandSpecification(
    name: "sample",
    purpose: "make synthetic radiographs with a trained generator",
    options: [
      countOption.specification, minimumRealOption.specification,
      minimumCalibratedOption.specification, CommonOptions.run.specification,
      CommonOptions.epoch.specification, NetworkSource.generatorOption.specification,
      NetworkSource.discriminatorOption.specification, outOption.specification,
      seedOption.specification,
      maximumTriesOption.specification, latentsOption.specification,
      truncationOption.specification, interpolationOption.specification,
      stepsOption.specification, fromOption.specification, CommonOptions.threads.specification,
      CommonOptions.json.specification, CommonOptions.quiet.specification,
    ],
    examples: [
      .init("dcgan sample --count 64", "writes 64 images to ./samples"),
      .init(
        "dcgan sample --count 16 --min-real 0.7 --epoch 80 --out ./best",
        "keeps only images that the discriminator of epoch 80 takes for real"),
      .init(
        "dcgan sample --interpolate 3:9 --steps 60 --out ./walk",
        "shows what lies between two images, also as ./walk.gif"),
      .init(
        "dcgan sample --from ./samples/samples.csv --out ./again",
        "draws the same images again, byte for byte"),
      .init(
        "dcgan sample --generator netG.safetensors --count 16",
        "draws from a generator without its run"),
    ],
    notes: [
      "Where fewer than --count images pass within --max-tries, those are written, the scores "
        + "are summed up, and the exit code is 1.",
      "What fewer than one candidate in ten passes is not the best of them but what the discriminator "
        + "has not learned to see through: further from real images, and less diverse, than candidates "
        + "that nobody chose.",
      "--min-real goes by the discriminator's own output. --min-real-calibrated goes by the "
        + "probability that training worked out from it, on images that it had left out (val and "
        + "test; where there are none, on its own) and as many fakes (Platt scaling): of the images "
        + "with 0.5, half are real. Both stand in samples.csv.",
      "--generator needs no run: sizes are those of the file's tensors. Without --discriminator there "
        + "are no scores, and the column 'score' of samples.csv is empty; with it they are not "
        + "calibrated.",
      "--truncation is the truncation trick of BigGAN (Brock et al. 2018): the random numbers are "
        + "normally distributed but for the tails, which are drawn again. 0.5 keeps close to the "
        + "average image, 2 changes one number in 22.",
      "--interpolate goes along the arc between the two vectors (Shoemake 1985, White 2016), on "
        + "which they keep the length that the generator knows.",
      "--from takes run, epoch, seed, truncation and vectors from samples.json, which lies beside "
        + "every samples.csv, where they are not given. A table that was moved needs samples.json "
        + "beside it or those options.",
    ])
}
