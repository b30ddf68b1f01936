import CZip
import Foundation
import Support

/// A zip archive that is read in place, a folder of folders and files: nothing of it is unpacked to disk.
package final class ZipArchive: Sendable {
  /// A file of the archive.
  package struct Member: Equatable, Sendable {
    /// The bytes that the archive claims for it.
    package let bytes: Int
    /// Whether it is a link, a pipe or the like.
    package let isSpecial: Bool
    /// Where the archive's list has it.
    let place: Int64
    /// The bytes that it takes in the archive.
    let compressedBytes: Int

    /// Takes over what libzip says.
    init(_ member: czip_member, at place: Int64) {
      bytes = Int(clamping: member.bytes)
      compressedBytes = Int(clamping: member.compressed_bytes)
      isSpecial = member.is_special != 0
      self.place = place
    }
  }

  /// Something of a folder of the archive.
  package enum Entry: Equatable, Sendable {
    /// A folder, by a number that no other has.
    case folder(number: Int)
    /// A file.
    case file(Member)
  }

  /// The path of the archive.
  package let path: String
  /// When the archive was changed last, in nanoseconds since 1970.
  package let modified: Int
  private let tree: ZipTree
  /// Open archives that nobody reads just now: libzip allows one reader for each.
  private let idle = Locked<[ZipHandle]>([])

  /// Whether this build reads zip archives.
  package static var isAvailable: Bool { czip_is_available() != 0 }
  /// What to install where it does not.
  package static let library = "libzip-dev (Debian) or libzip (Homebrew)"

  /// Reads the names in an archive.
  ///
  /// Throws `FileError` where the file is no archive, this build reads none, a member is encrypted or
  /// would leave the folder that it is unpacked to.
  package init(path: String) throws {
    self.path = path
    guard Self.isAvailable else {
      throw FileError(
        path: path, action: "read",
        reason: "this build reads no zip archives: install \(Self.library) and build again, or "
          + "unpack it")
    }
    var status = stat()
    modified = stat(path, &status) == 0 ? status.modified : 0
    let handle = try ZipHandle(path: path)
    tree = try ZipTree(handle, path: path)
    give(back: handle)
  }

  /// Returns what lies at a path within the archive, its top folder for an empty one; nil where nothing
  /// does.
  package func entry(at path: String) -> Entry? { tree.entries[path] }

  /// Returns the names in a folder of the archive, sorted by their bytes.
  package func names(in folder: String) -> [String] { tree.names[folder] ?? [] }

  /// Fills a buffer with the first bytes of a member, or with all of it; throws `FileError` where it is
  /// damaged or is not what the archive says.
  package func read(
    _ member: Member, into buffer: UnsafeMutableRawBufferPointer, named name: String
  ) throws {
    func failure(_ reason: String) -> FileError {
      FileError(path: Folder.join(path, name), action: "read", reason: reason)
    }
    // No method that archives use makes so much of so little, but for a picture of nothing.
    guard member.bytes < Self.harmless || member.bytes / Self.largestRatio <= member.compressedBytes
    else {
      throw failure("its \(member.compressedBytes) bytes claim to unpack to \(member.bytes)")
    }
    let handle = try idle.withLock { $0.popLast() } ?? ZipHandle(path: path)
    defer { give(back: handle) }
    let problem = handle.read(member.place, into: buffer, isAll: buffer.count == member.bytes)
    if let problem { throw failure(problem) }
  }

  private func give(back handle: ZipHandle) { idle.withLock { $0.append(handle) } }

  /// Members up to this size may be of whatever ratio.
  private static let harmless = 64_000_000
  /// The most that a member of more bytes may be larger than its compressed bytes.
  private static let largestRatio = 1_100
}
