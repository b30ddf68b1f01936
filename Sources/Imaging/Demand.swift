import Foundation

/// Traps where a caller broke a rule of this module, after printing which: a bare `precondition`
/// is silent in release builds.
func demand(_ condition: Bool, _ message: @autoclosure () -> String) {
  guard !condition else { return }
  FileHandle.standardError.write(Data("Imaging: \(message())\n".utf8))
  preconditionFailure()
}
