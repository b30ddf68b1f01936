/// What is wrong in a file, as found by a function that does not know which file it is.
protocol FileProblem: Error {
  /// Returns the error about the file at `path`.
  func error(at path: String) -> any Error
}

/// Runs `body` on what belongs to the file at `path`, and names that file in the problem that it finds.
func inFile<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
  do {
    return try body()
  } catch let problem as any FileProblem {
    throw problem.error(at: path)
  }
}
