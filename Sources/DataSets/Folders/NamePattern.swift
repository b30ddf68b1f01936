import Foundation

/// A shell's pattern for one name, such as `*_mask*`: `*`, `?` and `[a-z]` as in fnmatch(3).
struct NamePattern {
  private let pattern: String

  init(_ pattern: String) { self.pattern = pattern }

  /// Returns whether a whole name fits, in this very case.
  func matches(_ name: String) -> Bool { fnmatch(pattern, name, 0) == 0 }
}
