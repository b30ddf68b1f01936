import Files
import Foundation

/// The files that a run trains on, kept in its folder so that it can be told which have changed:
/// `data-files.json`. It holds the names of files; nothing that leaves the machine does.
public struct DataFileList: Codable, Equatable, Sendable {
  private struct Entry: Codable, Equatable, Sendable {
    let path: String
    let bytes: Int
  }

  /// What differs between two lists, as paths in their order.
  public struct Difference: Equatable, Sendable {
    /// The files that were not there.
    public let added: [String]
    /// The files that are gone.
    public let missing: [String]
    /// The files of another size.
    public let changed: [String]
  }

  private let files: [Entry]

  /// More bytes than a million names take.
  private static let maximumBytes = 1 << 30

  /// The number of files.
  public var count: Int { files.count }

  /// Lists the files of a data set.
  public init(_ listing: ImageFolder) {
    files = listing.files.map { Entry(path: $0.path, bytes: $0.bytes) }
  }

  /// Reads a list; nil where there is none that can be understood, as in a run of an older version.
  public init?(contentsOf path: String) {
    guard let bytes = try? FileReader(path: path).readAll(atMost: Self.maximumBytes),
      let list = try? JSONDecoder().decode(DataFileList.self, from: Data(bytes))
    else { return nil }
    self = list
  }

  /// Writes the list, whole or not at all; throws `FileError`.
  package func write(to path: String) throws { try AtomicFile.writeJSON(self, to: path) }

  /// Compares with a later list.
  public func difference(to later: DataFileList) -> Difference {
    let before = Dictionary(
      files.map { ($0.path, $0.bytes) }, uniquingKeysWith: { first, _ in first })
    let now = Set(later.files.map(\.path))
    return Difference(
      added: later.files.filter { before[$0.path] == nil }.map(\.path),
      missing: files.map(\.path).filter { !now.contains($0) },
      changed: later.files.filter { (before[$0.path] ?? $0.bytes) != $0.bytes }
        .map(\.path))
  }
}
