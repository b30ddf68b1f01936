/// An option of a command beside the property that keeps its value.
package struct OptionField<Settings: Sendable>: Sendable {
  /// The property that keeps the value.
  let property: PartialKeyPath<Settings> & Sendable

  /// Describes the option; its default is that of the property.
  let specification: @Sendable (_ defaults: Settings) -> OptionSpecification

  /// Writes the value to the property where the option is given, and throws where it is none.
  let read:
    @Sendable (ParsedArguments, OptionSpecification, inout Settings) throws(UsageError) -> Void

  /// Pairs an option with a property, whose value is the default.
  package static func value<Value>(
    _ property: WritableKeyPath<Settings, Value> & Sendable, _ option: Option<Value>
  ) -> OptionField {
    OptionField(
      property: property,
      specification: { option.specification(default: $0[keyPath: property]) },
      read: { (arguments, specification, settings) throws(UsageError) in
        guard let value = try arguments.value(of: specification, option.read) else { return }
        settings[keyPath: property] = value
      })
  }

  /// Pairs an option with a property that is nil where the option is not given, or has its default.
  package static func optional<Value>(
    _ property: WritableKeyPath<Settings, Value?> & Sendable, _ option: Option<Value>
  ) -> OptionField {
    OptionField(
      property: property,
      specification: { option.specification(default: $0[keyPath: property]) },
      read: { (arguments, specification, settings) throws(UsageError) in
        guard let value = try arguments.value(of: specification, option.read) else { return }
        settings[keyPath: property] = value
      })
  }

  /// Pairs an option that must be given with a property; among the defaults it has an example.
  package static func required<Value>(
    _ property: WritableKeyPath<Settings, Value> & Sendable, _ option: Option<Value>
  ) -> OptionField {
    OptionField(
      property: property,
      specification: { defaults in
        var specification = option.specification(default: defaults[keyPath: property])
        specification.defaultText = nil
        return specification
      },
      read: { (arguments, specification, settings) throws(UsageError) in
        guard let value = try arguments.value(of: specification, option.read) else {
          throw UsageError(missing: specification, command: arguments.command)
        }
        settings[keyPath: property] = value
      })
  }

  /// Pairs an option that may be repeated with the list of its values, in order.
  package static func list<Value>(
    _ property: WritableKeyPath<Settings, [Value]> & Sendable, _ option: Option<Value>
  ) -> OptionField {
    OptionField(
      property: property,
      specification: { _ in
        var specification = option.specification
        specification.isRepeatable = true
        return specification
      },
      read: { (arguments, specification, settings) throws(UsageError) in
        guard arguments.given.contains(specification.name) else { return }
        settings[keyPath: property] = try arguments.values(of: specification, option.read)
      })
  }

  /// Pairs a flag with a property that tells whether it is given.
  package static func flag(
    _ property: WritableKeyPath<Settings, Bool> & Sendable, _ flag: Flag
  ) -> OptionField {
    OptionField(
      property: property, specification: { _ in flag.specification },
      read: { (arguments, specification, settings) throws(UsageError) in
        settings[keyPath: property] = arguments.given.contains(specification.name)
      })
  }
}
