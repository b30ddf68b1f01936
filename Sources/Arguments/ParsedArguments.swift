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

  /// The options that stand on the command line, without dashes.
  package var explicit: Set<String> { Set(values.keys) }

  /// Tells whether the flag is given.
  package func isSet(_ flag: Flag) -> Bool { values[flag.specification.name] != nil }

  /// Returns the given value, else the default; throws where there is neither or the text is
  /// no value of the option.
  package func value<Value>(_ option: Option<Value>) throws(UsageError) -> Value {
    if let value = try optionalValue(option) { return value }
    let specification = option.specification
    throw UsageError(
      "\(specification.spelling) is missing; give \(specification.expectation), "
        + "for example \(specification.spelling) \(specification.example)",
      command: command)
  }

  /// Returns the given value, else the default, else nil; throws where the text is no value of
  /// the option.
  package func optionalValue<Value>(_ option: Option<Value>) throws(UsageError) -> Value? {
    try values(option).last ?? option.defaultValue
  }

  /// Returns all values of a repeatable option in order; throws where a text is none.
  package func values<Value>(_ option: Option<Value>) throws(UsageError) -> [Value] {
    var result: [Value] = []
    for text in values[option.specification.name] ?? [] {
      guard let value = option.read(text) else { throw refusal(of: text, option) }
      result.append(value)
    }
    return result
  }

  private func refusal<Value>(of text: String, _ option: Option<Value>) -> UsageError {
    let specification = option.specification
    let found = text.isEmpty ? "an empty value" : quoted(text)
    let meant = specification.corrected(text).flatMap { option.read($0) == nil ? nil : $0 }
    let advice =
      meant == nil
      ? "; for example \(specification.spelling) \(specification.example)" : suggestion(meant)
    return UsageError(
      "\(specification.spelling) expects \(specification.expectation), but found \(found)\(advice)",
      command: command)
  }
}
