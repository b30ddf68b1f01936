import Files
import Training

/// Runs `dcgan grid`.
package enum GridCommand {
  /// Does the work with checked options and returns how it ended.
  package static func run(_ options: GridOptions, _ console: Console) throws -> ExitCode {
    try Folder.checkWritable(file: options.out)
    let grid = try ProgressGrid(run: try RunFolder.open(at: options.run), through: options.epoch)
    let progress = ProgressLine(console: console, quiet: options.quiet)
    let report: ProgressGrid.Progress = { done, total in
      progress.update(.counting("reading sheets", done: done, of: total))
    }
    let shown: [Int]
    do {
      shown =
        options.isAnimation
        ? try grid.writeAnimation(to: options.out, progress: report)
        : try grid.writeStill(to: options.out, progress: report)
    } catch {
      progress.finish()
      throw error
    }
    progress.finish(.counting("reading sheets", done: shown.count, of: shown.count))
    try console.print("wrote \(options.out): \(summary(of: shown, from: grid.epochs))")
    return .done
  }

  private static func summary(of shown: [Int], from epochs: [Int]) -> String {
    guard let first = shown.first, let last = shown.last, first < last else {
      return "epoch \(shown.first ?? 0)"
    }
    let range = "from epoch \(first) to \(last)"
    return shown.count == epochs.count
      ? "all \(shown.count) sheets \(range)" : "\(shown.count) of \(epochs.count) sheets \(range)"
  }
}
