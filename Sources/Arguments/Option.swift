/// Declares an option without a value.
package struct Flag: Sendable {
  /// Describes the flag to the parser.
  package let specification: OptionSpecification

  /// Declares `--name`.
  package init(_ name: String, help: String) {
    specification = OptionSpecification(
      name: name, placeholder: nil, expectation: "no value", example: "", defaultText: nil,
      help: help)
  }
}

/// Declares an option with a value of one type: its name, its range and its help. Its default is
/// that of the property which keeps the value: an `OptionField` joins the two.
package struct Option<Value: Sendable>: Sendable {
  /// Reads a value, or returns nil where the text is none.
  package let read: @Sendable (String) -> Value?

  private let describe: @Sendable (Value?) -> OptionSpecification

  /// Joins what reads a value with the description, which shows the default where there is one.
  package init(
    read: @escaping @Sendable (String) -> Value?,
    describe: @escaping @Sendable (_ default: Value?) -> OptionSpecification
  ) {
    (self.read, self.describe) = (read, describe)
  }

  /// Describes the option to the parser, without any default.
  package var specification: OptionSpecification { describe(nil) }

  /// Describes the option to the parser, with the value that counts where none is given.
  package func specification(default value: Value?) -> OptionSpecification { describe(value) }
}
