import Support

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
