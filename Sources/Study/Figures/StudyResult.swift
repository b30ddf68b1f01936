import DCGAN
import Files

/// All that a study found: `study.json`.
public struct StudyResult: Codable, Equatable, Sendable {
  /// The figures of every training.
  public let rows: [StudyRow]
  /// The arms beside the controls.
  public let comparisons: [StudyComparison]
  /// What it means, a sentence for each share.
  public let verdict: String
  /// The same, by share.
  public let verdicts: [String]
  /// What was asked for.
  public let settings: StudySettings
  /// What the data holds.
  public let data: StudyDataSummary
  /// The real images of each share.
  public let shareImages: [Int]
  /// What is to be borne in mind.
  public let warnings: [String]
  /// The program's version.
  public let version: String

  /// Writes `study.json` and `study.csv` into a folder; throws `FileError`.
  public func write(to folder: String) throws {
    try AtomicFile.writeJSON(self, to: "\(folder)/study.json")
    try AtomicFile.write(Array(table.utf8), to: "\(folder)/study.csv")
  }

  /// The rows as a comma-separated table.
  var table: String {
    let header =
      "arm,share,ratio,seed,auroc,auroc_low,auroc_high,auprc,balanced_accuracy,sensitivity,"
      + "specificity,brier,threshold,images,synthetic_images,may_have_seen_more\n"
    return rows.reduce(header) { text, row in
      let numbers = [
        row.share, row.ratio, Double(row.seed), row.auroc, row.aurocLow, row.aurocHigh, row.auprc,
        row.balancedAccuracy, row.sensitivity, row.specificity, row.brier, row.threshold,
        Double(row.images), Double(row.syntheticImages),
      ]
      let fields = numbers.map { $0.map(StudyMixture.text) ?? "" }
      return text
        + ([row.arm.rawValue] + fields + ["\(row.mayHaveSeenMore)"]).joined(separator: ",") + "\n"
    }
  }
}
