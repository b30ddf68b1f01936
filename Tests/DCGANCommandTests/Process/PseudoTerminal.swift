import Foundation
import Support
import Testing

/// A terminal without a window: what programs write on it is read on its other side.
final class PseudoTerminal {
  /// The side that a program takes for its terminal, open as long as this value is there.
  let device: FileHandle
  private let otherSide: Int32
  private var bytes: [UInt8] = []

  /// Asks the system for a terminal, which controls no process.
  init() throws {
    var (otherSide, descriptor) = (Int32(-1), Int32(-1))
    try #require(openpty(&otherSide, &descriptor, nil, nil, nil) == 0)
    self.otherSide = otherSide
    device = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    try #require(fcntl(otherSide, F_SETFL, O_NONBLOCK) == 0)
  }

  deinit { close(otherSide) }

  /// Returns all that was written so far, with the terminal's own line ends.
  func text() -> String {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while case let count = read(otherSide, &buffer, buffer.count), count > 0 {
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
