/// Stops the program with a message when a condition that the caller vouches for does not hold.
///
/// A bare `precondition` prints nothing in release builds. Use this for programming errors only:
/// what comes from files, options and images throws.
@inline(__always)
package func require(
  _ condition: Bool, _ message: @autoclosure () -> String, file: StaticString = #fileID,
  line: UInt = #line
) {
  if !condition { trap(message(), file: file, line: line) }
}

/// Stops the program unless both shapes are the same, printing both.
@inline(__always)
package func requireEqual(
  _ found: Shape, _ expected: Shape, _ what: @autoclosure () -> String,
  file: StaticString = #fileID, line: UInt = #line
) {
  if found != expected {
    trap("\(what()): expected shape \(expected), found \(found)", file: file, line: line)
  }
}

/// Returns a value that the caller vouches for, or stops the program with a message.
@inline(__always)
package func requireValue<Value>(
  _ value: Value?, _ message: @autoclosure () -> String, file: StaticString = #fileID,
  line: UInt = #line
) -> Value {
  guard let value else { trap(message(), file: file, line: line) }
  return value
}

@inline(never)
private func trap(_ message: String, file: StaticString, line: UInt) -> Never {
  fatalError(message, file: file, line: line)
}
