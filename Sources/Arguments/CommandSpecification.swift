/// Describes one command as the parser and the help texts need it.
package struct CommandSpecification: Sendable, Equatable {
  /// The word after the program's name.
  package let name: String

  /// What the command does, in one line.
  package let purpose: String

  /// Follows the name in the usage line: `--data DIR [options]`.
  package let synopsis: String

  /// The options under the headings of the help, in its order.
  package let groups: [OptionGroup]

  /// Describes the arguments that are no options, or nil where the command takes none.
  package let operands: OperandSpecification?

  /// Lists command lines to try, each with what it does.
  package let examples: [Example]

  /// Explains what the options do not: what is written where, what is refused.
  package let notes: [String]

  /// All options in the order of the help.
  package var options: [OptionSpecification] { groups.flatMap(\.options) }

  /// Collects the parts.
  package init(
    name: String, purpose: String, synopsis: String = "[options]", groups: [OptionGroup],
    operands: OperandSpecification? = nil, examples: [Example], notes: [String] = []
  ) {
    self.name = name
    self.purpose = purpose
    self.synopsis = synopsis
    self.groups = groups
    self.operands = operands
    self.examples = examples
    self.notes = notes
  }

  /// Pairs a command line with what it does.
  package struct Example: Sendable, Equatable {
    /// The line to type.
    package let line: String
    /// What it does.
    package let meaning: String

    /// Pairs `line` with `meaning`.
    package init(_ line: String, _ meaning: String) {
      self.line = line
      self.meaning = meaning
    }
  }
}

/// Options of a command that belong together.
package struct OptionGroup: Sendable, Equatable {
  /// The heading above the options; nil where a command has one group only.
  package let heading: String?
  /// The options in the order of the help.
  package let options: [OptionSpecification]

  /// Groups options under a heading.
  package init(_ heading: String?, _ options: [OptionSpecification]) {
    self.heading = heading
    self.options = options
  }
}

/// Describes the arguments of a command that are no options.
package struct OperandSpecification: Sendable, Equatable {
  /// Stands for them in the help: `FILE...`.
  package let synopsis: String
  /// What they are, completing "expects …".
  package let expectation: String
  /// Explains them in a line or two.
  package let help: String
  /// How many there may be.
  package let count: ClosedRange<Int>
  /// What a shell may offer.
  package let completion: ValueCompletion

  /// Describes the operands of a command; a shell offers what the synopsis says, such as `FILE`,
  /// unless `completion` says otherwise.
  package init(
    synopsis: String, expectation: String, help: String, count: ClosedRange<Int>,
    completion: ValueCompletion? = nil
  ) {
    self.synopsis = synopsis
    self.expectation = expectation
    self.help = help
    self.count = count
    self.completion = completion ?? ValueCompletion(placeholder: synopsis)
  }
}
