import Foundation

/// Traps where a caller broke a rule, after printing which and where: a bare `precondition` is
/// silent in release builds.
package func demand(
  _ condition: Bool, _ message: @autoclosure () -> String, file: StaticString = #fileID,
  line: Int = #line
) {
  guard !condition else { return }
  FileHandle.standardError.write(Data("\(file):\(line): \(message())\n".utf8))
  preconditionFailure()
}
