/// A table of a DICOM file that gives numbers for numbers: a lookup table of PS3.3 C.11.
struct DICOMTable: Equatable, Sendable {
  /// The number that the first entry is for.
  private let first: Int
  /// What the numbers from `first` on become; those below it and beyond the end become what is next.
  private let entries: [Int]
  /// The largest number that an entry may be.
  let largest: Int

  /// Reads a table.
  ///
  /// - Parameters:
  ///   - dataSet: What holds the table.
  ///   - descriptor: The element with the number of entries, the first number and the bits of an entry.
  ///   - data: The element with the entries.
  ///   - isSigned: Whether the first number may be below zero.
  /// - Throws: `DICOMProblem` where entries are missing.
  init(
    _ dataSet: DICOMDataSet, descriptor: DICOMTag = .tableDescriptor, data: DICOMTag = .tableData,
    isSigned: Bool
  ) throws(DICOMProblem) {
    let described = dataSet.numbers(descriptor)
    guard described.count >= 3 else { throw .damaged("a lookup table is not described") }
    // None stands for the one number too large for two bytes.
    let count = described[0] == 0 ? 65_536 : described[0]
    first = isSigned ? Int(Int16(truncatingIfNeeded: described[1])) : described[1]
    largest = 1 << min(16, max(1, described[2])) - 1
    var entries = dataSet.numbers(data)
    if entries.count < count, 2 * entries.count >= count, described[2] <= 8 {
      // Entries of a byte, two in a number.
      entries = entries.flatMap { [$0 & 0xFF, $0 >> 8] }
    }
    guard entries.count >= count else { throw .damaged("a lookup table has entries missing") }
    self.entries = Array(entries.prefix(count))
  }

  /// Returns what a number becomes.
  subscript(number: Int) -> Int { entries[min(max(0, number - first), entries.count - 1)] }
}
