import Arguments
import Checkpoints

/// The settings of a command that takes networks from a run or from files.
package protocol NetworkOptions: TabledOptions {
  /// The folder of the training run.
  var run: String { get }
  /// The epoch whose checkpoint is used; nil for the latest.
  var epoch: Int? { get }
  /// A file with a generator; nil where none is given.
  var generator: String? { get }
  /// A file with a discriminator; nil where none is given.
  var discriminator: String? { get }
}

extension NetworkOptions {
  /// Where the networks come from.
  package var networks: NetworkSource {
    generator == nil && discriminator == nil
      ? .run(path: run, epoch: epoch)
      : .files(generator: generator, discriminator: discriminator)
  }

  /// Throws where files come with a run or an epoch, and where the network that is needed is not
  /// among the files.
  func refuseNetworks(without needed: NetworkKind) throws(UsageError) {
    guard networks.isFiles else { return }
    try refuseRun(
      beside: generator == nil ? NetworkSource.discriminatorOption : NetworkSource.generatorOption)
    if generator == nil, needed == .generator {
      throw refusal(
        "--discriminator needs the generator that makes the images: give --generator with its file "
          + "too, or --run with the run of both")
    }
    if discriminator == nil, needed == .discriminator {
      throw refusal(
        "--generator gives no scores: give --discriminator with the file of the network that "
          + "scores, or --run with the run of both")
    }
  }

  private func refuseRun(beside file: Option<String>) throws(UsageError) {
    guard isGiven(CommonOptions.run) || isGiven(CommonOptions.epoch) else { return }
    let other =
      isGiven(CommonOptions.run)
      ? CommonOptions.run.specification : CommonOptions.epoch.specification
    throw UsageError(
      file.specification, beside: other, because: "the networks come from files, not from a run",
      command: Self.specification.name)
  }
}
