import Arguments
import DCGAN
import DataSets
import Imaging
import Phantoms
import Training

extension TrainOptions {
  /// States every option once.
  package static let table = OptionTable<Self>(
    defaults: Self(),
    groups: [
      "Data": dataFields, "Networks": networkFields, "Training": trainingFields,
      "Beyond the plain recipe": techniqueFields, "Run": runFields, "Output": outputFields,
    ])

  private static let dataFields: [OptionField<Self>] = [
    .optional(
      \.data,
      CommonOptions.data(
        defaultText: nil,
        help:
          "folder of images (JPEG, PNG, DICOM, TIFF and other files), searched with all its "
          + "subfolders, or a zip archive of one; required unless --resume is given")),
    .optional(
      \.split,
      .text(
        "split", "NAME", what: "the name of a part of the data", example: "train",
        defaultText: "train if there is such a folder, otherwise all",
        completion: .words(DataSplit.allCases.map(\.rawValue)),
        help: "part of the data to use: train, test or val, recognized by the names of folders, or "
          + "all")),
    .optional(\.splitByPatient, CommonOptions.splitByPatient),
    .list(
      \.classes,
      .text(
        "class", "NAME", what: "the name of a class folder", example: "NORMAL",
        defaultText: "all classes", completion: .words(PhantomKind.allCases.map(\.rawValue)),
        help: "use only the images in folders with this name")),
    .list(
      \.excluded,
      .text(
        "exclude", "NAME", what: "a name, or a pattern with * and ?", example: "*mask*",
        defaultText: "none", completion: .nothing,
        help: "leave out files and folders with this name; * matches any characters, ? any single "
          + "one")),
    .optional(
      \.limit,
      .integer(
        "limit", in: SettingBounds.count, defaultText: "all images", example: 1000,
        help: "use at most this many images")),
    .value(
      \.fit,
      .name(
        "fit", example: .pad,
        help: "how to make a picture square: crop to the centre, pad with black, or stretch")),
    .value(
      \.background,
      .grey("background", help: "what to show behind transparent parts of a picture")),
    .optional(\.window, CommonOptions.window),
    .optional(\.frames, CommonOptions.frames),
    .optional(
      \.cache,
      .text(
        "cache", "PATH", what: "a file or a folder, or none", example: "/scratch/chest.cache",
        defaultText:
          "none, or images.cache in the run's folder if the decoded images need more than "
          + "a quarter of the memory",
        help:
          "keep the decoded images in this file, or in one of their own in this folder (one that exists, "
          + "or whose name ends in /), instead of in memory; it is built once, and runs of the same images "
          + "share it; none keeps them in memory")),
    .flag(
      \.allowsSynthetic,
      Flag(
        "allow-synthetic",
        help:
          "use images that are marked as synthetic like real ones; without this option they are left out, "
          + "and a folder that holds nothing else is refused")),
    .flag(\.allowsBurnedIn, CommonOptions.allowsBurnedIn),
    .flag(
      \.strict,
      Flag(
        "strict",
        help: "stop at a file that cannot be used instead of skipping it; hidden files, notes and "
          + "tables among the images are still allowed")),
  ]

  private static let networkFields: [OptionField<Self>] = [
    .value(\.size, CommonOptions.size),
    .value(\.channels, CommonOptions.channels),
    .value(
      \.latentSize,
      .integer(
        "nz", in: SettingBounds.latentSize,
        help: "length of the random vector that each image is made from")),
    .value(\.generatorFeatures, CommonOptions.generatorFeatures),
    .value(\.discriminatorFeatures, CommonOptions.discriminatorFeatures),
    .flag(
      \.conditional,
      Flag(
        "conditional",
        help: "train one pair of networks for all classes: the folders that the images lie in, "
          + "below train; from \(SettingBounds.classes.lowerBound) to \(SettingBounds.classes.upperBound)"
      )),
    .optional(
      \.initialGenerator,
      .text(
        "init-generator", "FILE", what: "a safetensors file", example: "./netG.safetensors",
        defaultText: "random weights",
        help: "start from the generator in this file: a PyTorch state dict with main.0.weight and "
          + "so on")),
    .optional(
      \.initialDiscriminator,
      .text(
        "init-discriminator", "FILE", what: "a safetensors file", example: "./netD.safetensors",
        defaultText: "random weights",
        help: "start from the discriminator in this file, in the same format")),
  ]

