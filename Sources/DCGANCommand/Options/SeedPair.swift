/// Two seeds, as `--interpolate A:B` names them.
package struct SeedPair: Sendable, Equatable {
  /// The seed to begin at.
  package let from: UInt64
  /// The seed to end at.
  package let to: UInt64

  /// Pairs two seeds.
  package init(from: UInt64, to: UInt64) {
    self.from = from
    self.to = to
  }

  /// Reads `A:B`; nil where the text is something else.
  init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { UInt64($0) }
    guard parts.count == 2, let from = parts[0], let to = parts[1] else { return nil }
    self.init(from: from, to: to)
  }
}
