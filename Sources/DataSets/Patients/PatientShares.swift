import Foundation

/// How large the parts are that a data set's patients are divided into, as shares of its images.
public struct PatientShares: Equatable, Sendable {
  /// The share of the training images, above 0.
  public let train: Double
  /// The share of the images for validation.
  public let validation: Double
  /// The share of the test images.
  public let test: Double

  /// What a text of shares looks like.
  public static let expectation =
    "three shares that sum to 1, of the images for training, validation and testing"

  /// Reads shares such as `0.8,0.1,0.1`; nil where there are not three that sum to 1, where nothing is
  /// left to train on, and where nothing is held out.
  public init?(_ text: String) {
    let numbers = text.split(separator: ",", omittingEmptySubsequences: false).compactMap {
      Double($0)
    }
    guard numbers.count == 3, numbers.allSatisfy({ (0...1).contains($0) }),
      abs(numbers.reduce(-1, +)) < 1e-6, numbers[0] > 0, numbers[0] < 1
    else { return nil }
    (train, validation, test) = (numbers[0], numbers[1], numbers[2])
  }

  /// The parts that get anything, with their shares, the training part first.
  var parts: [(split: DataSplit, share: Double)] {
    [(.train, train), (.val, validation), (.test, test)].filter { $0.1 > 0 }
  }
}

extension PatientShares: CustomStringConvertible, Codable {
  /// The shares as they are read, such as `0.8,0.1,0.1`.
  public var description: String {
    [train, validation, test].map { $0 == 0 ? "0" : "\($0)" }.joined(separator: ",")
  }

  /// Reads the text of shares; throws `DecodingError` where it is none.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let shares = PatientShares(text) else {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "expected \(Self.expectation), found \(text.debugDescription)")
    }
    self = shares
  }

  /// Writes the shares as text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
