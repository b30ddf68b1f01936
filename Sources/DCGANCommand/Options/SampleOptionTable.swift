import Arguments
import DCGAN
import Samples

extension SampleOptions {
  /// States every option once.
  package static let table = OptionTable<Self>(
    defaults: Self(),
    groups: [
      "Samples": samples, "Random vectors": randomVectors, "Networks": networkFields,
      "Output": output,
    ])

  private static let samples: [OptionField<Self>] = [
    .optional(\.count, .integer("count", in: SettingBounds.samples, help: "images to write")),
    .list(
      \.classes,
      .text(
        "class", "NAME", what: "the name of a class", example: "PNEUMONIA",
        defaultText: "each class as often as in training", completion: .nothing,
        help: "draw images of this class, if the run was trained with --conditional")),
    .value(
      \.minimumReal,
      CommonOptions.probability(
        "min-real", help: "keep only images with at least this score from the discriminator")),
    .value(
      \.minimumCalibrated,
      CommonOptions.probability(
        "min-real-calibrated",
        help: "keep only images whose calibrated probability of being real is at least this")),
    .optional(
      \.select,
      .name(
        "select", defaultText: "no selection", example: .realism,
        help: "draw more candidates than --count and write those closest to real images, with "
          + "each kind of image as frequent as among real ones")),
    .value(
      \.share,
      .number(
        "share", example: 0.5,
        expectation: "a number from \(SelectionRecipe.shares.lowerBound) to "
          + "\(Int(SelectionRecipe.shares.upperBound))",
        help: "with --select: the part of the candidates to keep, of every kind",
        where: { SelectionRecipe.shares.contains($0) })),
    .optional(
      \.data,
      CommonOptions.data(help: "with --select: folder of the images that the run was trained on")),
    .optional(
      \.maximumTries,
      .integer(
        "max-tries", in: SettingBounds.count, defaultText: "\(triesPerImage) x count",
        example: 100_000,
        help:
          "give up after this many candidates; with --select, kinds that the generator draws too seldom "
          + "are given up after \(SampleSelection.patience) x count / share")),
    .optional(
      \.from,
      .text(
        "from", "FILE", what: "a table with a column 'candidate'",
        example: "./samples/samples.csv",
        help: "draw the candidates in this table again: a samples.csv, or selected lines of one")),
  ]

  private static let randomVectors: [OptionField<Self>] = [
    .value(
      \.seed,
      .seed(
        "seed", help: "seed of the random vectors; image i depends on nothing but the seed and i")),
    .optional(
      \.truncation,
      .number(
        "truncation", defaultText: "no bound", example: 1,
        expectation: "a number from \(SettingBounds.truncation.lowerBound) to "
          + "\(Int(SettingBounds.truncation.upperBound))",
        help: "draw numbers of the random vectors again until none is further than this from 0: "
          + "more typical, less varied images",
        where: { SettingBounds.truncation.contains($0) })),
    .optional(
      \.latents,
      .text(
        "latents", "FILE", what: "a safetensors file", example: "./latents.safetensors",
        help: "read the random vectors from this safetensors file: one tensor 'latents' [N, nz]; "
          + "--count then defaults to N")),
    .optional(\.interpolation, interpolationOption),
    .value(
      \.steps,
      .integer(
        "steps", in: SettingBounds.frames,
        help: "images in the walk of --interpolate, including both ends")),
  ]

  private static let interpolationOption = Option<SeedPair>(
    read: { SeedPair($0) },
    describe: { _ in
      OptionSpecification(
        name: "interpolate", placeholder: "A:B", expectation: "two seeds with a colon between them",
        example: "3:9", defaultText: nil,
        help: "walk from the first image of seed A to the first of seed B; DIR.gif, beside --out "
          + "DIR, shows the walk")
    })

  private static let networkFields: [OptionField<Self>] = [
    .value(\.run, CommonOptions.run),
    .optional(\.epoch, CommonOptions.epoch),
    .optional(\.generator, NetworkSource.generatorOption),
    .optional(\.discriminator, NetworkSource.discriminatorOption),
    .value(\.precision, CommonOptions.precision),
    .optional(\.threads, CommonOptions.threads),
  ]

