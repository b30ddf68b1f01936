import Support

/// What stands on the command line after the command's name, sorted but not yet read.
package struct ParsedArguments: Sendable, Equatable {
  /// The command whose arguments these are.
  package let command: String

  /// Every given option's values in order; a flag has the empty list.
  package var values: [String: [String]] = [:]

  /// The arguments that are no options, in order.
  package var operands: [String] = []

  /// Makes the arguments of a command line that stops at the command's name.
  package init(command: String) { self.command = command }

  /// The names of the options on the command line, without dashes.
  package var given: Set<String> { Set(values.keys) }

  /// Reads the value of an option, nil where it is not given; throws where the text is none.
  func value<Value>(
    of option: OptionSpecification, _ read: (String) -> Value?
  ) throws(UsageError) -> Value? {
    try values(of: option, read).last
  }

  /// Reads all values of an option in order; throws where a text is none.
  func values<Value>(
    of option: OptionSpecification, _ read: (String) -> Value?
  ) throws(UsageError) -> [Value] {
    var result: [Value] = []
    for text in values[option.name] ?? [] {
      guard let value = read(text) else {
        let meant = option.corrected(text).flatMap { read($0) == nil ? nil : $0 }
        throw refusal(of: text, option, meant: meant)
      }
      result.append(value)
    }
    return result
  }

  private func refusal(
    of text: String, _ option: OptionSpecification, meant: String?
  ) -> UsageError {
    let found = text.isEmpty ? "an empty value" : quoted(text)
    let advice =
      meant == nil ? "; for example \(option.spelling) \(option.example)" : suggestion(meant)
    return UsageError(
      "\(option.spelling) expects \(option.expectation), but found \(found)\(advice)",
      command: command)
  }
}
