import CZip

/// An open archive of libzip, for one thread at a time.
///
/// Whoever has a handle is the only one: `ZipArchive` hands each out to one reader and takes it back.
final class ZipHandle: @unchecked Sendable {
  private let archive: UnsafeMutableRawPointer

  /// Opens the archive at `path`; throws `FileError`.
  init(path: String) throws {
    var archive: UnsafeMutableRawPointer?
    let problem = Self.message { archive = czip_open(path, $0) }
    guard let archive else {
      throw FileError(
        path: path, action: "read", reason: "expected an intact zip archive: \(problem)")
    }
    self.archive = archive
  }

  deinit { czip_close(archive) }

  /// The number of members.
  var count: Int64 { czip_count(archive) }

  /// Returns the name and the sizes of a member, or what is wrong with it.
  func describe(_ place: Int64) -> (name: String, member: czip_member, problem: String?) {
    var member = czip_member()
    var isWhole = false
    let problem = Self.message {
      isWhole = czip_describe(archive, place, &member, $0) == Int32(CZIP_OK)
    }
    let name = isWhole ? String(cString: member.name) : ""
    return (name, member, isWhole ? nil : problem)
  }

  /// Fills a buffer with the first bytes of a member; returns what is wrong, or nil.
  func read(_ place: Int64, into buffer: UnsafeMutableRawBufferPointer, isAll: Bool) -> String? {
    var nothing: UInt8 = 0
    var isWhole = false
    let problem = Self.message { message in
      let bytes = buffer.bindMemory(to: UInt8.self).baseAddress
      isWhole =
        withUnsafeMutablePointer(to: &nothing) {
          czip_read(archive, place, bytes ?? $0, buffer.count, isAll ? 1 : 0, message)
        } == Int32(CZIP_OK)
    }
    return isWhole ? nil : problem
  }

  /// Calls `body` with a buffer for a message and returns the message.
  private static func message(_ body: (UnsafeMutablePointer<CChar>) -> Void) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(CZIP_MESSAGE_SIZE)) { buffer in
      buffer.initialize(repeating: 0)
      guard let start = buffer.baseAddress else { return "no buffer for a message" }
      body(start)
      return String(cString: start)
    }
  }
}