  private static let output: [OptionField<Self>] = [
    .value(
      \.out,
      .text(
        "out", "DIR", what: "a folder",
        help: "folder to write the images and samples.csv to, with a contact sheet, DIR.png, "
          + "beside it; replaces earlier samples there")),
    .value(
      \.format,
      .name(
        "format", example: .dicom,
        help: "what to write the images as: PNG pictures, or DICOM objects (Secondary Capture) "
          + "that say that they are synthetic")),
    .optional(
      \.dataset,
      .text(
        "dataset", "DIR", what: "a folder", example: "./synthetic",
        help:
          "write a data set for other programs instead: DIR/train/CLASS/*.png, metadata.csv and "
          + "a card, README.md; replaces an earlier one there")),
    .optional(
      \.source,
      .text(
        "source", "NAME", what: "the name of a data set", example: "Chest X-Ray Images (Pneumonia)",
        defaultText: "not named", completion: .nothing,
        help: "with --dataset: name, for the card, of the data that the run was trained on")),
    .optional(
      \.license,
      .text(
        "license", "ID", what: "a licence identifier of the Hugging Face hub", example: "cc-by-4.0",
        defaultText: "unknown", completion: .nothing,
        help: "with --dataset: licence of the images, for the card")),
    .optional(
      \.evaluation,
      .text(
        "evaluation", "FILE", what: "a file that 'dcgan evaluate --out' wrote",
        example: "evaluation.json", suffixes: [".json"],
        help: "with --dataset: figures for the card")),
    .flag(\.json, CommonOptions.json),
    .flag(\.quiet, CommonOptions.quiet),
  ]

  /// Describes `dcgan sample`.
  package static let specification = CommandSpecification(
    name: "sample",
    purpose: "make synthetic images with a trained generator",
    groups: table.groups,
    examples: [
      .init("dcgan sample --count 64", "writes 64 images to ./samples"),
      .init(
        "dcgan sample --count 16 --min-real 0.7 --epoch 80 --out ./passing",
        "keeps only images that pass for real with the discriminator of epoch 80"),
      .init(
        "dcgan sample --count 64 --select realism --share 0.5",
        "draws 128 images or more and keeps the half nearest to real ones"),
      .init(
        "dcgan sample --interpolate 3:9 --steps 60 --out ./walk",
        "turns one image into another step by step, also as ./walk.gif"),
      .init(
        "dcgan sample --from ./samples/samples.csv --out ./again",
        "draws the same images again, byte for byte"),
      .init(
        "dcgan sample --count 1000 --dataset ./synthetic --license cc-by-4.0",
        "writes a data set that torchvision and Hugging Face datasets load"),
      .init(
        "dcgan sample --generator netG.safetensors --count 16",
        "draws from a generator without its run"),
    ],
    notes: [
      "If fewer than --count images pass within --max-tries, those are written, the scores are "
        + "summarized, and the exit code is 1.",
      "A threshold that fewer than one candidate in ten passes does not select the best images but "
        + "those that the discriminator has not learned to see through: they are further from real "
        + "images, and less diverse, than candidates taken as they come.",
      "--min-real uses the discriminator's own output. --min-real-calibrated uses a probability that "
        + "training derived from it (Platt scaling) with as many generated images as real ones that it "
        + "had held out (val and test; if there are none, training images): of the images with 0.5, "
        + "half are real. Both are in samples.csv.",
      "--select realism sorts the real images into up to 24 kinds, at least one of each class, and keeps the candidates of each kind "
        + "that have the highest realism (arXiv 1904.06991): how close they are to a real image, "
        + "compared with its distance to other real ones. It needs the images that the run was trained "
        + "on, applies to the candidates that pass --min-real, and treats each class separately if the "
        + "run was trained with --conditional.",
      "--generator works without a run: the sizes follow from the file's tensors. Without "
        + "--discriminator there are no scores, and the column 'score' of samples.csv is empty; with "
        + "it, the scores are not calibrated.",
      "--truncation is the truncation trick of BigGAN (Brock et al. 2018): the random numbers are "
        + "normally distributed except for the tails, which are drawn again. 0.5 stays close to the "
        + "average image, 2 changes one number in 22.",
      "--interpolate follows the arc between the two vectors (Shoemake 1985, White 2016), along "
        + "which they keep the length that the generator was trained on.",
      "--from reads the run, epoch, seed, truncation, precision and vectors from the samples.json beside the "
        + "table, unless options give them. A table that was moved needs samples.json beside it, or "
        + "those options.",
    ])
}
