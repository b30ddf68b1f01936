import Foundation

/// Writes bytes to an open file descriptor, whole or not at all as far as the caller sees.
package struct FileWriter {
  /// The descriptor, owned by whoever opened it.
  package let descriptor: Int32
  /// The path that errors name.
  package let path: String

  /// Wraps a descriptor that stays the caller's to close.
  package init(descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  /// Writes every byte of `bytes`, however many calls that takes; throws `FileError`.
  package func write(_ bytes: UnsafeRawBufferPointer) throws {
    var remaining = bytes
    while let base = remaining.baseAddress, !remaining.isEmpty {
      // Some systems refuse a single write above 2 GB.
      let written = systemWrite(descriptor, base, min(remaining.count, 1 << 30))
      if written < 0 {
        if errno == EINTR { continue }
        throw FileError(path: path, action: "write", code: errno)
      }
      remaining = UnsafeRawBufferPointer(rebasing: remaining[written...])
    }
  }

  /// Writes every byte of `bytes`; throws `FileError`.
  package func write(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { try write($0) }
  }

  /// Waits until the file's bytes are on the disk; throws `FileError`.
  package func synchronize() throws {
    while fsync(descriptor) != 0 {
      if errno == EINTR { continue }
      throw FileError(path: path, action: "write", code: errno)
    }
  }
}

/// Calls `write(2)` from a scope where a method does not hide its name.
private func systemWrite(_ descriptor: Int32, _ base: UnsafeRawPointer, _ count: Int) -> Int {
  write(descriptor, base, count)
}
