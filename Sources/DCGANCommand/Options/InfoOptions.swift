import Arguments

/// The settings of `dcgan info`, every one read and in range.
package struct InfoOptions: Sendable, Equatable {
  /// The run's folder or the checkpoint to describe; nil for `./dcgan-run` where there is one.
  package var path: String?
  /// Whether the result is printed as JSON.
  package var json: Bool

  /// Reads the options.
  package init(_ arguments: ParsedArguments) {
    path = arguments.operands.first
    json = arguments.isSet(CommonOptions.json)
  }
}

extension InfoOptions {
  /// Describes `dcgan info`.
  package static let specification = CommandSpecification(
    name: "info",
    purpose: "describe a run or a checkpoint, and the processor variant in use",
    synopsis: "[options] [PATH]",
    options: [CommonOptions.json.specification, CommonOptions.quiet.specification],
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
