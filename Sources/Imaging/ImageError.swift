/// What is wrong with an image file: which file, what was expected of it and what was found.
public struct ImageError: Error, CustomStringConvertible, Equatable, Sendable {
  /// Sorts the ways in which an image file can disappoint.
  public enum Kind: Equatable, Sendable {
    /// The file cannot be opened or read.
    case unreadable
    /// The content has no format that this build reads.
    case unknownFormat
    /// The file starts well but is broken, cut short or of a kind its library does not read.
    case damaged
    /// The image exceeds an `ImageLimits`.
    case tooLarge
    /// The file cannot be written.
    case unwritable
    /// The image is whole but not laid out as its reader needs it.
    case unexpectedLayout
  }

  /// What sort of problem it is.
  public let kind: Kind
  /// The file.
  public let file: String
  /// What was expected and what was found.
  public let problem: String

  /// Makes an error about `file`.
  public init(_ kind: Kind, file: String, problem: String) {
    self.kind = kind
    self.file = file
    self.problem = problem
  }

  /// The file and the problem in one line.
  public var description: String { "\(file): \(problem)" }
}
