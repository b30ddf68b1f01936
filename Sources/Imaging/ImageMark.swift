import Support

/// What an image that this program writes says of itself: PNG files carry it in text chunks, GIF
/// files in a comment, so that nobody, and the program itself least, takes it for something else.
public struct ImageMark: Equatable, Sendable {
  /// A fact about an image: a run's digest, an epoch, a seed.
  public struct Detail: Equatable, Sendable {
    /// The name of the fact: lower-case letters, digits and hyphens.
    public let key: String
    /// The fact, one line of text.
    public let value: String

    /// Makes a fact; control characters of `value` become U+FFFD. Traps where `key` is no name of
    /// 1 to 60 lower-case letters, digits and hyphens, or is `kind`, which every mark has.
    public init(_ key: String, _ value: String) {
      require(Self.isKey(key) && key != "kind", "\(key) does not name a detail of a picture")
      self.key = key
      self.value = oneLine(value)
    }

    /// Returns whether `key` is a name of 1 to 60 lower-case letters, digits and hyphens.
    static func isKey(_ key: String) -> Bool {
      (1...60).contains(key.utf8.count)
        && key.utf8.allSatisfy {
          (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "-")
        }
    }
  }

  /// The program and its version, such as `dcgan 1.2.3`.
  public let program: String
  /// What the image shows.
  public let kind: Kind
  /// Facts about the image, in the order in which they are written.
  public let details: [Detail]

  /// Makes a mark; control characters of `program` become U+FFFD. Traps where it does not begin with
  /// `dcgan ` or where two details have the same key.
  public init(program: String, kind: Kind, details: [Detail] = []) {
    require(program.hasPrefix(Self.programPrefix), "\(program) is not this program")
    require(Set(details.map(\.key)).count == details.count, "two details of a picture are alike")
    self.program = oneLine(program)
    self.kind = kind
    self.details = details
  }

  /// Returns the value of the detail named `key`, or nil where the mark has none.
  public subscript(_ key: String) -> String? { details.first { $0.key == key }?.value }

  /// Whether real images are to be seen, which deserve the care that the data deserve.
  public var showsPatients: Bool {
    switch kind {
    case .realImages, .nearest, .realImage: true
    case .sample, .sampleSheet, .walk, .progress, .grid, .other: false
    }
  }

  /// Whether a generator drew all that is to be seen.
  public var isSynthetic: Bool {
    switch kind {
    case .sample, .sampleSheet, .walk, .progress, .grid: true
    case .realImages, .nearest, .realImage, .other: false
    }
  }

  /// The beginning of the name of every version of this program.
  static let programPrefix = "dcgan "
}

/// Replaces control characters, line feeds among them, by U+FFFD.
private func oneLine(_ text: String) -> String {
  var line = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    line.append(scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar)
  }
  return String(line)
}
