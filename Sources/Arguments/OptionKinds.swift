import Support

extension Option where Value == String {
  /// Declares an option whose value is any text but the empty one: a name, a file, a folder.
  ///
  /// - Parameters:
  ///   - what: completes "expects …", for example `a folder`.
  ///   - suffixes: endings one of which the text must have, in any case; none for any text.
  ///   - completion: what a shell offers; nil for what the placeholder says, such as `DIR`.
  package static func text(
    _ name: String, _ placeholder: String, what: String, example: String,
    default defaultValue: String? = nil, defaultText: String? = nil, suffixes: [String] = [],
    isRepeatable: Bool = false, completion: ValueCompletion? = nil, help: String
  ) -> Option {
    Option(
      specification: OptionSpecification(
        name: name, placeholder: placeholder, expectation: what, example: example,
        defaultText: defaultText ?? defaultValue, help: help, isRepeatable: isRepeatable,
        completion: completion ?? ValueCompletion(placeholder: placeholder, suffixes: suffixes)),
      defaultValue: defaultValue,
      read: { text in
        let lowercased = text.lowercased()
        let fits = suffixes.isEmpty || suffixes.contains { lowercased.hasSuffix($0) }
        return text.isEmpty || !fits ? nil : text
      })
  }
}

extension Option where Value == Int {
  /// Declares an option whose value is a whole number of `range`, in decimal digits.
  package static func integer(
    _ name: String, in range: ClosedRange<Int>, default defaultValue: Int? = nil,
    defaultText: String? = nil, example: Int? = nil, help: String
  ) -> Option {
    Option(
      specification: OptionSpecification(
        name: name, placeholder: "N",
        expectation: "a whole number from \(range.lowerBound) to \(range.upperBound)",
        example: "\(example ?? defaultValue ?? range.lowerBound)",
        defaultText: defaultText ?? defaultValue.map { "\($0)" }, help: help, isRepeatable: false),
      defaultValue: defaultValue,
      read: { text in Int(text).flatMap { range.contains($0) ? $0 : nil } })
  }

  /// Declares an option whose value is one of a few whole numbers.
  package static func choice(
    _ name: String, of values: [Int], default defaultValue: Int, help: String
  ) -> Option {
    let names = values.map { "\($0)" }
    return Option(
      specification: OptionSpecification(
        name: name, placeholder: "N", expectation: alternatives(names),
        example: "\(defaultValue)",
        defaultText: "\(defaultValue)", help: help, isRepeatable: false,
        completion: .words(names)),
      defaultValue: defaultValue,
      read: { text in Int(text).flatMap { values.contains($0) ? $0 : nil } })
  }
}

extension Option where Value: RawRepresentable<String> & CaseIterable {
  /// Declares an option whose value is one of the names of an enumeration.
  package static func name(
    _ name: String, default defaultValue: Value?, defaultText: String? = nil, example: Value,
    help: String
  ) -> Option {
    let names = Value.allCases.map(\.rawValue)
    return Option(
      specification: OptionSpecification(
        name: name, placeholder: "NAME", expectation: alternatives(names),
        example: example.rawValue, defaultText: defaultText ?? defaultValue?.rawValue, help: help,
        isRepeatable: false, completion: .words(names)),
      defaultValue: defaultValue,
      read: { Value(rawValue: $0) })
  }
}

extension Option where Value == UInt8 {
  /// Declares an option whose value is a grey level: a number from 0 to 255, `black` or `white`.
  package static func grey(_ name: String, default defaultValue: UInt8, help: String) -> Option {
    let names: [String: UInt8] = ["black": 0, "white": 255]
    func text(_ level: UInt8) -> String {
      names.first { $0.value == level }?.key ?? "\(level)"
    }
    return Option(
      specification: OptionSpecification(
        name: name, placeholder: "LEVEL", expectation: "black, white or a grey level from 0 to 255",
        example: "white", defaultText: text(defaultValue), help: help, isRepeatable: false,
        completion: .words(names.keys.sorted())),
      defaultValue: defaultValue, read: { names[$0] ?? UInt8($0) })
  }
}

extension Option where Value == UInt64 {
  /// Declares an option whose value is any 64-bit number without a sign.
  package static func seed(
    _ name: String, default defaultValue: UInt64? = nil, defaultText: String? = nil, help: String
  ) -> Option {
    Option(
      specification: OptionSpecification(
        name: name, placeholder: "N", expectation: "a whole number from 0 to \(UInt64.max)",
        example: "\(defaultValue ?? 42)",
        defaultText: defaultText ?? defaultValue.map { "\($0)" }, help: help, isRepeatable: false),
      defaultValue: defaultValue,
      read: { UInt64($0) })
  }
}

extension Option where Value: BinaryFloatingPoint & LosslessStringConvertible {
  /// Declares an option whose value is a finite decimal number that `isAllowed` accepts.
  ///
  /// Swift's own reader also takes `nan`, `inf` and hexadecimal digits; here they are refused.
  ///
  /// - Parameter expectation: says in words what `isAllowed` accepts.
  package static func number(
    _ name: String, default defaultValue: Value?, defaultText: String? = nil,
    example: Value? = nil, expectation: String, help: String,
    where isAllowed: @escaping @Sendable (Value) -> Bool
  ) -> Option {
    Option(
      specification: OptionSpecification(
        name: name, placeholder: "X", expectation: expectation,
        example: (example ?? defaultValue).map { "\($0)" } ?? "1",
        defaultText: defaultText ?? defaultValue.map { $0 == 0 ? "0" : "\($0)" }, help: help,
        isRepeatable: false),
      defaultValue: defaultValue,
      read: { text in
        guard text.allSatisfy({ "0123456789.eE+-".contains($0) }), let number = Value(text),
          number.isFinite, isAllowed(number)
        else { return nil }
        return number
      })
  }
}
