import Foundation

/// Calls `body` with a buffer for the message of a C function and returns its status and, where the
/// function wrote one, the message.
func withMessage(
  capacity: Int, _ body: (UnsafeMutablePointer<CChar>) -> Int32
) -> (status: Int32, message: String) {
  withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer in
    buffer.initialize(repeating: 0)
    guard let start = buffer.baseAddress else { return (-1, "no buffer for a message") }
    let status = body(start)
    return (status, String(cString: start))
  }
}

extension Data {
  /// Calls `body`, which calls a C function with these bytes, their count and a buffer for its message,
  /// and returns its status and, where the function wrote one, the message.
  func withMessage(
    capacity: Int, _ body: (UnsafePointer<UInt8>?, Int, UnsafeMutablePointer<CChar>) -> Int32
  ) -> (status: Int32, message: String) {
    withUnsafeBytes { input in
      Imaging.withMessage(capacity: capacity) { message in
        body(input.bindMemory(to: UInt8.self).baseAddress, input.count, message)
      }
    }
  }
}
