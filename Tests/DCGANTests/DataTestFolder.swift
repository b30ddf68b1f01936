import DCGAN
import Foundation

/// A folder of files for one test, removed afterwards.
final class DataTestFolder {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Makes folders as needed and a file of `bytes` bytes for every relative path.
  func addFiles(_ names: [String], bytes: Int = 1) throws {
    for name in names {
      try add(Data(repeating: 65, count: bytes), as: name)
    }
  }

  /// Makes folders as needed and a file that holds `data`.
  func add(_ data: Data, as name: String) throws {
    let file = URL(fileURLWithPath: path).appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: file)
  }

  /// Makes a symbolic link.
  func link(_ name: String, to destination: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: path + "/" + name, withDestinationPath: destination)
  }
}

extension ImageFolder {
  /// Holds the relative paths of the files.
  var names: [String] { files.map(\.path) }
}
