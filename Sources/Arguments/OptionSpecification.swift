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
  package internal(set) var defaultText: String?

  /// Explains the option in a line or two.
  package let help: String

  /// Whether the option may be given more than once.
  package internal(set) var isRepeatable: Bool

  /// What a shell may offer as the value.
  package let completion: ValueCompletion

  /// Collects the parts.
  package init(
    name: String, placeholder: String?, expectation: String, example: String,
    defaultText: String?, help: String, isRepeatable: Bool = false,
    completion: ValueCompletion = .nothing
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
