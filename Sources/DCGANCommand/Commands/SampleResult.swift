import Foundation
import Samples
import Support

/// The result of sampling, as text or as JSON.
struct SampleResult: Encodable {
  let wanted: Int
  let kept: Int
  let tried: Int
  /// The part of the candidates that was kept; nil where none was tried.
  let passedShare: Double?
  let minReal: Float
  let minRealCalibrated: Float?
  /// The epoch of the checkpoint; nil for networks of files.
  let epoch: Int?
  /// The file of the generator; nil for that of a run.
  let generator: String?
  /// The file of the discriminator; nil for that of a run, and where there is none.
  let discriminator: String?
  let out: String
  /// How samples were selected; nil where they were not.
  let select: SelectionRecipe?
  let scores: ScoreSummary?
  let calibratedScores: ScoreSummary?
  /// The path of the contact sheet, beside the samples.
  let sheet: String?
  let animation: String?

  /// Prints the result on standard output; a shortfall with the distribution of the scores that
  /// a threshold goes by.
  ///
  /// - Parameters:
  ///   - meaning: What it means that few candidates passed, if few did.
  ///   - advice: What to do about a shortfall.
  func print(
    asJSON: Bool, meaning: String?, advice: String, _ console: Console
  ) throws {
    if asJSON {
      try console.printJSON(self)
      return
    }
    try console.print("\(kept) of \(candidates) kept (\(conditions)): \(out)")
    if let animation { try console.print("animation: \(animation)") }
    if let meaning { try console.print(meaning) }
    guard kept < wanted else { return }
    try console.print("found \(kept) of \(wanted); \(advice)")
    // What holds candidates back is shown: the calibrated scores, the others, or both.
    if let calibratedScores { try print(calibratedScores, "calibrated scores", console) }
    if let scores, minReal > 0 || minRealCalibrated == nil {
      try print(scores, "scores", console)
    }
  }

  /// How many candidates there were; of a selection also how many passed the thresholds.
  private var candidates: String {
    let all = Formatting.counted(tried, "candidate")
    guard let passed = select?.candidates, passed < tried else { return all }
    guard passed > 0 else { return "\(all), of which none passed," }
    return "\(Formatting.grouped(passed)) that passed, among \(all),"
  }

  /// What candidates had to be, and whose they are.
  private var conditions: String {
    let calibrated = minRealCalibrated.map { "calibrated >= \($0)" }
    let thresholds = [minReal > 0 ? "D >= \(minReal)" : nil, calibrated].compactMap(\.self)
    let threshold = thresholds.isEmpty ? "no threshold" : thresholds.joined(separator: ", ")
    let selection = select.map { ", highest \($0.share) by \($0.method.rawValue)" } ?? ""
    if let epoch { return "\(threshold)\(selection), epoch \(epoch)" }
    let file = printable(generator ?? "")
    return discriminator == nil
      ? "\(file), without scores\(selection)" : "\(threshold)\(selection), \(file)"
  }

  /// Writes a score with three significant digits, as those near 0 differ by factors.
  private func short(_ score: Float) -> String { String(format: "%.3g", score) }

  private func print(_ scores: ScoreSummary, _ name: String, _ console: Console) throws {
    try console.print(
      "\(name) of all candidates: min \(short(scores.minimum)), median \(short(scores.median)),"
        + " 90 % below \(short(scores.percentile90)), 99 % below \(short(scores.percentile99)),"
        + " max \(short(scores.maximum))")
    for (bin, number) in scores.histogram.enumerated() {
      let share = Double(number) / Double(scores.count)
      let bar =
        number == 0 ? "" : " " + String(repeating: "#", count: Int((share * 50).rounded(.up)))
      try console.print("0.\(bin)-\(bin == 9 ? "1.0" : "0.\(bin + 1)") \(number)\(bar)")
    }
  }
}
