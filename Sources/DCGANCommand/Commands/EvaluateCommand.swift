import DCGAN
import DataSets
import Evaluation
import Files
import Foundation
import Imaging
import Support
import Tensor
import Training

/// Runs `dcgan evaluate`.
package enum EvaluateCommand {
  /// Does the work with checked options and returns how it ended.
  package static func run(_ options: EvaluateOptions, _ console: Console) throws -> ExitCode {
    let backend = try Backend.selected(threads: options.threads)
    // All ranks measure, as all of them draw; the first one writes.
    let written = backend.isFirstRank ? [options.out, options.sheet, options.missing] : []
    for file in written.compactMap({ $0 }) { try Folder.checkWritable(file: file) }
    let progress = ProgressLine(console: console, quiet: options.quiet)
    defer { progress.finish() }
    let artist =
      options.precision == backend.precision
      ? backend : try Backend.selected(threads: options.threads, precision: options.precision)
    if let warning = artist.emulationWarning { progress.warn(warning) }
    let subject = try EvaluatedImages(options, threads: backend.pool.threadCount, progress)
    for warning in subject.warnings { progress.warn(warning) }
    let data = try EvaluationData(
      subject.request, seed: options.seed, threads: backend.pool.threadCount
    ) { progress.update(.counting("loading", done: $0, of: $1)) }
    try backend.requireSame(text: data.trainingPaths.joined(separator: "\n")) { rank in
      "\(data.request.path): rank \(rank) finds other images there than rank 0; let all ranks read the same "
        + "folder, or whole copies of it"
    }
    warn(of: data, progress)
    let images = try subject.images(
      atMost: min(options.count, data.mostCompared), seed: options.seed, artist, progress)
    let evaluator = Evaluator(data, seed: options.seed, backend: backend)
    let show: Evaluator.Progress = { progress.update(.counting($0.rawValue, done: $1, of: $2)) }
    let result = try evaluator.evaluate(images, from: subject.place, progress: show)
    let missing =
      options.missing == nil
      ? nil : try evaluator.missing(images, from: subject.place, progress: show)
    let classes = try ClasswiseEvaluation(
      subject: subject, options: options, backend: backend, artist: artist, progress: progress
    ).run()
    progress.finish()
    let report = EvaluationReport(
      result.evaluation, subject: subject.description, leftOut: subject.leftOut,
      classes: classes, missing: missing, sheet: options.sheet)
    guard backend.isFirstRank else { return .done }
    if let out = options.out {
      try AtomicFile.write(Array((JSONText.line(of: report.content) + "\n").utf8), to: out)
    }
    if let sheet = options.sheet { try result.sheet.writePNG(to: sheet, mark: .own(.nearest)) }
    if let path = options.missing, let missing, missing.isEmpty {
      progress.warn("\(path): not written, for every training image is there several times")
    } else if let path = options.missing, let missing {
      try sheet(of: missing, subject.classes).writePNG(to: path, mark: .own(.realImages))
    }
    if options.json {
      try console.printJSON(report.content)
    } else {
      try console.print(text: report.text)
    }
    return .done
  }

  /// Lays real images out, by the class of their folders where the networks know some.
  private static func sheet(
    of missing: [Evaluator.Missing], _ classes: ModelClasses?
  ) -> PixelImage {
    let folders = classes.map { FolderClasses(names: $0.names) }
    guard let folders, missing.contains(where: { folders.label(of: $0.path) != nil }) else {
      return ContactSheet(columns: min(8, missing.count)).image(of: missing.map(\.image))
    }
    return ContactSheet.image(
      of: folders.names.enumerated().map { label, name in
        (label: name, tiles: missing.filter { folders.label(of: $0.path) == label }.map(\.image))
      })
  }

  private static func warn(of data: EvaluationData, _ progress: ProgressLine) {
    if !data.isUnchanged {
      progress.warn(
        "\(data.request.path): the files have changed since the run was trained; the present ones are "
          + "searched for copies")
    }
    if data.isHeldOutFromTraining {
      progress.warn(
        "\(data.request.path): no held-out images; the copying test uses one half of the training "
          + "images instead, which hides copies of that half")
    }
    if data.knownHeldOut > 0 {
      progress.warn(
        "\(data.request.path): \(Formatting.counted(data.knownHeldOut, "held-out image")) identical to a "
          + "training image and left out of the copying test")
    }
    if data.repeatedTraining > 0 {
      progress.warn(
        "\(data.request.path): \(Formatting.counted(data.repeatedTraining, "training image")) "
          + "identical to another; each counts once, so that none is in both halves")
    }
    if !data.skipped.isEmpty {
      let files = Formatting.counted(data.skipped.count, "file")
      progress.warn("\(data.request.path): left out \(files) that cannot be read")
    }
  }
}
