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
