import Arguments

/// The settings of `dcgan manual`.
package struct ManualOptions: TabledOptions, Equatable {
  /// Whether the page is written in Markdown instead of man's format.
  package var isMarkdown = false
  /// The names of the options that the user gave.
  package var given: Set<String> = []
}

extension ManualOptions {
  /// States every option once.
  package static let table = OptionTable<Self>(
    defaults: Self(),
    [
      .flag(
        \.isMarkdown,
        Flag("markdown", help: "print Markdown, for the guide, instead of man's format"))
    ])

  /// Describes `dcgan manual`.
  package static let specification = CommandSpecification(
    name: "manual",
    purpose: "print a manual page for all commands, in man's format",
    groups: table.groups,
    examples: [
      .init("dcgan manual | man -l -", "shows the manual page"),
      .init(
        "dcgan manual > ~/.local/share/man/man1/dcgan.1", "installs it, so that man dcgan finds it"),
    ])
}
