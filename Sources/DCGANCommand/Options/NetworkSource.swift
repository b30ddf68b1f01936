import Arguments
import Checkpoints

/// Where the networks of `sample`, `score` and `evaluate` come from.
package enum NetworkSource: Sendable, Equatable {
  /// A checkpoint of a run's folder: that of an epoch, or the latest.
  case run(path: String, epoch: Int?)
  /// Files of one network each, without a run.
  case files(generator: String?, discriminator: String?)

  /// Reads the options; throws where files come with a run or an epoch, and where the network that is
  /// needed is not among the files.
  init(_ arguments: ParsedArguments, needs needed: NetworkKind) throws(UsageError) {
    let generator = try arguments.optionalValue(Self.generatorOption)
    let discriminator = try arguments.optionalValue(Self.discriminatorOption)
    guard generator != nil || discriminator != nil else {
      self = .run(
        path: try arguments.value(CommonOptions.run),
        epoch: try arguments.optionalValue(CommonOptions.epoch))
      return
    }
    self = .files(generator: generator, discriminator: discriminator)
    let given = generator == nil ? Self.discriminatorOption : Self.generatorOption
    for other in [CommonOptions.run.specification, CommonOptions.epoch.specification]
    where arguments.explicit.contains(other.name) {
      throw UsageError(
        "\(given.specification.spelling) and \(other.spelling) exclude each other: the networks come "
          + "from files, not from a run; leave one out", command: arguments.command)
    }
    if generator == nil, needed == .generator {
      throw UsageError(
        "--discriminator needs the generator that makes the images: give --generator with its file "
          + "too, or --run with the run of both", command: arguments.command)
    }
    if discriminator == nil, needed == .discriminator {
      throw UsageError(
        "--generator gives no scores: give --discriminator with the file of the network that scores, "
          + "or --run with the run of both", command: arguments.command)
    }
  }

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
    help:
      "use the generator in this file, written by 'dcgan export' or PyTorch, instead of a run; the "
      + "sizes follow from its shapes")
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
