import DCGAN

/// Holds the settings of `dcgan export`, every one read and in range.
package struct ExportOptions: Sendable, Equatable {
  /// Is the file to write.
  package var out: String
  /// Is the network to write.
  package var network: NetworkKind
  /// Is the folder of the training run.
  package var run: String
  /// Is the epoch whose checkpoint is used; nil for the latest.
  package var epoch: Int?
  /// Tells whether the result is printed as JSON.
  package var json: Bool

  /// Reads the options; throws where a value is none of its option's or `--out` is missing.
  package init(_ arguments: ParsedArguments) throws(UsageError) {
    out = try arguments.value(Self.outOption)
    network = arguments.isSet(Self.discriminatorFlag) ? .discriminator : .generator
    run = try arguments.value(CommonOptions.run)
    epoch = try arguments.optionalValue(CommonOptions.epoch)
    json = arguments.isSet(CommonOptions.json)
  }
}

extension ExportOptions {
  static let outOption = Option<String>.text(
    "out", "FILE", what: "a file whose name ends in .safetensors", example: "netG.safetensors",
    suffixes: [".safetensors"], help: "file to write")
  static let discriminatorFlag = Flag(
    "discriminator", help: "write the discriminator instead of the generator")

  /// Describes `dcgan export`.
  package static let specification = CommandSpecification(
    name: "export",
    purpose: "write one network for PyTorch and others",
    synopsis: "--out FILE [options]",
    options: [
      outOption.specification, discriminatorFlag.specification, CommonOptions.run.specification,
      CommonOptions.epoch.specification, CommonOptions.json.specification,
      CommonOptions.quiet.specification,
    ],
    examples: [
      .init("dcgan export --out netG.safetensors", "writes the generator of ./dcgan-run"),
      .init(
        "dcgan export --discriminator --epoch 80 --out netD.safetensors",
        "writes the discriminator as it was after epoch 80"),
    ],
    notes: [
      "The file holds weights and running statistics under the names that PyTorch's DCGAN tutorial "
        + "gives them, main.0.weight and so on. There netG.load_state_dict("
        + "safetensors.torch.load_file(FILE)) reads it; here --init-generator and "
        + "--init-discriminator of 'dcgan train' do."
    ])
}
