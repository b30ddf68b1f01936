import Files
import Foundation
import Study
import Support
import Tensor
import Training

/// Runs `dcgan study`.
package enum StudyCommand {
  /// Does the work with checked options and returns how it ended.
  package static func run(_ options: StudyOptions, _ console: Console) throws -> ExitCode {
    let shared = try Backend.selected(threads: options.threads)
    // Each training is one rank's.
    let backend = Backend(
      variant: shared.variant, threads: shared.pool.threadCount, storagePool: .common)
    let report = StudyReport(options, console)
    let data = try StudyData(
      path: options.data, settings: options.settings, threads: backend.pool.threadCount,
      progress: report.loaded)
    report.finish()
    try compare(data, options, on: shared)
    try data.checkShares(options.settings.shares)
    // Until here a signal ends the process at once: there is nothing to keep.
    Interruption.shared.install()
    let folder =
      try shared.together {
        shared.isFirstRank ? try openFolder(options, data, backend) : nil
      } ?? StudyFolder(helpingAt: options.out)
    let runner = StudyRunner(
      data, options.settings, folder: folder, synthetic: options.synthetic, backend: backend)
    if let ranks = shared.ranks {
      for warning in data.warnings { try report.show(.warning(warning)) }
      let isDone = try runner.trainMissing(
        on: ranks, shouldStop: { Interruption.shared.isRequested }, onEvent: report.showProgress)
      report.finish()
      guard isDone else { return interrupted(shared.exitCode(after: .shared), console) }
    }
    let code = try shared.onFirstRank { try conclude(runner, options, report, console) }
    return ExitCode(rawValue: shared.ofFirstRank(code?.rawValue ?? 0)) ?? .failed
  }

  /// Throws where a rank has other images than rank 0, real or synthetic.
  private static func compare(
    _ data: StudyData, _ options: StudyOptions, on backend: Backend
  ) throws {
    let synthetic = try options.synthetic.map(StudyRunner.identity(ofSynthetic:)) ?? ""
    try backend.requireSame(text: "\(data.summary.digest) \(synthetic)") { rank in
      "\(options.data): rank \(rank) finds other images than rank 0, there or in the folder of "
        + "--synthetic; let all ranks read the same folders, or whole copies of them"
    }
  }

  /// Trains what is missing, and writes and prints what all of it comes to.
  private static func conclude(
    _ runner: StudyRunner, _ options: StudyOptions, _ report: StudyReport, _ console: Console
  ) throws -> ExitCode {
    let result: StudyResult?
    do {
      defer { report.finish() }
      result = try runner.run(
        shouldStop: { Interruption.shared.isRequested }, onEvent: report.show)
    }
    guard let result else { return interrupted(Interruption.shared.exitCode, console) }
    let page = try StudyPage(result, curves: runner.curves(), examples: runner.examples())
    try AtomicFile.write(Array(page.html.source.utf8), to: "\(options.out)/study.html")
    try console.whileSomebodyReads {
      if options.json {
        try console.printJSON(result)
      } else {
        try console.print(text: StudyText(result).conclusion)
      }
    }
    return .done
  }

  /// Says how an interrupted study is continued.
  private static func interrupted(_ code: ExitCode?, _ console: Console) -> ExitCode {
    console.writeError("dcgan study: interrupted; continue with the same options and --resume\n")
    return code ?? .interrupted
  }

  /// Begins the study, or opens the one to continue; a setting that cannot change is named by its option.
  private static func openFolder(
    _ options: StudyOptions, _ data: StudyData, _ backend: Backend
  ) throws -> StudyFolder {
    do {
      return try StudyFolder(
        path: options.out, resuming: options.resume, settings: options.settings,
        dataDigest: data.summary.digest,
        synthetic: options.synthetic.map(StudyRunner.identity(ofSynthetic:)),
        variant: backend.variant.rawValue)
    } catch let conflict as StudyFolder.Conflict {
      throw StudyError(Message(text(of: conflict, options)))
    }
  }
}

extension StudyCommand {
  /// Says what the study in the folder was begun with, and what to do.
  private static func text(of conflict: StudyFolder.Conflict, _ options: StudyOptions) -> String {
    let other = "or choose another --out folder"
    return switch conflict.key {
    case "data":
      "--data \(options.data): the images are not those that the study in \(options.out) was begun "
        + "with; bring those back, \(other)"
    case "version", "variant":
      "\(options.out): the study was begun with the \(conflict.key) \(conflict.recorded), and this is "
        + "\(conflict.found), whose numbers may differ; continue it with the former, \(other)"
    default:
      "--\(conflict.key) \(conflict.found): the study in \(options.out) was begun with "
        + "\(conflict.recorded); give the same options again, \(other)"
    }
  }
}

/// Shows a study while it runs: a table on standard output that grows, and progress.
private final class StudyReport {
  private let options: StudyOptions
  private let console: Console
  private let progress: ProgressLine
  private let start: Double
  private var first: (fraction: Double, time: Double)?
  private var hasHeader = false
  private var warnings: Set<String> = []

  init(_ options: StudyOptions, _ console: Console) {
    self.options = options
    self.console = console
    progress = ProgressLine(console: console, quiet: options.quiet)
    start = console.now()
  }

  /// The progress of reading the images, from any thread.
  var loaded: @Sendable (Int, Int) -> Void {
    { [progress] done, total in progress.update(.counting("loading", done: done, of: total)) }
  }

  func finish() { progress.finish() }

  /// Shows how far a training is; what it came to is shown with the others' later.
  func showProgress(_ event: StudyRunner.Event) throws {
    switch event {
    case .generator, .classifier: try show(event)
    case .row, .warning: break
    }
  }

  func show(_ event: StudyRunner.Event) throws {
    switch event {
    case .generator(let share, let step, let steps):
      progress.update(.counting("share \(share): generator", done: step, of: steps))
    case .classifier(let name, let step, let steps, let done, let all):
      progress.update(status(name, step, steps, done, all))
    case .row(let row):
      guard !options.json else { return }
      try progress.aside {
        if !hasHeader { try console.print(text: StudyText.header) }
        hasHeader = true
        try console.print(text: StudyText.line(row))
      }
    case .warning(let warning):
      // Ranks see those of the data before they begin, and at the end again.
      if warnings.insert(warning.text).inserted { progress.warn(warning.text) }
    }
  }

  /// Shows how many classifiers are trained, and the time left, by the pace since the first step seen.
  private func status(
    _ name: String, _ step: Int, _ steps: Int, _ done: Int, _ all: Int
  ) -> ProgressStatus {
    let fraction = (Double(done) + Double(step) / Double(steps)) / Double(all)
    let now = console.now()
    let origin = first ?? (fraction, now)
    first = origin
    let gained = fraction - origin.fraction
    let left = gained > 0 ? (now - origin.time) / gained * (1 - fraction) : nil
    return ProgressStatus(
      fields: [
        .init("classifier \(done + 1)/\(all)", rank: 0), .init(name, rank: 3),
        .init("step \(step)/\(steps)", short: "\(step)/\(steps)", rank: 1),
        .init("\(Formatting.duration(left)) left", rank: 2),
      ], fraction: fraction)
  }
}
