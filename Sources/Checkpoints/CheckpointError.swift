/// What in a checkpoint is not as it must be.
public struct CheckpointError: Error, CustomStringConvertible, Equatable {
  /// The file.
  public let path: String
  /// What is wrong, each with what was expected and what was found.
  public let problems: [String]

  /// Makes an error about the checkpoint at `path`.
  package init(path: String, problems: [String]) {
    self.path = path
    self.problems = problems
  }

  /// Prints one line; a checkpoint with everything wrong is cut after a few problems.
  public var description: String { "\(path): \(CheckpointProblems(problems))" }
}

/// What is wrong in a checkpoint, wherever it is.
package struct CheckpointProblems: FileProblem, CustomStringConvertible, Equatable {
  private let problems: [String]

  init(_ problems: [String]) { self.problems = problems }

  func error(at path: String) -> any Error { CheckpointError(path: path, problems: problems) }

  /// The line that `CheckpointError` prints, without the file.
  package var description: String {
    let shown = problems.prefix(6).joined(separator: "; ")
    let rest = problems.count > 6 ? "; and \(problems.count - 6) more" : ""
    return "not a usable checkpoint: \(shown)\(rest)"
  }
}
