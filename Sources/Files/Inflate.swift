import CZLib
import Foundation

/// Inflates data that were deflated without a header (RFC 1951); what follows their end is ignored.
///
/// Returns nil where they are broken, end early or inflate to more than `limit` bytes; of data that are only
/// a beginning, where `isBeginning`, what that inflates to.
package func inflate(_ data: Data, atMost limit: Int, isBeginning: Bool = false) -> Data? {
  var stream = z_stream()
  let size = Int32(MemoryLayout<z_stream>.size)
  guard inflateInit2_(&stream, -MAX_WBITS, ZLIB_VERSION, size) == Z_OK else { return nil }
  defer { inflateEnd(&stream) }
  var output = Data()
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  let status = data.withUnsafeBytes { input -> Int32 in
    guard let start = input.bindMemory(to: UInt8.self).baseAddress else { return Z_BUF_ERROR }
    stream.next_in = UnsafeMutablePointer(mutating: start)
    stream.avail_in = UInt32(clamping: input.count)
    var status = Z_OK
    while status == Z_OK, output.count <= limit {
      let count = chunk.withUnsafeMutableBufferPointer { chunk in
        stream.next_out = chunk.baseAddress
        stream.avail_out = UInt32(chunk.count)
        status = CZLib.inflate(&stream, Z_NO_FLUSH)
        return chunk.count - Int(stream.avail_out)
      }
      output += chunk[..<count]
    }
    return status
  }
  let isEnd = status == Z_STREAM_END || isBeginning && status == Z_BUF_ERROR
  return isEnd && output.count <= limit ? output : nil
}
