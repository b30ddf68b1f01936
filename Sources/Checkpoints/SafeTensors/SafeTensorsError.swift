/// What in a safetensors file is not as it must be, or what the file is instead.
public struct SafeTensorsError: Error, CustomStringConvertible, Equatable {
  /// The file.
  public let path: String
  /// The tensor, or `header`, or `__metadata__`; empty for the file as a whole.
  public let key: String
  /// What the format, or this program, asks for there.
  public let expected: String
  /// What the file holds there.
  public let found: String

  /// Makes an error about `key` in the file at `path`.
  package init(path: String, key: String, expected: String, found: String) {
    self.path = path
    self.key = key
    self.expected = expected
    self.found = found
  }

  /// Prints one line: `a.safetensors: tensor "x": expected dtype F32, found the string "F16"`.
  public var description: String {
    let place = key.isEmpty ? path : "\(path): \(key)"
    return "\(place): expected \(expected), found \(found)"
  }
}

/// What in a safetensors file is not as it must be, whichever file it is.
struct SafeTensorsProblem: FileProblem {
  /// The tensor, or `header`, or `__metadata__`; empty for the file as a whole.
  let key: String
  /// What the format, or this program, asks for there.
  let expected: String
  /// What the file holds there.
  let found: String

  init(_ key: String, expected: String, found: String) {
    self.key = key
    self.expected = expected
    self.found = found
  }

  func error(at path: String) -> any Error {
    SafeTensorsError(path: path, key: key, expected: expected, found: found)
  }
}
