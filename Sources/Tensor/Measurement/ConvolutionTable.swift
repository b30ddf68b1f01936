extension ConvolutionCase {
  /// Reads a table of cases: a line each, `use name batch large I O k s p`, words between spaces;
  /// empty lines and those that begin with `#` are passed over.
  ///
  /// `large` is the extent of the square large map, I and O are the channels of the large and of the
  /// small map, k, s and p kernel size, stride and padding.
  ///
  /// - Parameters:
  ///   - text: The table.
  ///   - file: What to call it in errors.
  ///   - uses: Keeps the cases of these uses; all lines must be right.
  /// - Throws: `ConvolutionTableError` for the first line that is none, or that is not made of some
  ///   printable ASCII, and where no case is left.
  package static func parse(
    _ text: String, file: String, uses: [Use] = Use.allCases
  ) throws(ConvolutionTableError) -> [ConvolutionCase] {
    var cases: [ConvolutionCase] = []
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
      guard let first = words.first, !first.hasPrefix("#") else { continue }
      do throws(LineError) {
        guard line.utf8.count <= maximumLength, line.utf8.allSatisfy(isPrintable) else {
          throw LineError("at most \(maximumLength) printable ASCII characters", "others, or more")
        }
        cases.append(try parse(words))
      } catch {
        throw ConvolutionTableError(
          file: file, line: index + 1, expected: error.expected, found: error.found)
      }
    }
    let kept = cases.filter { uses.contains($0.use) }
    guard !kept.isEmpty else {
      let choices = uses.map(\.rawValue).joined(separator: " or ")
      throw ConvolutionTableError(
        file: file, line: lines.count,
        expected: "at least one line '\(columns)' with use \(choices)",
        found: "none before the end")
    }
    return kept
  }

  private static let columns = "use name batch large I O k s p"

  /// The largest number in a table.
  private static let maximumNumber = 65_536
  /// The largest kernel size.
  private static let maximumKernelSize = 256
  /// The most characters of a line.
  private static let maximumLength = 200
  /// The most elements of a map or a filter.
  private static let maximumCount = 1 << 28

  private static func isPrintable(_ byte: UInt8) -> Bool {
    (0x20...0x7E).contains(byte) || byte == UInt8(ascii: "\t")
  }

  private static func parse(_ words: [String]) throws(LineError) -> ConvolutionCase {
    guard words.count == 9 else {
      throw LineError("nine words '\(columns)'", "\(words.count)")
    }
    guard let use = Use(rawValue: words[0]) else {
      throw LineError("a use, test, speed or both", "'\(words[0])'")
    }
    let names = columns.split(separator: " ")
    var numbers: [Int] = []
    for place in 2..<9 {
      let least = place == 8 ? 0 : 1
      guard let number = Int(words[place]), (least...maximumNumber).contains(number) else {
        throw LineError(
          "a whole number from \(least) to \(maximumNumber) for \(names[place])",
          "'\(words[place])'")
      }
      numbers.append(number)
    }
    return try make(name: words[1], use: use, numbers)
  }

  private static func make(
    name: String, use: Use, _ numbers: [Int]
  ) throws(LineError) -> ConvolutionCase {
    let (batch, extent, inputs, outputs) = (numbers[0], numbers[1], numbers[2], numbers[3])
    let (k, s, p) = (numbers[4], numbers[5], numbers[6])
    guard k <= maximumKernelSize && k % s == 0 && p < k else {
      throw LineError(
        "k at most \(maximumKernelSize), a multiple of s and above p", "k \(k), s \(s), p \(p)")
    }
    let span = extent + 2 * p - k
    guard span >= 0 && span % s == 0 else {
      throw LineError(
        "large + 2p - k to be a multiple of s, 0 or above", "\(span) with s \(s)")
    }
    let points = span / s + 1
    let counts = [
      [batch, extent, extent, inputs], [batch, points, points, outputs], [k, k, inputs, outputs],
    ].map { $0.reduce(1.0) { $0 * Double($1) } }
    guard counts.allSatisfy({ $0 <= Double(maximumCount) }) else {
      throw LineError(
        "at most \(maximumCount) elements in each of large map, small map and filter",
        counts.map { "\(UInt64(min($0, 0x1p63)))" }.joined(separator: ", "))
    }
    return ConvolutionCase(
      name: name, use: use, large: Shape(batch, extent, extent, inputs),
      filter: Shape(k, k, inputs, outputs),
      geometry: ConvolutionGeometry(kernelSize: k, stride: s, padding: p))
  }

  /// What is wrong with a line.
  private struct LineError: Error {
    let expected: String
    let found: String

    init(_ expected: String, _ found: String) {
      self.expected = expected
      self.found = found
    }
  }
}

/// A table of convolutions holds something else than it should.
package struct ConvolutionTableError: Error, Equatable, CustomStringConvertible {
  /// The table.
  package let file: String
  /// The line, counted from one.
  package let line: Int
  /// What should stand there.
  package let expected: String
  /// What does.
  package let found: String

  /// The place, both, and what to do, in words.
  package var description: String {
    "\(file), line \(line): expected \(expected), found \(found); correct it there"
  }
}
