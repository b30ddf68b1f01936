/// Which samples of more than 8 bits become black and which white; what lies between follows in
/// proportion. Colours and samples of 8 bits stay as they are.
public enum IntensityWindow: Equatable, Sendable {
  /// What the file says: its own window, where its format has such; else the full range of its samples.
  case ofFile
  /// The samples around `center`, of which `width` in the file's own units are told apart: below them
  /// all is black, above white. The width is 1 at least.
  case range(center: Double, width: Double)
  /// The smallest sample of the image becomes black and its largest white.
  case minMax
}

extension IntensityWindow: LosslessStringConvertible {
  /// What windows are written as, for messages about other texts.
  public static let expectation = "minmax, or a centre and a width of at least 1, such as 40,400"

  /// Reads `minmax`, or centre and width as two numbers around a comma; nil where `text` is neither.
  public init?(_ text: String) {
    if text == "minmax" {
      self = .minMax
      return
    }
    let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map(Self.number)
    guard numbers.count == 2, let center = numbers[0], let width = numbers[1], center.isFinite,
      width.isFinite, width >= 1
    else { return nil }
    self = .range(center: center, width: width)
  }

  /// `minmax`, or centre and width as `init(_:)` reads them; `file` for what the file says.
  public var description: String {
    switch self {
    case .ofFile: "file"
    case .range(let center, let width): "\(Self.shortest(center)),\(Self.shortest(width))"
    case .minMax: "minmax"
    }
  }

  /// Reads a decimal number; Swift's own reader also takes hexadecimal ones.
  private static func number(_ text: Substring) -> Double? {
    text.contains(where: { $0.isLetter && $0 != "e" && $0 != "E" }) ? nil : Double(text)
  }

  /// Writes a whole number without its fraction.
  private static func shortest(_ number: Double) -> String {
    let text = "\(number)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

extension IntensityWindow: Codable {
  /// Reads the text of a window; throws `DecodingError` where it is none.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let window = IntensityWindow(text) else {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "expected \(Self.expectation), found \(text.debugDescription)")
    }
    self = window
  }

  /// Writes the window as text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension IntensityWindow {
  /// Returns the grey level of a sample within a linear window, rounded; by the formula of DICOM,
  /// PS3.3 C.11.2.1.2.1, whose ends lie half a unit within the window.
  package static func level(of sample: Double, center: Double, width: Double) -> UInt8 {
    let (middle, extent) = (center - 0.5, width - 1)
    if sample <= middle - extent / 2 { return 0 }
    if sample > middle + extent / 2 { return 255 }
    return UInt8((min(1, max(0, (sample - middle) / extent + 0.5)) * 255).rounded())
  }

  /// Returns what gives the grey level of a sample from 0 to 65,535, in a file whose samples go from
  /// `smallest` to `largest`; nil where their full range counts.
  ///
  /// Of an image of one level all is black.
  func level(smallest: Int, largest: Int) -> ((_ sample: Int) -> UInt8)? {
    switch self {
    case .ofFile: nil
    case .range(let center, let width):
      { Self.level(of: Double($0), center: center, width: width) }
    case .minMax:
      { sample in
        let place = Double(sample - smallest) / Double(max(1, largest - smallest))
        return UInt8((255 * min(1, max(0, place))).rounded())
      }
    }
  }

  /// Returns what `level(smallest:largest:)` gives for every sample.
  func levels(smallest: Int, largest: Int) -> [UInt8]? {
    level(smallest: smallest, largest: largest).map { (0...65_535).map($0) }
  }
}
