/// Training cannot start or go on.
public struct TrainingError: Error, Equatable, CustomStringConvertible {
  /// What is wrong, and what to do.
  public let description: String

  /// Makes an error of a sentence.
  public init(_ description: String) { self.description = description }
}
