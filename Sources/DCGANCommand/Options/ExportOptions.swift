import Arguments
import Checkpoints

/// The settings of `dcgan export`, every one read and in range.
package struct ExportOptions: TabledOptions, Equatable {
  /// The file to write a network to; nil where real images are written.
  package var out: String?
  /// Whether the discriminator is written, instead of the generator.
  package var discriminator = false
  /// The folder to write real images to; nil where a network is written.
  package var images: String?
  /// Where the data lies; nil for where the run found it.
  package var data: String?
  /// The folder of the training run.
  package var run = CommonOptions.defaultRun
  /// The epoch whose checkpoint is used; nil for the latest.
  package var epoch: Int?
  /// Whether the result is printed as JSON.
  package var json = false
  /// Whether progress is silent.
  package var quiet = false
  /// The names of the options that the user gave.
  package var given: Set<String> = []

  /// The network to write.
  package var network: NetworkKind { discriminator ? .discriminator : .generator }

  /// Throws where `--out` and `--images` are both missing, and where an option belongs to the other
  /// of the two.
  package mutating func complete(operands: [String]) throws(UsageError) {
    try refuse(
      [\.out, \.discriminator, \.epoch], beside: [\.images],
      because: "real images belong to no network")
    guard images == nil else { return }
    guard data == nil else {
      throw refusal(
        "--data is the folder that --images DIR reads; give --images too, or leave --data out")
    }
    try need(\.out)
  }
}

extension ExportOptions {
  /// States every option once.
  package static let table = OptionTable<Self>(
    defaults: Self(),
    [
      .optional(
        \.out,
        .text(
          "out", "FILE", what: "a file whose name ends in .safetensors",
          example: "netG.safetensors", suffixes: [".safetensors"],
          help: "write one network to this file")),
      .flag(
        \.discriminator,
        Flag("discriminator", help: "write the discriminator instead of the generator")),
      .optional(
        \.images,
        .text(
          "images", "DIR", what: "a folder", example: "./real",
          help: "write the run's real images, as the networks see them, to this folder instead")),
      .optional(
        \.data, CommonOptions.data(help: "folder that --images reads the real images from")),
      .value(\.run, CommonOptions.run),
      .optional(\.epoch, CommonOptions.epoch),
      .flag(\.json, CommonOptions.json),
      .flag(\.quiet, CommonOptions.quiet),
    ])

  /// Describes `dcgan export`.
  package static let specification = CommandSpecification(
    name: "export",
    purpose: "write one network, or the real images, for PyTorch and other programs",
    synopsis: "--out FILE | --images DIR [options]",
    groups: table.groups,
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
