/// What tells whether images are of one patient, within one run of the program, and nothing else: what
/// the files say cannot be had from it, nor is anything of it ever printed or written.
public struct PatientKey: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
  /// What identifiers that differ have in common by chance only: two hashes that begin with numbers which
  /// this process drew.
  private let hashes: [Int]

  /// Differ from process to process.
  private static let salts = (0..<2).map { _ in UInt64.random(in: 0...UInt64.max) }

  /// Hashes an identifier.
  package init(_ identifier: String) {
    hashes = Self.salts.map { salt in
      var hasher = Hasher()
      hasher.combine(salt)
      hasher.combine(identifier)
      return hasher.finalize()
    }
  }

  /// The same word for every patient.
  public var description: String { "patient" }

  /// Shows nothing of what is inside.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
