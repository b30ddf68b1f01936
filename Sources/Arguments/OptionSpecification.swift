import Support

/// Describes one option as the parser and the help texts need it.
package struct OptionSpecification: Sendable, Equatable {
  /// The name without its dashes: `checkpoint-every`.
  package let name: String

  /// Stands for the value in the help, `N` or `DIR`; nil for a flag, which takes none.
  package let placeholder: String?

  /// Which values are taken: `a whole number from 1 to 1024`.
  package let expectation: String

  /// A value that is accepted, for messages.
  package let example: String

  /// The default as the help shows it, or nil where there is nothing to show.
  package let defaultText: String?

  /// Explains the option in a line or two.
  package let help: String

  /// Whether the option may be given more than once.
  package let isRepeatable: Bool

  /// What a shell may offer as the value.
  package let completion: ValueCompletion

  /// Collects the parts.
  package init(
    name: String, placeholder: String?, expectation: String, example: String,
    defaultText: String?, help: String, isRepeatable: Bool, completion: ValueCompletion = .nothing
  ) {
    (self.name, self.placeholder, self.help) = (name, placeholder, help)
    (self.expectation, self.example, self.defaultText) = (expectation, example, defaultText)
    (self.isRepeatable, self.completion) = (isRepeatable, completion)
  }

  /// Whether a value follows the name.
  package var takesValue: Bool { placeholder != nil }

  /// Writes the option as the user types it: `--epochs`.
  package var spelling: String { "--\(name)" }

  /// Writes the option as the help shows it: `--epochs N`.
  package var synopsis: String { placeholder.map { "\(spelling) \($0)" } ?? spelling }

  /// What the option does, whether it may be repeated, and its default.
  var explanation: String {
    let extras = [isRepeatable ? "may be repeated" : nil, defaultText.map { "default: \($0)" }]
      .compactMap { $0 }
    return extras.isEmpty ? help : "\(help) (\(extras.joined(separator: "; ")))"
  }

  /// Corrects a text to the nearest name that the option knows, or each name of a list, set off by
  /// commas; nil where none is near, or the option takes no names.
  func corrected(_ text: String) -> String? {
    guard case .words(let words) = completion else { return nil }
    let names = words.filter { !$0.contains(",") && Int($0) == nil }
    let takesList = words.contains { $0.contains(",") }
    let given = takesList ? text.split(separator: ",").map { String($0) } : [text]
    let meant = given.compactMap { nearestName(to: $0.lowercased(), among: names) }
    return meant.count == given.count ? meant.joined(separator: ",") : nil
  }
}

/// Declares an option without a value.
package struct Flag: Sendable {
  /// Describes the flag to the parser.
  package let specification: OptionSpecification

  /// Declares `--name`.
  package init(_ name: String, help: String) {
    specification = OptionSpecification(
      name: name, placeholder: nil, expectation: "no value", example: "", defaultText: nil,
      help: help, isRepeatable: false)
  }
}

/// Declares an option with a value of one type: its name, its range, its default and its help are
/// stated in one place, from which the parser, the typed options and the help texts all follow.
package struct Option<Value: Sendable>: Sendable {
  /// Describes the option to the parser.
  package let specification: OptionSpecification

  /// The value of an option that is not given, or nil where there is none.
  package let defaultValue: Value?

  /// Reads a value, or returns nil where the text is none.
  package let read: @Sendable (String) -> Value?

  /// Joins the description with what reads a value.
  package init(
    specification: OptionSpecification, defaultValue: Value?,
    read: @escaping @Sendable (String) -> Value?
  ) {
    (self.specification, self.defaultValue, self.read) = (specification, defaultValue, read)
  }
}
