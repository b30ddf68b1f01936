import Files
import Foundation

/// The named tensors of a safetensors file, in the order of their bytes, and its counters.
///
/// Numbers are `Float` here. F16 and BF16 are read exactly, F64 is rounded to the nearest `Float`, the
/// even one of two; F32 is what is written.
///
/// The format (https://github.com/huggingface/safetensors): eight bytes with the header's length, a
/// header in JSON that gives each tensor's type, shape and byte range, then the bytes, little-endian
/// and without gaps.
public struct SafeTensors: Equatable, Sendable {
  /// A tensor: its name, shape and values.
  public struct Entry: Equatable, Sendable {
    /// The name, unique in the file.
    public let name: String
    /// The length of each axis, outermost first; empty for a single number.
    public let shape: [Int]
    /// The values, the last axis fastest: as many as the product of `shape`.
    public var values: [Float]

    /// Makes an entry; whether `values` fill `shape` is checked when the file is written.
    public init(name: String, shape: [Int], values: [Float]) {
      self.name = name
      self.shape = shape
      self.values = values
    }
  }

  /// A named int64 number without axes, as PyTorch's `num_batches_tracked` is.
  public struct Counter: Equatable, Sendable {
    /// The name, unique in the file.
    public let name: String
    /// The number.
    public let value: Int64

    /// Makes a counter.
    public init(name: String, value: Int64) {
      self.name = name
      self.value = value
    }
  }

  /// The strings under `__metadata__`.
  public var metadata: [String: String]
  /// The tensors in the order of their bytes.
  public var entries: [Entry] {
    didSet { index = SafeTensors.index(of: entries) }
  }
  private var index: [String: Int]
  /// The counters in the order of their bytes.
  public var counters: [Counter]

  /// Makes a file's content from its parts.
  public init(
    metadata: [String: String] = [:], entries: [Entry] = [], counters: [Counter] = []
  ) {
    self.counters = counters
    self.metadata = metadata
    self.entries = entries
    self.index = SafeTensors.index(of: entries)
  }

  /// Returns the tensor of that name, or nil. Complexity: O(1).
  public subscript(name: String) -> Entry? {
    index[name].map { entries[$0] }
  }

  /// Reads the file at `path`, each tensor straight into its array.
  ///
  /// Checksums, where the file has them, are checked and left out of `metadata`. Throws `FileError`
  /// where the file cannot be read, and `SafeTensorsError` at anything that the format does not
  /// allow, at another type of number that is no counter, at a number too large for `Float`, and where
  /// a checksum is another. A file of another kind is named.
  public init(contentsOf path: String) throws {
    let file = try FileReader(path: path)
    self = try inFile(path) {
      try Self(size: file.size) { try file.read(at: $0, into: $1) }
    }
  }

  /// Reads a file's bytes from memory; `path` is for the errors. Throws `SafeTensorsError`.
  package init(parsing bytes: [UInt8], path: String) throws {
    self = try inFile(path) {
      try Self(size: bytes.count) { offset, target in
        target.copyBytes(from: bytes[offset..<offset + target.count])
      }
    }
  }

  /// Reads the header, then every tensor, from whatever `read` fills memory from.
  private init(
    size: Int, read: (Int, UnsafeMutableRawBufferPointer) throws -> Void
  ) throws {
    let header = try SafeTensorsHeader(size: size, read: read)
    var metadata = header.metadata
    let checksums = try SafeTensorsChecksums(takenFrom: &metadata)
    let entries = try header.tensors.map { tensor in
      let (values, sum) = try SafeTensors.values(
        of: tensor, dataStart: header.dataStart, read: read)
      try checksums.check(sum, of: tensor.name)
      return Entry(name: tensor.name, shape: tensor.shape, values: values)
    }
    self.init(metadata: metadata, entries: entries)
    counters = try header.counters.map { counter in
      var stored: Int64 = 0
      try withUnsafeMutableBytes(of: &stored) {
        try read(header.dataStart + counter.bytes.lowerBound, $0)
      }
      return Counter(name: counter.name, value: Int64(littleEndian: stored))
    }
  }

  private static func index(of entries: [Entry]) -> [String: Int] {
    let pairs = entries.enumerated().map { ($1.name, $0) }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }
}
