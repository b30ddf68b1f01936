/// Describes `dcgan manual`, which has no settings.
package enum ManualOptions {
  /// Describes `dcgan manual`.
  package static let specification = CommandSpecification(
    name: "manual",
    purpose: "print the manual page of all commands, in man's own format",
    synopsis: "",
    options: [],
    examples: [
      .init("dcgan manual | man -l -", "reads it"),
      .init(
        "dcgan manual > ~/.local/share/man/man1/dcgan.1", "keeps it, so that man dcgan finds it"),
    ])
}
