import Arguments
import DataSets
import Imaging

/// The settings of `dcgan score`, every one read and in range.
package struct ScoreOptions: NetworkOptions, Equatable {
  /// Lists the images and folders to score.
  package var paths: [String] = []
  /// The class that images are scored as; nil for that of their folders.
  package var className: String?
  /// The folder of the training run.
  package var run = CommonOptions.defaultRun
  /// The epoch whose checkpoint is used; nil for the latest.
  package var epoch: Int?
  /// A file with the discriminator that scores; nil for the run's.
  package var discriminator: String?
  /// A file with the generator that belongs to `discriminator`.
  package var generator: String?
  /// Which grey samples of 16 bits become black and which white; nil for the run's choice.
  package var window: IntensityWindow?
  /// Which frames are scored of a file that holds several; nil for the run's choice.
  package var frames: FrameChoice?
  /// Whether images are scored in which, as their files say, a patient's data are written.
  package var allowsBurnedIn = false
  /// The number of threads; nil for all cores.
  package var threads: Int?
  /// Whether the result is printed as JSON.
  package var json = false
  /// Whether progress is silent.
  package var quiet = false
  /// The names of the options that the user gave.
  package var given: Set<String> = []

  /// Takes the paths; throws where files of networks come with a run, or without one that scores.
  package mutating func complete(operands: [String]) throws(UsageError) {
    paths = operands
    try refuseNetworks(without: .discriminator)
  }
}

extension ScoreOptions {
  /// States every option once.
  package static let table = OptionTable<Self>(
    defaults: Self(),
    [
      .optional(
        \.className,
        .text(
          "class", "NAME", what: "the name of a class", example: "PNEUMONIA",
          defaultText: "the folder that an image lies in", completion: .nothing,
          help: "score the images as ones of this class, if the run was trained with --conditional"
        )),
      .value(\.run, CommonOptions.run),
      .optional(\.epoch, CommonOptions.epoch),
      .optional(
        \.discriminator,
        NetworkSource.discriminatorOption(
          help: "use the discriminator in this file, written by 'dcgan export' or PyTorch, instead "
            + "of a run; the sizes follow from its shapes")),
      .optional(
        \.generator,
        NetworkSource.generatorOption(
          help: "the generator that belongs to --discriminator, to check that both are for the "
            + "same images")),
      .optional(
        \.window,
        CommonOptions.window(
          defaultText: "as for the run's training, otherwise what the file says")),
      .optional(
        \.frames, CommonOptions.frames(defaultText: "as for the run's training, otherwise middle")),
      .flag(\.allowsBurnedIn, CommonOptions.allowsBurnedIn),
      .optional(\.threads, CommonOptions.threads),
      .flag(\.json, CommonOptions.json),
      .flag(\.quiet, CommonOptions.quiet),
    ])

  /// Describes `dcgan score`.
  package static let specification = CommandSpecification(
    name: "score",
    purpose: "print how real the discriminator finds images: scores from 0 to 1",
    synopsis: "[options] PATH...",
    groups: table.groups,
    operands: OperandSpecification(
      synopsis: "PATH...", expectation: "images or folders of images",
      help: "images (JPEG, PNG, DICOM and other image files) or folders, searched with all their "
        + "subfolders; contact sheets of samples are left out",
      count: 1...Int.max),
    examples: [
      .init("dcgan score ./samples", "prints a score and a file name on each line"),
      .init(
        "dcgan score --epoch 80 --json scan.jpeg",
        "asks the discriminator of epoch 80 and prints JSON"),
      .init(
        "dcgan score --discriminator netD.safetensors ./samples",
        "asks a discriminator without its run"),
      .init(
        "dcgan score --frames all volume.dcm",
        "scores every frame of a DICOM file, named volume.dcm[0] and so on"),
    ])
}
