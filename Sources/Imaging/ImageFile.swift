import Files
import Foundation

/// Writes `data` beside `path` and moves it there once it is whole.
func writeFile(_ data: Data, to path: String) throws(ImageError) {
  do {
    // A folder may take thousands of images, and each can be drawn again.
    try AtomicFile.write(to: path, isDurable: false) { file in
      try data.withUnsafeBytes { try file.write($0) }
    }
  } catch {
    throw ImageError(.unwritable, file: path, problem: "cannot be written: \(reason(for: error))")
  }
}

/// Reads the whole of a regular file of at most `limit` bytes.
func readFile(_ path: String, atMost limit: Int) throws(ImageError) -> Data {
  do {
    let file = try FileReader(path: path)
    guard file.size <= limit else {
      throw ImageError(
        .tooLarge, file: path,
        problem: "the file has \(file.size) bytes, but at most \(limit) are allowed")
    }
    return try file.readData(atMost: limit)
  } catch let error as ImageError {
    throw error
  } catch {
    throw ImageError(.unreadable, file: path, problem: "cannot be read: \(reason(for: error))")
  }
}

private func reason(for error: any Error) -> String {
  (error as? FileError)?.reason ?? "\(error)"
}
