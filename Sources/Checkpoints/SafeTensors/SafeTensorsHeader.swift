import Files
import Support
import Tensor

/// Reads and checks the header of a safetensors file: afterwards every byte is accounted for.
struct SafeTensorsHeader {
  /// Describes one tensor; `bytes` counts from the start of the data.
  struct Tensor {
    let name: String
    let shape: [Int]
    let bytes: Range<Int>
    /// The type of the numbers; without meaning for a counter.
    var type = ElementType.float32
  }

  /// The longest header that readers of the format take, in bytes.
  static let maximumLength = 100_000_000
  /// The most axes that a tensor may have, as many as NumPy's had for long: messages show a shape.
  static let maximumAxes = 32
  /// The member of the header that holds strings instead of a tensor.
  static let metadataKey = "__metadata__"

  private(set) var metadata: [String: String] = [:]
  /// The tensors of numbers that are read as `Float`, in the order of their bytes.
  private(set) var tensors: [Tensor] = []
  /// The int64 numbers without axes, likewise.
  private(set) var counters: [Tensor] = []
  /// Where in the file the data begins.
  let dataStart: Int

  /// Reads the header of a file of `size` bytes through `read`; throws `SafeTensorsProblem`, and what
  /// `read` throws.
  init(size: Int, read: (Int, UnsafeMutableRawBufferPointer) throws -> Void) throws {
    if let found = try ForeignFile(size: size, read: read) {
      throw SafeTensorsProblem("", expected: "a safetensors file", found: found.description)
    }
    let length = try SafeTensorsHeader.length(size: size, read: read)
    dataStart = 8 + length
    let text = try [UInt8](count: length) { try read(8, $0) }
    for member in try members(of: text) {
      if member.key == SafeTensorsHeader.metadataKey {
        metadata = try strings(in: member.value)
      } else {
        let (tensor, isCounter) = try tensor(member)
        if isCounter { counters.append(tensor) } else { tensors.append(tensor) }
      }
    }
    // Any order is allowed in the header; that of the bytes is the one that can be written again.
    tensors.sort(by: Self.precede)
    counters.sort(by: Self.precede)
    try checkCoverage(of: size - dataStart)
  }

  /// Names a tensor in an error.
  static func tensorKey(_ name: String) -> String { "tensor \(quoted(name))" }

  /// Multiplies the axes; nil where one is negative or the product is too large for bytes.
  static func elementCount(_ shape: [Int]) -> Int? {
    var product = 1
    for length in shape {
      let (next, overflow) = product.multipliedReportingOverflow(by: length)
      if overflow || length < 0 { return nil }
      product = next
    }
    return product <= Int.max / MemoryLayout<Double>.size ? product : nil
  }

  private static func length(
    size: Int, read: (Int, UnsafeMutableRawBufferPointer) throws -> Void
  ) throws -> Int {
    func failure(_ expected: String, _ found: String) -> SafeTensorsProblem {
      SafeTensorsProblem("header", expected: expected, found: found)
    }
    guard size >= 8 else {
      throw failure("8 bytes with the header's length", "a file of \(size) bytes")
    }
    var stored: UInt64 = 0
    try withUnsafeMutableBytes(of: &stored) { try read(0, $0) }
    let length = UInt64(littleEndian: stored)
    guard length <= maximumLength else {
      throw failure("a length of at most \(maximumLength) bytes", "\(length)")
    }
    guard length <= size - 8 else {
      throw failure(
        "\(length) bytes, as the file's first bytes say", "\(size - 8) before the end of the file")
    }
    return Int(length)
  }

  private func members(of text: [UInt8]) throws -> [StrictJSON.Member] {
    guard text.first == UInt8(ascii: "{") else {
      let found = text.first.map { "the byte \($0)" } ?? "nothing"
      throw failure("header", "a JSON object that begins with '{'", found)
    }
    do {
      guard case .object(let members) = try StrictJSON(parsing: text) else { return [] }
      return members
    } catch let error as StrictJSONError {
      throw failure("header", error.expected, "\(error.found) at byte \(error.offset)")
    }
  }

