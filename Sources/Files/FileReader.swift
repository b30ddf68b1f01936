import Foundation

/// Reads pieces of a regular file straight into the caller's memory.
package struct FileReader: ~Copyable {
  private let descriptor: Int32
  private let path: String
  /// The file's size in bytes when it was opened.
  package let size: Int

  /// Opens `path`; throws `FileError` where it is missing, unreadable or no regular file.
  package init(path: String) throws {
    // Opening a pipe would else wait for somebody to write to it.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileError(path: path, action: "read", code: errno) }
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
  }

  deinit { close(descriptor) }

  /// Fills `target` with the bytes from `offset` on; throws `FileError` where the file ends first.
  package func read(at offset: Int, into target: UnsafeMutableRawBufferPointer) throws {
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
