import Foundation

/// Makes an empty folder that goes when the value does.
public final class TemporaryFolder: Sendable {
  /// The path of the folder.
  public let path: String

  /// Makes the folder.
  public init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "dcgan-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Returns the path of a file in the folder.
  public func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Returns everything in the folder, hidden files too, sorted.
  public func names(_ inner: String = "") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(inner)").sorted()
  }

  /// Writes a file of the given text.
  public func write(_ text: String, to name: String) throws {
    try add(Data(text.utf8), as: name)
  }

  /// Reads a file's bytes.
  public func read(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: file(name))))
  }

  /// Makes folders as needed and a file of `bytes` bytes for every relative path.
  public func addFiles(_ names: [String], bytes: Int = 1) throws {
    for name in names { try add(Data(repeating: 65, count: bytes), as: name) }
  }

  /// Makes folders as needed and a file that holds `data`.
  public func add(_ data: Data, as name: String) throws {
    let url = URL(filePath: file(name))
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: url)
  }

  /// Makes a symbolic link.
  public func link(_ name: String, to destination: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: file(name), withDestinationPath: destination)
  }
}

/// Calls the body with the path of an empty folder that goes when it returns.
public func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = try TemporaryFolder()
  return try withExtendedLifetime(folder) { try body(folder.path) }
}

/// Returns the text that an error thrown by `body` shows to the user, or nil where none is thrown.
public func message(of body: () throws -> Void) -> String? {
  do {
    try body()
    return nil
  } catch {
    return "\(error)"
  }
}
