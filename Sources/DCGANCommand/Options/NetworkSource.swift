import Arguments

/// Where the networks of `sample`, `score` and `evaluate` come from.
package enum NetworkSource: Sendable, Equatable {
  /// A checkpoint of a run's folder: that of an epoch, or the latest.
  case run(path: String, epoch: Int?)
  /// Files of one network each, without a run.
  case files(generator: String?, discriminator: String?)

  /// Whether there is a network that scores.
  package var hasDiscriminator: Bool {
    if case .files(_, discriminator: nil) = self { return false }
    return true
  }

  /// Whether the networks come from files of their own.
  package var isFiles: Bool {
    if case .files = self { return true }
    return false
  }

  static let generatorOption = generatorOption(
    help: "use the generator in this file, written by 'dcgan export' or PyTorch, instead of a run; "
      + "the sizes follow from its shapes")
  static let discriminatorOption = discriminatorOption(
    help: "use the discriminator in this file, in the same format")

  /// Declares `--generator` with the help of a command.
  static func generatorOption(help: String) -> Option<String> {
    .text(
      "generator", "FILE", what: "a safetensors file", example: "netG.safetensors", help: help)
  }

  /// Declares `--discriminator` with the help of a command.
  static func discriminatorOption(help: String) -> Option<String> {
    .text(
      "discriminator", "FILE", what: "a safetensors file", example: "netD.safetensors", help: help)
  }
}
