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
  private static let markdown = Flag("markdown", help: "print it in Markdown, for the guide")

  /// Describes `dcgan manual`.
  package static let specification = CommandSpecification(
    name: "manual",
    purpose: "print the manual page of all commands, in man's own format",
    options: [markdown.specification],
    examples: [
      .init("dcgan manual | man -l -", "reads it"),
      .init(
        "dcgan manual > ~/.local/share/man/man1/dcgan.1", "keeps it, so that man dcgan finds it"),
    ])
}