  private static let trainingFields: [OptionField<Self>] = [
    .value(\.epochs, .integer("epochs", in: SettingBounds.epochs, help: "passes over the images")),
    .optional(
      \.steps,
      .integer(
        "steps", in: SettingBounds.count, defaultText: "no limit", example: 100,
        help: "stop once the run has made this many steps in all, even in the middle of an epoch; "
          + "--resume does not keep the limit")),
    .value(\.batch, CommonOptions.batch),
    .value(\.learningRate, learningRate("lr", help: "learning rate of both networks")),
    .value(
      \.beta1,
      .number(
        "beta1", expectation: "a number from 0 to less than 1",
        help: "decay of Adam's first moment", where: { SettingBounds.allows(beta1: $0) })),
    .optional(
      \.seed,
      .seed(
        "seed", defaultText: "chosen at random, shown and recorded",
        help: "seed of the weights, the order of the images and the noise; the same seed gives the "
          + "same run")),
    .value(\.precision, CommonOptions.precision),
    .optional(\.threads, CommonOptions.threads),
  ]

  private static let runFields: [OptionField<Self>] = [
    .value(
      \.run,
      CommonOptions.run(
        help: "folder to write settings, metrics, pictures and checkpoints to")),
    .flag(
      \.resume,
      Flag("resume", help: "continue the run in the --run folder with its recorded settings")),
    .optional(
      \.epoch,
      CommonOptions.epoch(
        help: "with --resume: continue from this epoch's checkpoint, for example if a later one is "
          + "damaged; later ones are renamed to end in .set-aside and never deleted")),
    .flag(
      \.acceptsChangedData,
      Flag(
        "accept-changed-data",
        help: "with --resume: continue even if the images in the folder have changed; the run "
          + "records the change and starts the current epoch over")),
    .flag(
      \.stopOnCollapse,
      Flag(
        "stop-on-collapse",
        help: "stop with a checkpoint and exit code 1 once the generated images hardly differ from "
          + "one another: diversity below \(StallWatch.leastDiversity) at the end of "
          + "\(StallWatch.alikeEpochs) epochs in a row, not counting the first "
          + "\(StallWatch.firstStep) steps; stays on after --resume, which starts counting again")),
    .value(
      \.checkpointEvery,
      .integer("checkpoint-every", in: SettingBounds.epochs, help: "epochs between checkpoints")),
    .value(
      \.keep,
      .integer(
        "keep", in: SettingBounds.epochs, help: "how many of the newest checkpoints to keep")),
    .value(
      \.keepEvery,
      .integer(
        "keep-every", in: 0...SettingBounds.epochs.upperBound,
        help: "also keep every Nth epoch's checkpoint; 0 for none")),
  ]

  private static let outputFields: [OptionField<Self>] = [
    .flag(\.json, CommonOptions.json),
    .flag(\.quiet, CommonOptions.quiet),
  ]

  /// Describes `dcgan train`.
  package static let specification = CommandSpecification(
    name: "train",
    purpose: "train a DCGAN on a folder of medical images",
    synopsis: "--data DIR [options]",
    groups: table.groups,
    examples: [
      .init(
        "dcgan train --data ./chest_xray", "trains for 100 epochs and writes to ./dcgan-run"),
      .init(
        "dcgan train --data ./chest_xray --size 64 --epochs 15 --recipe stable",
        "trains on smaller images, for a first look: hours become minutes"),
      .init(
        "dcgan train --data ./chest_xray --class NORMAL --size 64 --run ./normal",
        "trains smaller images on one class only"),
      .init(
        "dcgan train --data ./chest_xray --conditional",
        "trains networks that draw an image of the class they are asked for"),
      .init("dcgan train --resume", "continues the run in ./dcgan-run"),
    ],
    notes: [
      "A folder that already holds a run is refused: continue it with --resume, or name another "
        + "with --run. Ctrl-C stops after the current step and writes a checkpoint; a second "
        + "Ctrl-C quits at once, without saving.",
      "--init-generator and --init-discriminator read what safetensors.torch.save_file makes of a "
        + "network's state_dict() in PyTorch, and what 'dcgan export' writes; --size, --channels, "
        + "--nz, --ngf and --ndf must match the file. Adam starts from scratch.",
    ])
}