  private func strings(in value: StrictJSON) throws -> [String: String] {
    guard case .object(let members) = value else {
      throw failure(SafeTensorsHeader.metadataKey, "an object of strings", value.summary)
    }
    var strings: [String: String] = [:]
    for member in members {
      guard case .string(let text) = member.value else {
        throw failure(
          "\(SafeTensorsHeader.metadataKey) \(quoted(member.key))", "a string",
          member.value.summary)
      }
      strings[member.key] = text
    }
    return strings
  }

  private static func precede(_ left: Tensor, _ right: Tensor) -> Bool {
    (left.bytes.lowerBound, left.bytes.upperBound) < (
      right.bytes.lowerBound, right.bytes.upperBound
    )
  }

  /// Reads what the header says of one tensor, and whether that is a counter.
  private func tensor(_ member: StrictJSON.Member) throws -> (Tensor, isCounter: Bool) {
    let key = SafeTensorsHeader.tensorKey(member.key)
    let wanted = ["dtype", "shape", "data_offsets"]
    guard case .object(let members) = member.value else {
      throw failure(key, "an object with dtype, shape and data_offsets", member.value.summary)
    }
    let fields = Dictionary(uniqueKeysWithValues: members.map { ($0.key, $0.value) })
    for name in wanted where fields[name] == nil { throw failure(key, name, "none") }
    for name in members.map(\.key) where !wanted.contains(name) {
      throw failure(key, "only dtype, shape and data_offsets", "\(quoted(name)) too")
    }
    let isCounter = fields["dtype"] == .string("I64") && fields["shape"] == .array([])
    let type = ElementType.allCases.first { fields["dtype"] == .string($0.rawValue) }
    guard isCounter || type != nil else {
      throw failure(key, ElementType.expectation, fields["dtype"]?.summary ?? "none")
    }
    let numberBytes = type?.size ?? MemoryLayout<Int64>.size
    let shape = try wholeNumbers(fields["shape"], key, "a shape of whole numbers")
    guard shape.count <= SafeTensorsHeader.maximumAxes else {
      throw failure(
        key, "a shape of at most \(SafeTensorsHeader.maximumAxes) axes",
        "an array of \(shape.count)")
    }
    let offsets = try wholeNumbers(fields["data_offsets"], key, "data_offsets [begin, end]")
    guard offsets.count == 2, offsets[0] <= offsets[1] else {
      throw failure(key, "data_offsets [begin, end]", fields["data_offsets"]?.summary ?? "none")
    }
    guard let count = SafeTensorsHeader.elementCount(shape) else {
      throw failure(key, "a shape that fits into memory", "\(shape)")
    }
    let bytes = count * numberBytes
    guard bytes == offsets[1] - offsets[0] else {
      throw failure(
        key, "\(bytes) bytes for the shape \(shape)",
        "data_offsets \(offsets), \(offsets[1] - offsets[0]) bytes")
    }
    let range = offsets[0]..<offsets[1]
    return (
      Tensor(name: member.key, shape: shape, bytes: range, type: type ?? .float32), isCounter
    )
  }

  private func wholeNumbers(
    _ value: StrictJSON?, _ key: String, _ expected: String
  ) throws -> [Int] {
    guard case .array(let elements) = value else {
      throw failure(key, expected, value?.summary ?? "none")
    }
    return try elements.map { element in
      guard let number = element.wholeNumber else { throw failure(key, expected, element.summary) }
      return number
    }
  }

  /// Checks that tensors and counters fill the `count` bytes of data one after the other.
  private func checkCoverage(of count: Int) throws {
    var end = 0
    for tensor in (tensors + counters).sorted(by: Self.precede) {
      let key = SafeTensorsHeader.tensorKey(tensor.name)
      guard tensor.bytes.lowerBound == end else {
        throw failure(
          key, "its bytes to begin at \(end), where the previous tensor ends",
          "\(tensor.bytes.lowerBound)")
      }
      end = tensor.bytes.upperBound
      guard end <= count else {
        throw failure(key, "its bytes to end within the \(count) bytes of data", "\(end)")
      }
    }
    guard end == count else {
      throw failure("data", "\(end) bytes, as the header says", "\(count)")
    }
  }

  private func failure(_ key: String, _ expected: String, _ found: String) -> SafeTensorsProblem {
    SafeTensorsProblem(key, expected: expected, found: found)
  }
}
