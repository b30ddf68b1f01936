import Files
import Foundation
import Reporting
import Tensor
import Training

/// Runs `dcgan report`.
package enum ReportCommand {
  /// The time in seconds between two looks at a run that is being followed.
  private static let pause = 1.0

  /// Does the work with checked options and returns how it ended.
  package static func run(_ options: ReportOptions, _ console: Console) throws -> ExitCode {
    try Folder.checkWritable(file: options.out)
    let folder = try RunFolder.open(at: options.run)
    let reporter = RunReporter(
      folder,
      RunReporter.Request(
        dataPath: options.data, epoch: options.epoch, count: options.count,
        threshold: options.minimumReal, seed: options.seed),
      backend: try .selected(threads: options.threads))
    var told: Set<String> = []
    guard options.watch else {
      try write(reporter, options, console, &told)
      return .done
    }
    return try follow(folder, reporter, options, console, &told)
  }

  /// Writes the page whenever the run has a new sheet or checkpoint.
  private static func follow(
    _ folder: RunFolder, _ reporter: RunReporter, _ options: ReportOptions, _ console: Console,
    _ told: inout Set<String>
  ) throws -> ExitCode {
    Interruption.shared.install()
    var shown: [Int]?
    while true {
      if let code = Interruption.shared.exitCode { return code }
      let found = try folder.progressEpochs() + folder.checkpointEpochs()
      if found != shown {
        shown = found
        if try write(reporter, options, console, &told) { return .done }
      }
      Thread.sleep(forTimeInterval: pause)
    }
  }

  /// Writes the page once, and names what it lacks, unless that is told already; returns whether
  /// nothing more is to come.
  @discardableResult
  private static func write(
    _ reporter: RunReporter, _ options: ReportOptions, _ console: Console,
    _ told: inout Set<String>
  ) throws -> Bool {
    let progress = ProgressLine(console: console, quiet: options.quiet)
    defer { progress.finish() }
    let report = try reporter.report { stage, done, total in
      progress.update(.counting(stage.rawValue, done: done, of: total))
    }
    let page = Array(ReportPage(report, isLive: options.watch).html.source.utf8)
    try AtomicFile.write(to: options.out, isDurable: false) { try $0.write(page) }
    for problem in report.shortcomings.map(\.text) where told.insert(problem).inserted {
      progress.warn(problem)
    }
    progress.finish()
    let strip = report.strip
    let sheets =
      strip.sheets.count == strip.available
      ? Formatting.counted(strip.available, "sheet")
      : "\(strip.sheets.count) of \(Formatting.counted(strip.available, "sheet"))"
    try console.print(
      "wrote \(options.out): \(Formatting.counted(report.epochsDone, "epoch")), \(sheets), "
        + Formatting.bytes(page.count))
    return report.isComplete
  }
}
