/// Stops the program with a message when a condition that the caller vouches for does not hold.
///
/// A bare `precondition` prints nothing in release builds. Use this for programming errors only:
/// what comes from files, options and images throws.
@inlinable
@inline(__always)
package func require(
  _ condition: Bool, _ message: @autoclosure () -> String, file: StaticString = #fileID,
  line: UInt = #line
) {
  if !condition { trap(message(), file: file, line: line) }
}

/// Returns a value that the caller vouches for, or stops the program with a message.
@inlinable
@inline(__always)
package func requireValue<Value>(
  _ value: Value?, _ message: @autoclosure () -> String, file: StaticString = #fileID,
  line: UInt = #line
) -> Value {
  guard let value else { trap(message(), file: file, line: line) }
  return value
}

/// Stops the program with a message and the place of the rule that was broken.
@usableFromInline
@inline(never)
package func trap(_ message: String, file: StaticString, line: UInt) -> Never {
  fatalError(message, file: file, line: line)
}
