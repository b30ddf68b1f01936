import Support

/// What is wrong with a run's folder, and what to do about it.
public struct RunFolderError: MessageError, Equatable {
  /// The folder, or the file in it.
  public let path: String
  /// What is wrong.
  public let problem: String
  /// The ways on.
  public let advice: Message

  /// Makes an error about the file or folder at `path`.
  package init(path: String, problem: String, advice: Message) {
    self.path = path
    self.problem = problem
    self.advice = advice
  }

  /// One line: `./dcgan-run: holds a run already; continue it with 'resume', or …`.
  public var message: Message { "\(path): \(problem); \(advice)" }
}
