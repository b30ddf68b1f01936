import Arguments
import Checkpoints

/// The settings of `dcgan export`, every one read and in range.
package struct ExportOptions: Sendable, Equatable {
  /// The file to write a network to; nil where real images are written.
  package var out: String?
  /// The folder to write real images to; nil where a network is written.
  package var images: String?
  /// Where the data lies; nil for where the run found it.
  package var data: String?
  /// The network to write.
  package var network: NetworkKind
  /// The folder of the training run.
  package var run: String
  /// The epoch whose checkpoint is used; nil for the latest.
  package var epoch: Int?
  /// Whether the result is printed as JSON.
  package var json: Bool
  /// Whether progress is silent.
  package var quiet: Bool

  /// Reads the options; throws where a value is none of its option's, where `--out` or `--images` is
  /// missing, and where an option belongs to the other of the two.
  package init(_ arguments: ParsedArguments) throws(UsageError) {
    images = try arguments.optionalValue(Self.imagesOption)
    data = try arguments.optionalValue(Self.dataOption)
    try Self.refuseConflicts(arguments)
    out = images == nil ? try arguments.value(Self.outOption) : nil
    network = arguments.isSet(Self.discriminatorFlag) ? .discriminator : .generator
    run = try arguments.value(CommonOptions.run)
    epoch = try arguments.optionalValue(CommonOptions.epoch)
    json = arguments.isSet(CommonOptions.json)
    quiet = arguments.isSet(CommonOptions.quiet)
  }

  /// Throws where an option has no effect beside `--images`, or without it.
  private static func refuseConflicts(_ arguments: ParsedArguments) throws(UsageError) {
    let given = arguments.explicit
    if given.contains(imagesOption.specification.name) {
      let others = [
        outOption.specification, discriminatorFlag.specification, CommonOptions.epoch.specification,
      ]
      guard let other = others.first(where: { given.contains($0.name) }) else { return }
      throw UsageError(
        "\(other.spelling) and --images exclude each other: real images belong to no network; leave "
          + "one out", command: arguments.command)
    }
    if given.contains(dataOption.specification.name) {
      throw UsageError(
        "--data is the folder that --images DIR reads; give --images too, or leave --data out",
        command: arguments.command)
    }
  }
}

extension ExportOptions {
  static let outOption = Option<String>.text(
    "out", "FILE", what: "a file whose name ends in .safetensors", example: "netG.safetensors",
    suffixes: [".safetensors"], help: "write one network to this file")
  static let imagesOption = Option<String>.text(
    "images", "DIR", what: "a folder", example: "./real",
    help: "write the run's real images, as the networks see them, to this folder instead")
  static let dataOption = Option<String>.text(
    "data", "DIR", what: "a folder with radiographs", example: "./chest_xray",
    defaultText: "the run's data folder", help: "folder that --images reads the real images from")
  static let discriminatorFlag = Flag(
    "discriminator", help: "write the discriminator instead of the generator")

  /// Describes `dcgan export`.
  package static let specification = CommandSpecification(
    name: "export",
    purpose: "write one network, or the real images, for PyTorch and other programs",
    synopsis: "--out FILE | --images DIR [options]",
    options: [
      outOption.specification, discriminatorFlag.specification, imagesOption.specification,
      dataOption.specification, CommonOptions.run.specification,
      CommonOptions.epoch.specification, CommonOptions.json.specification,
      CommonOptions.quiet.specification,
    ],
    examples: [
      .init("dcgan export --out netG.safetensors", "writes the generator of ./dcgan-run"),
      .init(
        "dcgan export --discriminator --epoch 80 --out netD.safetensors",
        "writes the discriminator as it was after epoch 80"),
      .init(
        "dcgan export --images ./real",
        "writes the images that ./dcgan-run was trained on, as the networks see them"),
    ],
    notes: [
      "The file holds weights and running statistics under the names used in PyTorch's DCGAN tutorial "
        + "(main.0.weight and so on). PyTorch reads it with netG.load_state_dict("
        + "safetensors.torch.load_file(FILE)), dcgan with --init-generator and --init-discriminator of "
        + "'dcgan train' and with --generator and --discriminator of sample, score and evaluate. Its "
        + "__metadata__ has nz, ngf or ndf, channels and size.",
      "--images is for FID and other metrics of programs that compare folders: real-00001.png and so "
        + "on are the images of the run's split, classes and limit, after decoding, resizing and "
        + "cropping. Like the data, they show patients.",
    ])
}
