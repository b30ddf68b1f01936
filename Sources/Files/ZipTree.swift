import CZip
import Support

/// The folders of an archive: zip keeps a list of paths only.
struct ZipTree: Sendable {
  /// What lies at every path, the top folder's being empty.
  private(set) var entries: [String: ZipArchive.Entry] = ["": .folder(number: 0)]
  /// The names in every folder, sorted by their bytes.
  private(set) var names: [String: [String]] = [:]

  /// Lists an archive; throws `FileError` that names the first member that is refused.
  init(_ handle: ZipHandle, path: String) throws {
    func refusal(_ name: String, _ problem: String) -> FileError {
      FileError(
        path: path, action: "read",
        reason:
          "its member \(quoted(name)) \(problem); unpack the archive with care, or make it anew")
    }
    for place in 0..<handle.count {
      let (name, member, problem) = handle.describe(place)
      if let problem {
        throw FileError(
          path: path, action: "read", reason: "expected an intact zip archive: \(problem)")
      }
      guard Self.staysWithin(name) else { throw refusal(name, "would leave the archive's folder") }
      if member.is_encrypted != 0 { throw refusal(name, "is encrypted") }
      // As unpackers do: `./a.png` is `a.png`.
      let parts = name.split(separator: "/").map(String.init).filter { $0 != "." }
      // Every folder of every name is kept: a long name of many would take its square.
      guard name.utf8.count <= Self.longestName, parts.count <= Self.mostFolders else {
        throw refusal(name, "has too long a name, or lies in too many folders")
      }
      let isFolder = name.hasSuffix("/") || name.hasSuffix("/.")
      let entry = ZipArchive.Entry.file(ZipArchive.Member(member, at: place))
      for depth in parts.indices {
        let whole = parts[...depth].joined(separator: "/")
        let isFile = depth == parts.count - 1 && !isFolder
        add(isFile ? entry : .folder(number: entries.count), at: whole)
      }
    }
    for (folder, list) in names {
      names[folder] = list.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
  }

  /// The bytes of a member's name at most, as in paths of files.
  private static let longestName = 4096
  /// The parts of a member's path at most.
  private static let mostFolders = 64

  /// Adds what is new; of two files under one path the later counts, as it does when they are unpacked.
  private mutating func add(_ entry: ZipArchive.Entry, at path: String) {
    if let known = entries[path] {
      if case (.file, .file) = (known, entry) { entries[path] = entry }
      return
    }
    entries[path] = entry
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { String(path[..<$0]) } ?? ""
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    names[folder, default: []].append(name)
  }

  /// Returns whether a path is relative and goes down alone, also as Windows reads it.
  private static func staysWithin(_ name: String) -> Bool {
    if name.hasPrefix("/") || name.hasPrefix("\\") || name.isEmpty { return false }
    if name.dropFirst().first == ":", name.first?.isLetter == true { return false }
    return !name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).contains("..")
  }
}
