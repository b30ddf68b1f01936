import Files

extension SafeTensors {
  /// Bytes of a tensor that are converted or checked at a time; a multiple of every number's size.
  static let pieceBytes = 1 << 20

  /// Reads a tensor's numbers as `Float`, and sums up its bytes as they stand in the file.
  ///
  /// - Throws: What `read` throws, and `SafeTensorsProblem` where a binary64 is no finite `Float`.
  static func values(
    of tensor: SafeTensorsHeader.Tensor, dataStart: Int,
    read: (Int, UnsafeMutableRawBufferPointer) throws -> Void
  ) throws -> (values: [Float], sum: Checksum) {
    let count = tensor.bytes.count / tensor.type.size
    let start = dataStart + tensor.bytes.lowerBound
    guard tensor.type != .float32 else {
      let values = try [Float](count: count) { try read(start, $0) }
      return (values, values.withUnsafeBytes { Checksum(of: $0) })
    }
    var sum = Checksum()
    let values = try [Float](count: count) { target in
      let floats = target.bindMemory(to: Float.self)
      let pieceCount = pieceBytes / tensor.type.size
      let buffer = UnsafeMutableRawBufferPointer.allocate(
        byteCount: min(pieceBytes, tensor.bytes.count), alignment: 16)
      defer { buffer.deallocate() }
      for first in stride(from: 0, to: count, by: pieceCount) {
        let numbers = first..<min(count, first + pieceCount)
        let piece = UnsafeMutableRawBufferPointer(
          rebasing: buffer[..<(numbers.count * tensor.type.size)])
        try read(start + first * tensor.type.size, piece)
        sum.add(UnsafeRawBufferPointer(piece))
        tensor.type.convert(
          UnsafeRawBufferPointer(piece),
          to: UnsafeMutableBufferPointer(rebasing: floats[numbers]))
      }
    }
    // What is not finite in the smaller types comes over as it stands, as in F32.
    if tensor.type == .float64, let index = values.firstIndex(where: { !$0.isFinite }) {
      throw SafeTensorsProblem(
        SafeTensorsHeader.tensorKey(tensor.name),
        expected: "numbers that are finite as F32",
        found: "number \(index), counted from 0, which becomes \(values[index])")
    }
    return (values, sum)
  }
}
