import Arguments

/// The settings of `dcgan info`, every one read and in range.
package struct InfoOptions: TabledOptions, Equatable {
  /// The run's folder or the checkpoint to describe; nil for `./dcgan-run` where there is one.
  package var path: String?
  /// Whether the result is printed as JSON.
  package var json = false
  /// Whether progress is silent, of which there is none here.
  package var quiet = false
  /// The names of the options that the user gave.
  package var given: Set<String> = []

  /// Takes the path.
  package mutating func complete(operands: [String]) { path = operands.first }
}

extension InfoOptions {
  /// States every option once.
  package static let table = OptionTable<Self>(
    defaults: Self(),
    [.flag(\.json, CommonOptions.json), .flag(\.quiet, CommonOptions.quiet)])

  /// Describes `dcgan info`.
  package static let specification = CommandSpecification(
    name: "info",
    purpose: "describe a run or a checkpoint, and the processor variant in use",
    synopsis: "[options] [PATH]",
    groups: table.groups,
    operands: OperandSpecification(
      synopsis: "PATH", expectation: "a run's folder or a checkpoint",
      help: "a run's folder or a .safetensors checkpoint (default: ./dcgan-run, if it exists)",
      count: 0...1),
    examples: [
      .init("dcgan info", "describes the run in ./dcgan-run"),
      .init(
        "dcgan info ./dcgan-run/checkpoints/epoch-0100.safetensors", "describes one checkpoint"),
    ])
}
