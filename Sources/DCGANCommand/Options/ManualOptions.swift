import Arguments

/// The settings of `dcgan manual`.
package struct ManualOptions: Sendable, Equatable {
  /// Whether the page is written in Markdown instead of man's format.
  package var isMarkdown: Bool

  /// Reads the options.
  package init(_ arguments: ParsedArguments) {
    isMarkdown = arguments.isSet(Self.markdown)
  }
}

extension ManualOptions {
  private static let markdown = Flag(
    "markdown", help: "print Markdown, for the guide, instead of man's format")

  /// Describes `dcgan manual`.
  package static let specification = CommandSpecification(
    name: "manual",
    purpose: "print a manual page for all commands, in man's format",
    options: [markdown.specification],
    examples: [
      .init("dcgan manual | man -l -", "shows the manual page"),
      .init(
        "dcgan manual > ~/.local/share/man/man1/dcgan.1", "installs it, so that man dcgan finds it"),
    ])
}
