import Support

/// Sorts the arguments of one command into options and operands.
package struct CommandArgumentParser: Sendable {
  /// The command whose options are known.
  package let command: CommandSpecification

  /// Makes a parser for one command.
  package init(command: CommandSpecification) { self.command = command }

  /// Sorts the arguments that follow the command's name.
  package func parse(_ arguments: [String]) throws(UsageError) -> ParsedArguments {
    var result = ParsedArguments(command: command.name)
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      if argument == "--" {
        result.operands += rest
        break
      }
      if argument.hasPrefix("-"), argument != "-" {
        try parseOption(argument, &rest, into: &result)
      } else {
        result.operands.append(argument)
      }
    }
    try checkOperands(result.operands)
    return result
  }

  private func parseOption(
    _ argument: String, _ rest: inout ArraySlice<String>, into result: inout ParsedArguments
  ) throws(UsageError) {
    try UsageError.refuseHelpWithValue(argument, command: command.name)
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let spelling = String(parts[0])
    let attached = parts.count == 2 ? String(parts[1]) : nil
    guard let option = command.options.first(where: { $0.spelling == spelling }) else {
      throw unknownOption(spelling, value: attached ?? rest.first)
    }
    let value =
      option.takesValue
      ? [try self.value(of: option, attached: attached, &rest)]
      : try flag(option, attached: attached)
    if let earlier = result.values[option.name], !option.isRepeatable {
      throw givenTwice(option, values: earlier + value)
    }
    result.values[option.name, default: []] += value
  }

  private func value(
    of option: OptionSpecification, attached: String?, _ rest: inout ArraySlice<String>
  ) throws(UsageError) -> String {
    if let attached { return attached }
    if let next = rest.first, !next.hasPrefix("--") {
      rest.removeFirst()
      return next
    }
    let found = rest.first.map { "found \(quoted($0))" } ?? "the command line ends there"
    throw error(
      "\(option.spelling) expects \(option.expectation), but \(found); "
        + "for example \(option.spelling) \(option.example)")
  }

  private func flag(
    _ option: OptionSpecification, attached: String?
  ) throws(UsageError) -> [String] {
    guard let attached else { return [] }
    throw error(
      "\(option.spelling) takes no value, but found \(quoted(attached)); "
        + "write \(option.spelling) alone")
  }

  private func givenTwice(_ option: OptionSpecification, values: [String]) -> UsageError {
    let found = values.isEmpty ? "" : " (\(values.map(quoted).joined(separator: ", then ")))"
    return error("\(option.spelling) is given twice\(found); give it once")
  }

  /// - Parameter value: What the user may have meant as the option's value.
  private func unknownOption(_ spelling: String, value: String?) -> UsageError {
    let name = String(spelling.drop { $0 == "-" })
    let nearest = nearestName(to: name, among: command.options.map(\.name) + ["help"])
    var advice = suggestion(nearest.map { "--\($0)" })
    if nearest == nil, let value, !value.hasPrefix("-"), let operands = command.operands {
      advice = "; give \(operands.expectation) as \(operands.synopsis), without an option"
    }
    return error("unknown option \(quoted(spelling))\(advice)")
  }

  private func checkOperands(_ operands: [String]) throws(UsageError) {
    let allowed = command.operands?.count ?? 0...0
    if operands.count < allowed.lowerBound, let specification = command.operands {
      throw error(
        "\(specification.synopsis) is missing; give \(specification.expectation)")
    }
    if let specification = command.operands, operands.contains("") {
      throw error(
        "\(specification.synopsis) expects \(specification.expectation), but found an empty value; "
          + "name \(allowed.upperBound == 1 ? "it" : "each") or leave it out")
    }
    guard operands.count > allowed.upperBound else { return }
    let extra = operands[allowed.upperBound]
    let isWord = !extra.hasPrefix("-")
    let nearest = isWord ? nearestName(to: extra, among: command.options.map(\.name)) : nil
    let advice =
      nearest.map { suggestion("--\($0)") }
      ?? (allowed.upperBound == 0
        ? "; '\(command.name)' takes options only" : "; give one at most")
    throw error("unexpected argument \(quoted(extra))\(advice)")
  }

  private func error(_ message: String) -> UsageError {
    UsageError(message, command: command.name)
  }
}
