import Arguments

/// The settings of `dcgan score`, every one read and in range.
package struct ScoreOptions: Sendable, Equatable {
  /// Lists the images and folders to score.
  package var paths: [String]
  /// The folder of the training run.
  package var run: String
  /// The epoch whose checkpoint is used; nil for the latest.
  package var epoch: Int?
  /// Where the networks come from.
  package var networks: NetworkSource
  /// The number of threads; nil for all cores.
  package var threads: Int?
  /// Whether the result is printed as JSON.
  package var json: Bool
  /// Whether progress is silent.
  package var quiet: Bool

  /// Reads the options; throws where a value is none of its option's.
  package init(_ arguments: ParsedArguments) throws(UsageError) {
    paths = arguments.operands
    run = try arguments.value(CommonOptions.run)
    epoch = try arguments.optionalValue(CommonOptions.epoch)
    networks = try NetworkSource(arguments, needs: .discriminator)
    threads = try arguments.optionalValue(CommonOptions.threads)
    json = arguments.isSet(CommonOptions.json)
    quiet = arguments.isSet(CommonOptions.quiet)
  }
}

extension ScoreOptions {
  static let discriminatorOption = NetworkSource.discriminatorOption(
    help:
      "use the discriminator in this file, written by 'dcgan export' or PyTorch, instead of a run; the "
      + "sizes follow from its shapes")
  static let generatorOption = NetworkSource.generatorOption(
    help:
      "the generator that belongs to --discriminator, to check that both are for the same images"
  )

  /// Describes `dcgan score`.
  package static let specification = CommandSpecification(
    name: "score",
    purpose: "print how real the discriminator finds images: scores from 0 to 1",
    synopsis: "[options] PATH...",
    options: [
      CommonOptions.run.specification, CommonOptions.epoch.specification,
      discriminatorOption.specification, generatorOption.specification,
      CommonOptions.threads.specification, CommonOptions.json.specification,
      CommonOptions.quiet.specification,
    ],
    operands: OperandSpecification(
      synopsis: "PATH...", expectation: "images or folders of images",
      help: "images (.jpeg, .jpg, .png) or folders, searched with all their subfolders; "
        + "contact sheets of samples are left out",
      count: 1...Int.max),
    examples: [
      .init("dcgan score ./samples", "prints a score and a file name on each line"),
      .init(
        "dcgan score --epoch 80 --json scan.jpeg",
        "asks the discriminator of epoch 80 and prints JSON"),
      .init(
        "dcgan score --discriminator netD.safetensors ./samples",
        "asks a discriminator without its run"),
    ])
}
