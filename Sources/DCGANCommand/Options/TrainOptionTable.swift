import Arguments
import DCGAN
import DataSets
import Imaging
import Phantoms

extension TrainOptions {
  static let dataOption = Option<String>.text(
    "data", "DIR", what: "a folder with radiographs", example: "./chest_xray",
    help: "folder with the radiographs (JPEG and PNG files), searched with all its subfolders; "
      + "only --resume does without it")
  static let runOption = Option<String>.text(
    "run", "DIR", what: "a folder", example: "./dcgan-run",
    default: CommonOptions.run.defaultValue,
    help: "folder to write settings, metrics, pictures and checkpoints to")
  static let epochsOption = Option<Int>.integer(
    "epochs", in: SettingBounds.epochs, default: 100, help: "passes over the images")
  static let latentSizeOption = Option<Int>.integer(
    "nz", in: SettingBounds.latentSize, default: 100,
    help: "length of the random vector an image is made from")
  static let learningRateOption = Option<Double>.number(
    "lr", default: 2e-4, expectation: "a number above 0 and at most 1",
    help: "learning rate of both networks", where: { SettingBounds.allows(learningRate: $0) })
  static let beta1Option = Option<Double>.number(
    "beta1", default: 0.5, expectation: "a number from 0 to less than 1",
    help: "decay of Adam's first moment", where: { SettingBounds.allows(beta1: $0) })
  static let seedOption = Option<UInt64>.seed(
    "seed", defaultText: "drawn, printed and kept",
    help: "seed of weights, order and noise; the same seed gives the same run")
  static let splitOption = Option<String>.text(
    "split", "NAME", what: "the name of a part of the data", example: "train",
    defaultText: "train where folders are named so, else all images",
    completion: .words(DataSplit.allCases.map(\.rawValue)),
    help:
      "use only this part of the data, as the folders' names tell: train, test or val; or all of "
      + "it: all")
  static let classOption = Option<String>.text(
    "class", "NAME", what: "the name of a class folder", example: "NORMAL",
    defaultText: "all classes", isRepeatable: true,
    completion: .words(PhantomKind.allCases.map(\.rawValue)),
    help: "use only the images in folders of this name")
  static let limitOption = Option<Int>.integer(
    "limit", in: SettingBounds.count, defaultText: "all images", example: 1000,
    help: "use at most this many images")
  static let excludeOption = Option<String>.text(
    "exclude", "NAME", what: "a name, or a pattern of one with * and ?", example: "*mask*",
    defaultText: "none", isRepeatable: true, completion: .nothing,
    help: "leave out files and folders of this name")
  static let fitOption = Option<ImageFit>.name(
    "fit", default: .crop, example: .pad,
    help: "how a picture becomes a square: crop to the centre, pad with black, or stretch")
  static let backgroundOption = Option<UInt8>.grey(
    "background", default: 0, help: "what transparent parts of a picture are shown on")
  static let stepsOption = Option<Int>.integer(
    "steps", in: SettingBounds.count, defaultText: "no limit", example: 100,
    help: "stop once the run has made this many steps, wherever in an epoch that is")
  static let checkpointEveryOption = Option<Int>.integer(
    "checkpoint-every", in: SettingBounds.epochs, default: 1,
    help: "epochs from one checkpoint to the next")
  static let keepOption = Option<Int>.integer(
    "keep", in: SettingBounds.epochs, default: 3,
    help: "how many of the newest checkpoints stay")
  static let keepEveryOption = Option<Int>.integer(
    "keep-every", in: 0...SettingBounds.epochs.upperBound, default: 10,
    help: "every such epoch's checkpoint stays as well; 0 for none")
  static let initialGeneratorOption = Option<String>.text(
    "init-generator", "FILE", what: "a safetensors file", example: "./netG.safetensors",
    defaultText: "random weights",
    help: "start from this generator: a state dict of PyTorch's, main.0.weight and so on")
  static let initialDiscriminatorOption = Option<String>.text(
    "init-discriminator", "FILE", what: "a safetensors file", example: "./netD.safetensors",
    defaultText: "random weights", help: "start from this discriminator, likewise")
  static let resumeFlag = Flag(
    "resume", help: "continue the run in the --run folder with the settings it recorded")
  static let acceptChangedDataFlag = Flag(
    "accept-changed-data",
    help:
      "with --resume: go on although the folder holds other images than before; the run records "
      + "it, and the epoch under way begins anew")
  static let epochOption = Option<Int>.integer(
    "epoch", in: SettingBounds.epochs, defaultText: "the latest", example: 10,
    help: "with --resume: go on from the checkpoint of this epoch, where a later one is damaged; "
      + "later ones are put aside as .set-aside files, to be removed by hand")
  static let strictFlag = Flag(
    "strict",
    help:
      "stop at a file that cannot be used, instead of skipping it; hidden files, notes and tables "
      + "may lie beside the images")

  /// Describes `dcgan train`.
  package static let specification = CommandSpecification(
    name: "train",
    purpose: "train a DCGAN on a folder of radiographs",
    synopsis: "--data DIR [options]",
    options: [
      dataOption.specification, runOption.specification, epochsOption.specification,
      CommonOptions.size.specification, CommonOptions.batch.specification,
      CommonOptions.channels.specification, latentSizeOption.specification,
      CommonOptions.generatorFeatures.specification,
      CommonOptions.discriminatorFeatures.specification, learningRateOption.specification,
      beta1Option.specification,
    ] + techniqueSpecifications + [
      seedOption.specification, splitOption.specification,
      classOption.specification, excludeOption.specification, limitOption.specification,
      fitOption.specification, backgroundOption.specification, stepsOption.specification,
      CommonOptions.threads.specification, checkpointEveryOption.specification,
      keepOption.specification, keepEveryOption.specification,
      initialGeneratorOption.specification, initialDiscriminatorOption.specification,
      resumeFlag.specification, epochOption.specification, acceptChangedDataFlag.specification,
      strictFlag.specification, CommonOptions.json.specification,
      CommonOptions.quiet.specification,
    ],
    examples: [
      .init(
        "dcgan train --data ./chest_xray", "trains for 100 epochs and writes to ./dcgan-run"),
      .init(
        "dcgan train --data ./chest_xray --size 64 --ngf 32 --ndf 32 --epochs 15",
        "trains smaller networks: hours become minutes"),
      .init(
        "dcgan train --data ./chest_xray --class NORMAL --size 64 --run ./normal",
        "trains smaller images on one class only"),
      .init("dcgan train --resume", "goes on where the run in ./dcgan-run stopped"),
    ],
    notes: [
      "A folder that already holds a run is refused: continue it with --resume, or name another "
        + "with --run. Ctrl-C stops after the step under way and writes a checkpoint; a second "
        + "Ctrl-C stops at once.",
      "--init-generator and --init-discriminator take what safetensors.torch.save_file makes of a "
        + "network's state_dict() in PyTorch, and what 'dcgan export' writes; --size, --channels, "
        + "--nz, --ngf and --ndf must be the file's. Adam starts anew.",
    ])
}
