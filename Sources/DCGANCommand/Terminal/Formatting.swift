import DCGAN
import Foundation
import Support

/// Writes numbers and times as the progress and the results show them.
package enum Formatting {
  /// Writes a number with a fixed count of decimals, and a dot in every locale.
  package static func fixed(_ value: Double, decimals: Int) -> String {
    String(format: "%.\(decimals)f", value)
  }

  /// Writes a number with two significant digits and its power of ten: `1.4e-03`.
  package static func scientific(_ value: Double) -> String { String(format: "%.1e", value) }

  /// Writes a part of a whole in percent, with one decimal: `12.5 %`.
  package static func percent(_ share: Double) -> String {
    "\(fixed(share * 100, decimals: 1)) %"
  }

  /// Writes seconds as `h:mm:ss`, rounded; `-:--:--` where they are unknown: nil, negative, not
  /// finite, or above 10,000 hours.
  package static func duration(_ seconds: Double?) -> String {
    guard let seconds, seconds >= 0, seconds < 36_000_000 else { return "-:--:--" }
    let whole = Int(seconds.rounded())
    return "\(whole / 3600):\(padded(whole / 60 % 60)):\(padded(whole % 60))"
  }

  /// Writes a size in bytes with the unit that leaves one to three digits before the dot.
  package static func bytes(_ count: Int) -> String {
    let units = ["B", "kB", "MB", "GB", "TB"]
    var value = Double(count)
    var unit = 0
    while value >= 999.5, unit + 1 < units.count {
      value /= 1000
      unit += 1
    }
    return "\(fixed(value, decimals: unit == 0 || value >= 99.95 ? 0 : 1)) \(units[unit])"
  }

  /// Writes a whole number with commas between groups of three digits: `3,576,704`.
  package static func grouped(_ count: Int) -> String {
    let digits = String(count.magnitude)
    let groups = stride(from: digits.count, to: 0, by: -3).map { end in
      digits.dropLast(digits.count - end).suffix(3)
    }
    return (count < 0 ? "-" : "") + groups.reversed().joined(separator: ",")
  }

  /// Writes a number and its noun, with an s unless there is one: `1 thread`, `5,216 images`.
  package static func counted(_ count: Int, _ noun: String) -> String {
    "\(grouped(count)) \(noun)\(count == 1 ? "" : "s")"
  }

  /// Names the classes of images in use.
  package static func classes(_ names: [String]) -> String {
    names.isEmpty ? "all classes" : names.joined(separator: " and ")
  }

  /// Writes the classes of conditional networks with their images: `NORMAL (1,341), PNEUMONIA (3,875)`.
  package static func classes(_ classes: ModelClasses) -> String {
    zip(classes.names, classes.images).map { "\($0) (\(grouped($1)))" }.joined(separator: ", ")
  }

  /// Writes a word of a command line so that a shell takes it for one: in quotes where it holds
  /// anything but letters, digits and `_-./:=@%+,`, and as `$'…'` with the octal numbers of the bytes
  /// of what is invisible, as bash, zsh and ksh read it.
  package static func shellWord(_ word: String) -> String {
    let isPlain = word.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || $0.properties.numericType != nil
        || "_-./:=@%+,".unicodeScalars.contains($0)
    }
    guard !isPlain || word.isEmpty else { return word }
    guard !word.unicodeScalars.contains(where: isInvisible) else { return shellEscaped(word) }
    return "'" + word.replacing("'", with: "'\\''") + "'"
  }

  private static func shellEscaped(_ word: String) -> String {
    let scalars = word.unicodeScalars.map { scalar in
      switch scalar {
      case _ where isInvisible(scalar):
        String(scalar).utf8.map { String(format: "\\%03o", $0) }.joined()
      case "'", "\\": "\\\(scalar)"
      default: String(scalar)
      }
    }
    return "$'\(scalars.joined())'"
  }

  /// Sets names in a column, indented by two, and their values, made printable, in the next one.
  package static func table(_ rows: [(name: String, value: String)]) -> String {
    let width = rows.map(\.name.count).max() ?? 0
    return rows.map { name, value in
      "  \(name)\(String(repeating: " ", count: width - name.count))  \(printable(value))"
    }.joined(separator: "\n")
  }

  /// Sets rows in columns, indented by two, under a header; the first `texts` columns begin at the
  /// left, the others, of numbers, end at the right; all are made printable.
  package static func columns(_ header: [String], _ rows: [[String]], texts: Int) -> String {
    let lines = ([header] + rows).map { $0.map(printable) }
    let widths = header.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    return lines.map { line in
      let cells = line.enumerated().map { column, cell in
        let gap = String(repeating: " ", count: widths[column] - cell.count)
        return column < texts ? cell + gap : gap + cell
      }
      return "  " + cells.joined(separator: "  ")
    }.joined(separator: "\n")
  }

  private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
