/// The settings of a command, every one read and in range.
package protocol CommandOptions: Sendable {
  /// Describes the command.
  static var specification: CommandSpecification { get }

  /// Reads the settings; throws where the command line has a value that is none, or options that
  /// exclude each other.
  init(_ arguments: ParsedArguments) throws(UsageError)
}

/// The settings of a command whose options are stated in a table.
package protocol TabledOptions: CommandOptions {
  /// States every option once.
  static var table: OptionTable<Self> { get }

  /// The names of the options that the user gave.
  var given: Set<String> { get set }

  /// Takes the operands and settles what follows from several options together; throws where they
  /// exclude or lack each other.
  mutating func complete(operands: [String]) throws(UsageError)
}

extension TabledOptions {
  /// Reads the settings.
  package init(_ arguments: ParsedArguments) throws(UsageError) {
    self = try Self.table.read(arguments)
    given = arguments.given
    try complete(operands: arguments.operands)
  }

  /// Leaves everything as the table has read it.
  package mutating func complete(operands: [String]) throws(UsageError) {}

  /// Returns whether the user gave the option whose value the property keeps.
  package func isGiven(_ property: PartialKeyPath<Self>) -> Bool {
    given.contains(Self.table.option(property).name)
  }

  /// Returns whether the user gave an option that several commands share.
  package func isGiven<Value>(_ option: Option<Value>) -> Bool {
    given.contains(option.specification.name)
  }

  /// Makes the refusal of this command line.
  package func refusal(_ message: String) -> UsageError {
    UsageError(message, command: Self.specification.name)
  }

  /// Throws where the option whose value the property keeps is not given.
  package func need(_ property: PartialKeyPath<Self>) throws(UsageError) {
    guard !isGiven(property) else { return }
    throw UsageError(missing: Self.table.option(property), command: Self.specification.name)
  }

  /// Throws where one of some options is given beside one of others with which it makes no sense.
  package func refuse(
    _ properties: [PartialKeyPath<Self>], beside others: [PartialKeyPath<Self>],
    because reason: String? = nil
  ) throws(UsageError) {
    for property in properties where isGiven(property) {
      guard let other = others.first(where: isGiven) else { return }
      throw UsageError(
        Self.table.option(property), beside: Self.table.option(other), because: reason,
        command: Self.specification.name)
    }
  }
}
