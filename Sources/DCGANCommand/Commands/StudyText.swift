import Study

/// A study in words and tables.
struct StudyText {
  private let result: StudyResult

  /// Arranges a study.
  init(_ result: StudyResult) { self.result = result }

  /// The line above the rows.
  static let header =
    "share   arm              seed  images  synthetic  AUROC  95 % interval   AUPRC  sens.  spec.  Brier"

  /// Writes the figures of a training as a line of the table.
  static func line(_ row: StudyRow) -> String {
    func fixed(_ number: Double) -> String { Formatting.fixed(number, decimals: 3) }
    let interval =
      row.aurocLow.flatMap { low in row.aurocHigh.map { "\(fixed(low)) to \(fixed($0))" } } ?? ""
    let columns: [(text: String, width: Int, isNumber: Bool)] = [
      ("\(row.share)", 6, false), (name(of: row), 15, false), ("\(row.seed)", 4, true),
      ("\(row.images)", 6, true), ("\(row.syntheticImages)", 9, true), (fixed(row.auroc), 5, true),
      (interval, 14, false), (fixed(row.auprc), 5, true), (fixed(row.sensitivity), 5, true),
      (fixed(row.specificity), 5, true), (fixed(row.brier), 5, true),
    ]
    return columns.map { text, width, isNumber in
      let blank = String(repeating: " ", count: max(0, width - text.count))
      return isNumber ? blank + text : text + blank
    }.joined(separator: "  ")
  }

  /// What the mark behind an arm's name says.
  static let footnote =
    "* The generator of these synthetic images may have seen images outside the share, or test images."

  /// Names the arm of a training, with a mark where the origin of its images is in doubt.
  static func name(of row: StudyRow) -> String {
    row.mixture.name + (row.mayHaveSeenMore ? " *" : "")
  }

  /// The comparisons as a table, and what they mean.
  var conclusion: String {
    let rows = result.comparisons.map { comparison in
      [
        "\(comparison.share)", comparison.mixture.name, comparison.control.rawValue,
        signed(comparison.difference), "\(signed(comparison.low)) to \(signed(comparison.high))",
        Formatting.fixed(comparison.p, decimals: 4),
        Formatting.fixed(comparison.pHolm, decimals: 4),
      ]
    }
    let table =
      rows.isEmpty
      ? []
      : [
        "",
        Formatting.columns(
          [
            "share", "arm", "control", "AUROC difference", "95 % interval", "p", "p after Holm",
          ], rows, texts: 3),
      ]
    let notes = result.rows.contains(where: \.mayHaveSeenMore) ? [Self.footnote] : []
    return (table + notes + [""] + result.verdicts).joined(separator: "\n")
  }

  private func signed(_ number: Double) -> String {
    (number < 0 ? "" : "+") + Formatting.fixed(number, decimals: 3)
  }
}
