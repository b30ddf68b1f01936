import Support

/// Why a file's network cannot be used.
public struct NetworkFileError: MessageError, Equatable {
  /// The file.
  public let path: String
  /// The network that was to be read.
  public let kind: NetworkKind
  /// What is wrong, each with what was expected and what was found.
  public let problems: [String]
  /// What to do, or nil where the problems say it.
  public let advice: Message?

  /// Makes an error about the file at `path`.
  init(path: String, kind: NetworkKind, problems: [String], advice: Message? = nil) {
    self.path = path
    self.kind = kind
    self.problems = problems
    self.advice = advice
  }

  /// One line; of a file with everything wrong a few problems are shown.
  public var message: Message {
    let shown = problems.prefix(6).joined(separator: "; ")
    let rest = problems.count > 6 ? "; and \(problems.count - 6) more" : ""
    let end: Message = advice.map { "; \($0)" } ?? ""
    return "\(path): not a usable \(kind.rawValue): \(shown)\(rest)\(end)"
  }
}

/// Why a network cannot be used, wherever it is from.
struct NetworkFileProblems: FileProblem {
  /// The network that was to be read.
  let kind: NetworkKind
  /// What is wrong, each with what was expected and what was found.
  let problems: [String]
  /// What to do, or nil where the problems say it.
  let advice: Message?

  func error(at path: String) -> any Error {
    NetworkFileError(path: path, kind: kind, problems: problems, advice: advice)
  }
}
