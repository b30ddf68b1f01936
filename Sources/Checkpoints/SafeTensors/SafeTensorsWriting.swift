import Files

extension SafeTensors {
  /// Writes the file at `path`, whole or not at all.
  ///
  /// The bytes depend on the content alone: counters, then tensors, in their order; metadata sorted by
  /// key; the header filled with spaces to a multiple of eight, so that every number is aligned. Throws
  /// `FileError`, and `SafeTensorsError` where a name stands twice or values do not fill their shape.
  ///
  /// - Parameter withChecksums: adds the CRC-32 of each tensor and of the metadata as strings, which
  ///   `init(contentsOf:)` checks.
  public func write(to path: String, withChecksums: Bool = false) throws {
    let strings =
      withChecksums ? SafeTensorsChecksums.adding(to: metadata, of: entries) : metadata
    let header = try inFile(path) { try headerBytes(strings) }
    try AtomicFile.write(to: path) { file in
      try file.write(header)
      try file.write(counterBytes)
      for entry in entries {
        try entry.values.withUnsafeBytes { try file.write($0) }
      }
    }
  }

  /// Returns the bytes that `write(to:)` puts into the file; throws `SafeTensorsError`.
  package func serialized() throws -> [UInt8] {
    let start = try inFile("memory") { try headerBytes(metadata) } + counterBytes
    return entries.reduce(into: start) { bytes, entry in
      entry.values.withUnsafeBytes { bytes.append(contentsOf: $0) }
    }
  }

  private var counterBytes: [UInt8] {
    counters.flatMap { withUnsafeBytes(of: $0.value.littleEndian) { Array($0) } }
  }

  /// Prints the length and the header, with these strings under `__metadata__`.
  private func headerBytes(
    _ metadata: [String: String]
  ) throws(SafeTensorsProblem) -> [UInt8] {
    var members: [String] = []
    if !metadata.isEmpty {
      let pairs = metadata.sorted { $0.key < $1.key }
      let strings = pairs.map { "\(jsonString($0.key)):\(jsonString($0.value))" }
      members.append("\"\(SafeTensorsHeader.metadataKey)\":{\(strings.joined(separator: ","))}")
    }
    var names: Set<String> = [SafeTensorsHeader.metadataKey]
    var offset = 0
    for counter in counters {
      try check(
        Entry(name: counter.name, shape: [], values: [0]),
        isNew: names.insert(counter.name).inserted)
      let end = offset + MemoryLayout<Int64>.size
      members.append(
        "\(jsonString(counter.name)):"
          + "{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[\(offset),\(end)]}")
      offset = end
    }
    for entry in entries {
      try check(entry, isNew: names.insert(entry.name).inserted)
      let end = offset + entry.values.count * MemoryLayout<Float>.size
      let shape = entry.shape.map(String.init).joined(separator: ",")
      members.append(
        "\(jsonString(entry.name)):"
          + "{\"dtype\":\"F32\",\"shape\":[\(shape)],\"data_offsets\":[\(offset),\(end)]}")
      offset = end
    }
    var text = Array("{\(members.joined(separator: ","))}".utf8)
    text += Array(repeating: UInt8(ascii: " "), count: (8 - text.count % 8) % 8)
    guard text.count <= SafeTensorsHeader.maximumLength else {
      throw SafeTensorsProblem(
        "header", expected: "at most \(SafeTensorsHeader.maximumLength) bytes",
        found: "\(text.count)")
    }
    return withUnsafeBytes(of: UInt64(text.count).littleEndian) { Array($0) } + text
  }

  /// Refuses an entry that no reader could take back.
  private func check(_ entry: Entry, isNew: Bool) throws(SafeTensorsProblem) {
    let key = SafeTensorsHeader.tensorKey(entry.name)
    guard isNew else {
      throw SafeTensorsProblem(
        key, expected: "every name once, and not __metadata__",
        found: "it a second time")
    }
    guard let count = SafeTensorsHeader.elementCount(entry.shape), count == entry.values.count
    else {
      throw SafeTensorsProblem(
        key, expected: "values that fill the shape \(entry.shape)",
        found: "\(entry.values.count) values")
    }
  }
}
