import Foundation

/// Finds the files that tests read.
public enum Fixtures {
  /// The folder `Fixtures` of the package.
  public static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures")

  /// Returns the path of a file below `Fixtures`.
  public static func path(_ name: String) -> String { folder.appending(path: name).path }
}
