import Support

/// A study cannot be made of the data, or cannot go on.
public struct StudyError: MessageError, Equatable {
  /// What is wrong, and what to do.
  public let message: Message

  /// Makes an error of a sentence.
  public init(_ message: Message) { self.message = message }
}
