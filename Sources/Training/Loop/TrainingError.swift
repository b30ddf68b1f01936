import Support

/// Training cannot start or continue.
public struct TrainingError: MessageError, Equatable {
  /// What is wrong, and what to do.
  public let message: Message

  /// Makes an error of a sentence.
  public init(_ message: Message) { self.message = message }
}
