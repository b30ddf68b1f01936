import Foundation

/// Reads pieces of a regular file, or of a member of a zip archive, straight into the caller's memory.
package struct FileReader: ~Copyable, Sendable {
  /// -1 for a member of an archive.
  private let descriptor: Int32
  private let archived: (archive: ZipArchive, member: ZipArchive.Member, name: String)?
  private let path: String
  /// The file's size in bytes when it was opened.
  package let size: Int

  /// Opens `path`; throws `FileError` where it is missing, unreadable or no regular file.
  package init(path: String) throws {
    // Opening a pipe would else wait for somebody to write to it.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      let code = errno
      guard code == ENOTDIR, let place = try ArchivePath(path), let member = place.member else {
        throw FileError(path: path, action: "read", code: code)
      }
      (self.descriptor, self.path, size) = (-1, path, member.bytes)
      archived = (place.archive, member, place.inner)
      return
    }
    var status = stat()
    let code = fstat(descriptor, &status) == 0 ? 0 : errno
    let isRegular = status.st_mode & S_IFMT == S_IFREG
    if code != 0 || !isRegular {
      close(descriptor)
      if code != 0 { throw FileError(path: path, action: "read", code: code) }
      throw FileError(path: path, action: "read", reason: "it is not a regular file")
    }
    self.descriptor = descriptor
    self.path = path
    self.size = Int(status.st_size)
    archived = nil
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Fills `target` with the bytes from `offset` on; throws `FileError` where the file ends first.
  package func read(at offset: Int, into target: UnsafeMutableRawBufferPointer) throws {
    if let (archive, member, name) = archived {
      // Members are read from their start: nobody asks for a piece of a large one far behind.
      let (end, overflow) = offset.addingReportingOverflow(target.count)
      guard !overflow, end <= member.bytes else {
        throw FileError(path: path, action: "read", reason: "it became shorter while being read")
      }
      guard offset > 0 else { return try archive.read(member, into: target, named: name) }
      let start = try [UInt8](count: end) { try archive.read(member, into: $0, named: name) }
      start[offset...].withUnsafeBytes { target.copyMemory(from: $0) }
      return
    }
    var done = 0
    while let base = target.baseAddress, done < target.count {
      let wanted = min(target.count - done, 1 << 30)
      let count = pread(descriptor, base + done, wanted, off_t(offset + done))
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw FileError(path: path, action: "read", code: errno) }
      guard count > 0 else {
        throw FileError(path: path, action: "read", reason: "it became shorter while being read")
      }
      done += count
    }
  }

  /// Reads so many bytes from `offset` on; throws `FileError` where the file ends first.
  package func bytes(at offset: Int, count: Int) throws -> [UInt8] {
    guard count <= size else {
      throw FileError(path: path, action: "read", reason: "it is too short")
    }
    return try [UInt8](count: count) { try read(at: offset, into: $0) }
  }

  /// Tells the system that so many bytes from `offset` on will be read soon, so that it fetches them from
  /// the disk meanwhile.
  package func announce(at offset: Int, count: Int) {
    #if os(Linux)
      // An advice that a file system does not take changes nothing.
      posix_fadvise(descriptor, off_t(offset), off_t(count), POSIX_FADV_WILLNEED)
    #else
      var advice = radvisory(ra_offset: off_t(offset), ra_count: Int32(clamping: count))
      _ = fcntl(descriptor, F_RDADVISE, &advice)
    #endif
  }

  /// Reads the whole file; throws `FileError`, also where it has more than `limit` bytes.
  package func readAll(atMost limit: Int = .max) throws -> [UInt8] {
    try check(atMost: limit)
    return try [UInt8](count: size) { try read(at: 0, into: $0) }
  }

  /// Reads the whole file; throws as `readAll(atMost:)`.
  package func readData(atMost limit: Int) throws -> Data {
    try check(atMost: limit)
    var data = Data(count: size)
    try data.withUnsafeMutableBytes { try read(at: 0, into: $0) }
    return data
  }

  private func check(atMost limit: Int) throws {
    guard size > limit else { return }
    throw FileError(
      path: path, action: "read", reason: "it has \(size) bytes, but at most \(limit) are allowed")
  }
}
