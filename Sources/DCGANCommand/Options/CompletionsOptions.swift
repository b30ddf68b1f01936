import Arguments
import Support

/// The settings of `dcgan completions`.
package struct CompletionsOptions: CommandOptions, Equatable {
  /// The shell to write for.
  package var shell: Shell

  /// Reads the operand; throws where it names no known shell.
  package init(_ arguments: ParsedArguments) throws(UsageError) {
    let name = arguments.operands.first ?? ""
    guard let shell = Shell(rawValue: name) else {
      let names = Shell.allCases.map(\.rawValue)
      throw UsageError(
        "SHELL expects \(Self.expectation), but found \(quoted(name))"
          + suggestion(nearestName(to: name, among: names)),
        command: arguments.command)
    }
    self.shell = shell
  }
}

extension CompletionsOptions {
  private static let expectation = "bash, zsh or fish"

  /// Describes `dcgan completions`.
  package static let specification = CommandSpecification(
    name: "completions",
    purpose: "print shell completions of dcgan's commands and options",
    synopsis: "SHELL",
    groups: [OptionGroup(nil, [])],
    operands: OperandSpecification(
      synopsis: "SHELL", expectation: expectation, help: "the shell: \(expectation)", count: 1...1,
      completion: .words(Shell.allCases.map(\.rawValue))),
    examples: [
      .init(
        "dcgan completions bash", "save this as ~/.local/share/bash-completion/completions/dcgan"),
      .init("dcgan completions zsh", "save this as _dcgan in a folder of zsh's fpath"),
      .init("dcgan completions fish", "save this as ~/.config/fish/completions/dcgan.fish"),
    ],
    notes: [
      "To try them in the current shell: source <(dcgan completions bash); the same with zsh, after "
        + "compinit; or dcgan completions fish | source."
    ])
}
