import Support

extension Option where Value == String {
  /// Declares an option whose value is any text but the empty one: a name, a file, a folder.
  ///
  /// - Parameters:
  ///   - what: completes "expects …", for example `a folder`.
  ///   - example: a value for messages; nil for the default.
  ///   - suffixes: endings one of which the text must have, in any case; none for any text.
  ///   - completion: what a shell offers; nil for what the placeholder says, such as `DIR`.
  package static func text(
    _ name: String, _ placeholder: String, what: String, example: String? = nil,
    defaultText: String? = nil, suffixes: [String] = [], completion: ValueCompletion? = nil,
    help: String
  ) -> Option {
    Option(
      read: { text in
        let lowercased = text.lowercased()
        let fits = suffixes.isEmpty || suffixes.contains { lowercased.hasSuffix($0) }
        return text.isEmpty || !fits ? nil : text
      },
      describe: { defaultValue in
        OptionSpecification(
          name: name, placeholder: placeholder, expectation: what,
          example: example ?? defaultValue ?? placeholder,
          defaultText: defaultText ?? defaultValue, help: help,
          completion: completion ?? ValueCompletion(placeholder: placeholder, suffixes: suffixes))
      })
  }
}

extension Option where Value == Int {
  /// Declares an option whose value is a whole number of `range`, in decimal digits.
  package static func integer(
    _ name: String, in range: ClosedRange<Int>, defaultText: String? = nil, example: Int? = nil,
    help: String
  ) -> Option {
    Option(
      read: { text in Int(text).flatMap { range.contains($0) ? $0 : nil } },
      describe: { defaultValue in
        OptionSpecification(
          name: name, placeholder: "N",
          expectation: "a whole number from \(range.lowerBound) to \(range.upperBound)",
          example: "\(example ?? defaultValue ?? range.lowerBound)",
          defaultText: defaultText ?? defaultValue.map { "\($0)" }, help: help)
      })
  }

  /// Declares an option whose value is one of a few whole numbers.
  package static func choice(_ name: String, of values: [Int], help: String) -> Option {
    let names = values.map { "\($0)" }
    return Option(
      read: { text in Int(text).flatMap { values.contains($0) ? $0 : nil } },
      describe: { defaultValue in
        let defaultText = defaultValue.map { "\($0)" }
        return OptionSpecification(
          name: name, placeholder: "N", expectation: alternatives(names),
          example: defaultText ?? names.first ?? "N", defaultText: defaultText, help: help,
          completion: .words(names))
      })
  }
}

extension Option where Value: RawRepresentable<String> & CaseIterable {
  /// Declares an option whose value is one of the names of an enumeration.
  package static func name(
    _ name: String, defaultText: String? = nil, example: Value, help: String
  ) -> Option {
    let names = Value.allCases.map(\.rawValue)
    return Option(
      read: { Value(rawValue: $0) },
      describe: { defaultValue in
        OptionSpecification(
          name: name, placeholder: "NAME", expectation: alternatives(names),
          example: example.rawValue, defaultText: defaultText ?? defaultValue?.rawValue,
          help: help, completion: .words(names))
      })
  }
}

extension Option where Value == UInt8 {
  /// Declares an option whose value is a grey level: a number from 0 to 255, `black` or `white`.
  package static func grey(_ name: String, help: String) -> Option {
    let names: [String: UInt8] = ["black": 0, "white": 255]
    return Option(
      read: { names[$0] ?? UInt8($0) },
      describe: { defaultValue in
        OptionSpecification(
          name: name, placeholder: "LEVEL",
          expectation: "black, white or a grey level from 0 to 255", example: "white",
          defaultText: defaultValue.map { level in
            names.first { $0.value == level }?.key ?? "\(level)"
          }, help: help, completion: .words(names.keys.sorted()))
      })
  }
}

extension Option where Value == UInt64 {
  /// Declares an option whose value is any 64-bit number without a sign.
  package static func seed(
    _ name: String, defaultText: String? = nil, help: String
  ) -> Option {
    Option(
      read: { UInt64($0) },
      describe: { defaultValue in
        OptionSpecification(
          name: name, placeholder: "N", expectation: "a whole number from 0 to \(UInt64.max)",
          example: "\(defaultValue ?? 42)",
          defaultText: defaultText ?? defaultValue.map { "\($0)" }, help: help)
      })
  }
}

extension Option where Value: BinaryFloatingPoint & LosslessStringConvertible {
  /// Declares an option whose value is a finite decimal number that `isAllowed` accepts.
  ///
  /// Swift's own reader also takes `nan`, `inf` and hexadecimal digits; here they are refused.
  ///
  /// - Parameter expectation: says in words what `isAllowed` accepts.
  package static func number(
    _ name: String, defaultText: String? = nil, example: Value? = nil, expectation: String,
    help: String, where isAllowed: @escaping @Sendable (Value) -> Bool
  ) -> Option {
    Option(
      read: { text in
        guard text.allSatisfy({ "0123456789.eE+-".contains($0) }), let number = Value(text),
          number.isFinite, isAllowed(number)
        else { return nil }
        return number
      },
      describe: { defaultValue in
        OptionSpecification(
          name: name, placeholder: "X", expectation: expectation,
          example: (example ?? defaultValue).map { "\($0)" } ?? "1",
          defaultText: defaultText ?? defaultValue.map { $0 == 0 ? "0" : "\($0)" }, help: help)
      })
  }
}
