import Foundation

/// The folder of transient files: one in memory where there is one, for on a disk a million of them would
/// take longer than reading them.
private let folder =
  FileManager.default.fileExists(atPath: "/dev/shm")
  ? "/dev/shm" : FileManager.default.temporaryDirectory.path

/// Calls `body` with the path of a file that holds `bytes` until it returns.
func withFile(of bytes: [UInt8], _ body: (_ path: String) throws -> Void) throws {
  var path = Array("\(folder)/fuzz-XXXXXX".utf8CString)
  let descriptor = mkstemp(&path)
  try expect(descriptor >= 0, "no file in \(folder): \(String(cString: strerror(errno)))")
  defer {
    close(descriptor)
    unlink(path)
  }
  let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
  try expect(written == bytes.count, "a file of \(written) bytes, not of \(bytes.count)")
  try body(String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
}
