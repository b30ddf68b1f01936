import Arguments
import DCGAN
import DataSets
import Imaging
import Phantoms

extension TrainOptions {
  static let dataOption = Option<String>.text(
    "data", "DIR", what: "a folder with radiographs", example: "./chest_xray",
    help: "folder of radiographs (JPEG and PNG files), searched with all its subfolders; required "
      + "unless --resume is given")
  static let runOption = Option<String>.text(
    "run", "DIR", what: "a folder", example: "./dcgan-run",
    default: CommonOptions.run.defaultValue,
    help: "folder to write settings, metrics, pictures and checkpoints to")
  static let epochsOption = Option<Int>.integer(
    "epochs", in: SettingBounds.epochs, default: 100, help: "passes over the images")
  static let latentSizeOption = Option<Int>.integer(
    "nz", in: SettingBounds.latentSize, default: 100,
    help: "length of the random vector that each image is made from")
  static let learningRateOption = Option<Double>.number(
    "lr", default: 2e-4, expectation: "a number above 0 and at most 1",
    help: "learning rate of both networks", where: { SettingBounds.allows(learningRate: $0) })
  static let beta1Option = Option<Double>.number(
    "beta1", default: 0.5, expectation: "a number from 0 to less than 1",
    help: "decay of Adam's first moment", where: { SettingBounds.allows(beta1: $0) })
  static let seedOption = Option<UInt64>.seed(
    "seed", defaultText: "chosen at random, shown and recorded",
    help:
      "seed of the weights, the order of the images and the noise; the same seed gives the same "
      + "run")
  static let splitOption = Option<String>.text(
    "split", "NAME", what: "the name of a part of the data", example: "train",
    defaultText: "train if there is such a folder, otherwise all",
    completion: .words(DataSplit.allCases.map(\.rawValue)),
    help:
      "part of the data to use: train, test or val, recognized by the names of folders, or all")
  static let classOption = Option<String>.text(
    "class", "NAME", what: "the name of a class folder", example: "NORMAL",
    defaultText: "all classes", isRepeatable: true,
    completion: .words(PhantomKind.allCases.map(\.rawValue)),
    help: "use only the images in folders with this name")
  static let limitOption = Option<Int>.integer(
    "limit", in: SettingBounds.count, defaultText: "all images", example: 1000,
    help: "use at most this many images")
  static let excludeOption = Option<String>.text(
    "exclude", "NAME", what: "a name, or a pattern with * and ?", example: "*mask*",
    defaultText: "none", isRepeatable: true, completion: .nothing,
    help: "leave out files and folders with this name; * matches any characters, ? any single one")
  static let fitOption = Option<ImageFit>.name(
    "fit", default: .crop, example: .pad,
    help: "how to make a picture square: crop to the centre, pad with black, or stretch")
  static let backgroundOption = Option<UInt8>.grey(
    "background", default: 0, help: "what to show behind transparent parts of a picture")
  static let stepsOption = Option<Int>.integer(
    "steps", in: SettingBounds.count, defaultText: "no limit", example: 100,
    help: "stop once the run has made this many steps in all, even in the middle of an epoch")
  static let checkpointEveryOption = Option<Int>.integer(
    "checkpoint-every", in: SettingBounds.epochs, default: 1,
    help: "epochs between checkpoints")
  static let keepOption = Option<Int>.integer(
    "keep", in: SettingBounds.epochs, default: 3,
    help: "how many of the newest checkpoints to keep")
  static let keepEveryOption = Option<Int>.integer(
    "keep-every", in: 0...SettingBounds.epochs.upperBound, default: 10,
    help: "also keep every Nth epoch's checkpoint; 0 for none")
  static let initialGeneratorOption = Option<String>.text(
    "init-generator", "FILE", what: "a safetensors file", example: "./netG.safetensors",
    defaultText: "random weights",
    help: "start from the generator in this file: a PyTorch state dict with main.0.weight and so on"
  )
  static let initialDiscriminatorOption = Option<String>.text(
    "init-discriminator", "FILE", what: "a safetensors file", example: "./netD.safetensors",
    defaultText: "random weights",
    help: "start from the discriminator in this file, in the same format")
  static let resumeFlag = Flag(
    "resume", help: "continue the run in the --run folder with its recorded settings")
  static let acceptChangedDataFlag = Flag(
    "accept-changed-data",
    help:
      "with --resume: continue even if the images in the folder have changed; the run records the "
      + "change and starts the current epoch over")
  static let epochOption = Option<Int>.integer(
    "epoch", in: SettingBounds.epochs, defaultText: "the latest", example: 10,
    help: "with --resume: continue from this epoch's checkpoint, for example if a later one is "
      + "damaged; later ones are renamed to end in .set-aside and never deleted")
  static let strictFlag = Flag(
    "strict",
    help:
      "stop at a file that cannot be used instead of skipping it; hidden files, notes and tables "
      + "among the images are still allowed")

  /// Describes `dcgan train`.
  package static let specification = CommandSpecification(
    name: "train",
    purpose: "train a DCGAN on a folder of radiographs",
    synopsis: "--data DIR [options]",
    groups: groups,
    examples: [
      .init(
        "dcgan train --data ./chest_xray", "trains for 100 epochs and writes to ./dcgan-run"),
      .init(
        "dcgan train --data ./chest_xray --size 64 --ngf 32 --ndf 32 --epochs 15",
        "trains smaller networks: hours become minutes"),
      .init(
        "dcgan train --data ./chest_xray --class NORMAL --size 64 --run ./normal",
        "trains smaller images on one class only"),
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

  /// The options under the headings of the help.
  private static let groups = [
    OptionGroup(
      "Data",
      [
        dataOption.specification, splitOption.specification, classOption.specification,
        excludeOption.specification, limitOption.specification, fitOption.specification,
        backgroundOption.specification, strictFlag.specification,
      ]),
    OptionGroup(
      "Networks",
      [
        CommonOptions.size.specification, CommonOptions.channels.specification,
        latentSizeOption.specification, CommonOptions.generatorFeatures.specification,
        CommonOptions.discriminatorFeatures.specification, initialGeneratorOption.specification,
        initialDiscriminatorOption.specification,
      ]),
    OptionGroup(
      "Training",
      [
        epochsOption.specification, stepsOption.specification, CommonOptions.batch.specification,
        learningRateOption.specification, beta1Option.specification, seedOption.specification,
        CommonOptions.threads.specification,
      ]),
    OptionGroup("Beyond the plain recipe", techniqueSpecifications),
    OptionGroup(
      "Run",
      [
        runOption.specification, resumeFlag.specification, epochOption.specification,
        acceptChangedDataFlag.specification, stopOnCollapseFlag.specification,
        checkpointEveryOption.specification, keepOption.specification,
        keepEveryOption.specification,
      ]),
    OptionGroup("Output", [CommonOptions.json.specification, CommonOptions.quiet.specification]),
  ]
}
