import Support

/// All options of a command, each stated once: the help and the manual list them from here, the
/// settings are read by it, and what refers to an option names its property.
package struct OptionTable<Settings: Sendable>: Sendable {
  /// The options under their headings, in the order of the help.
  package let groups: [OptionGroup]

  private let defaults: Settings
  private let rows: [(field: OptionField<Settings>, specification: OptionSpecification)]

  /// Makes a table whose options need no headings.
  ///
  /// - Parameter defaults: the settings of a command line without options, and with an example in
  ///   the place of what must be given.
  package init(defaults: Settings, _ fields: [OptionField<Settings>]) {
    self.init(defaults: defaults, groups: [(nil, fields)])
  }

  /// Makes a table of so many options that they need headings.
  package init(
    defaults: Settings, groups: KeyValuePairs<String, [OptionField<Settings>]>
  ) {
    self.init(defaults: defaults, groups: groups.map { (heading: $0.key, fields: $0.value) })
  }

  private init(
    defaults: Settings, groups: [(heading: String?, fields: [OptionField<Settings>])]
  ) {
    self.defaults = defaults
    self.groups = groups.map { heading, fields in
      OptionGroup(heading, fields.map { $0.specification(defaults) })
    }
    rows = Array(zip(groups.flatMap(\.fields), self.groups.flatMap(\.options)))
  }

  /// Reads the settings in the order of the table; throws where a text is no value of its option
  /// and where an option is missing.
  package func read(_ arguments: ParsedArguments) throws(UsageError) -> Settings {
    var settings = defaults
    for (field, specification) in rows { try field.read(arguments, specification, &settings) }
    return settings
  }

  /// Finds the option whose value a property keeps; traps where the table has none.
  package func option(_ property: PartialKeyPath<Settings>) -> OptionSpecification {
    requireValue(
      rows.first { $0.field.property == property }?.specification,
      "no option has its value in \(property)")
  }
}
