/// How it came about that these files of a data folder are used.
package struct SplitOrigin: Equatable, Sendable {
  /// Why a part of the data set is used.
  package enum Reason: String, Codable, Sendable {
    /// The part was asked for.
    case asked
    /// Folders are named as those of training images.
    case named
    /// No folder is named so, but others are named as those for validation or testing.
    case rest
    /// No folder is named as any part's.
    case undivided
    /// The patients were divided into parts, of which it is one.
    case patients
    /// All images lie in folders for validation or testing.
    case onlyHeldOut = "only_held_out"
  }

  /// Why this part is used.
  package let reason: Reason
  /// The folders of the part's name that hold the files, relative to the data folder, sorted.
  package let folders: [String]
  /// The images of all parts and classes.
  package let all: Int

  /// Collects them.
  package init(reason: Reason, folders: [String], all: Int) {
    (self.reason, self.folders, self.all) = (reason, folders, all)
  }
}
