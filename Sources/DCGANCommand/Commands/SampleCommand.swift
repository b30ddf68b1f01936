import Evaluation
import Samples
import Support
import Training

/// Runs `dcgan sample`.
package enum SampleCommand {
  /// Does the work with checked options and returns how it ended.
  package static func run(_ options: SampleOptions, _ console: Console) throws -> ExitCode {
    let plan = try SamplePlan(options)
    let trained = try TrainedModel(
      plan.networks(options), threads: options.threads, precision: plan.precision(options))
    try trained.backend.requireSame(trained.model, from: trained.place)
    if let warning = trained.backend.emulationWarning { console.warn(warning) }
    if case .again(let repetition) = plan { try repetition.check(trained, options, console) }
    try checkCalibration(options, trained, console)
    let recipe = plan.latents(options)
    let latents = try recipe.source(nz: trained.model.settings.nz)
    try checkSelection(options, among: latents)
    if case .again(let repetition) = plan {
      try repetition.checkCandidates(among: latents)
      repetition.warn(trained, recipe, options, console)
    }
    let classes = try plan.classes(options, trained.model.settings.classes)
    Interruption.shared.install()
    let drawing = SampleDrawing(
      options: options, plan: plan, trained: trained, latents: latents, classes: classes,
      realImages: try realImages(trained, classes, options, console))
    let isWritten = trained.backend.isFirstRank
    let folder = isWritten ? try destination(drawing) : UnwrittenSamples()
    let scores = try drawing.fill(folder, console)
    let interruption = trained.backend.exitCode(after: .shared)
    if isWritten {
      try report(drawing, folder, scores, isInterrupted: interruption != nil, console)
    }
    return interruption ?? (folder.count == drawing.wanted(of: folder.count) ? .done : .failed)
  }

  /// Reads the real images that samples are selected by, before anything is written; nil where none are.
  private static func realImages(
    _ trained: TrainedModel, _ classes: SampleClasses, _ options: SampleOptions, _ console: Console
  ) throws -> SelectionData? {
    guard options.selection != nil else { return nil }
    let progress = ProgressLine(console: console, quiet: options.quiet)
    defer { progress.finish() }
    return try SelectionData(trained, classes, options) { [progress] done, total in
      progress.update(.counting("loading", done: done, of: total))
    }
  }

  /// Opens where the samples go: a folder of samples, or a data set.
  private static func destination(_ drawing: SampleDrawing) throws -> any SampleDestination {
    let (options, trained) = (drawing.options, drawing.trained)
    let recipe = try drawing.plan.recipe(trained, options, count: drawing.count)
    let classes = trained.model.settings.classes?.names ?? []
    guard let path = options.dataset else {
      return try SampleFolder(
        path: options.out, recipe: recipe, classes: classes, isAnimated: drawing.plan.isAnimated,
        format: options.format)
    }
    let chosen = recipe?.classes ?? []
    let card = DataSetCard(
      source: options.source, license: options.license,
      trainingImages: try trained.trainingImages(),
      trainingClasses: classes.isEmpty ? chosen : classes, size: trained.model.settings.size,
      channels: trained.model.settings.channels,
      evaluation: try options.evaluation.map(EvaluationSummary.init))
    return try SyntheticDataSet(
      path: path, card: card, recipe: recipe,
      defaultLabel: chosen.count == 1 ? chosen[0] : "synthetic")
  }

  /// Prints what came of it.
  private static func report(
    _ drawing: SampleDrawing, _ folder: any SampleDestination, _ scores: [Sampler.Score],
    isInterrupted: Bool, _ console: Console
  ) throws {
    let advice = SampleAdvice(
      options: drawing.options, latents: drawing.latents,
      hasCalibration: drawing.trained.metadata?.calibration != nil)
    try console.whileSomebodyReads {
      try drawing.result(folder, scores).print(
        asJSON: drawing.options.json,
        meaning: advice.meaning(
          kept: folder.selection?.candidates ?? folder.count, tried: scores.count),
        advice: isInterrupted ? "it was interrupted" : advice.forShortfall(tried: scores.count),
        console)
    }
    if let samples = folder as? SampleFolder, samples.holdsOnlyEarlierSamples {
      console.warn(
        "\(samples.path): no sample was written, and those of an earlier drawing are still there")
    }
  }

  /// Throws `SampleRequestError` where a file holds fewer vectors than a selection needs.
  private static func checkSelection(
    _ options: SampleOptions, among latents: LatentSource
  ) throws {
    guard let selection = options.selection, let count = options.count, let given = latents.count
    else { return }
    let needed = CellChoice.needed(for: count, share: selection.share)
    guard given < needed else { return }
    throw SampleRequestError(
      "\(printable(options.latents ?? "")): expected at least \(needed) vectors, of which --share "
        + "\(selection.share) leaves the \(count) of --count, found \(given); give more vectors, raise --share, "
        + "or lower --count")
  }

  /// Refuses a calibrated threshold where the checkpoint has no calibration that means anything, and
  /// warns of one that is worth little; throws `SampleRequestError`.
  private static func checkCalibration(
    _ options: SampleOptions, _ trained: TrainedModel, _ console: Console
  ) throws {
    guard options.minimumCalibrated > 0, let epoch = trained.epoch else { return }
    let start =
      "--min-real-calibrated \(options.minimumCalibrated): the checkpoint of epoch \(epoch) "
    guard let calibration = trained.metadata?.calibration else {
      throw SampleRequestError(
        start + "has no calibration, as older versions wrote none; use --min-real, or train longer")
    }
    guard calibration.slope > 0 else {
      throw SampleRequestError(
        start + "scores fakes above the real images that it was calibrated on (slope "
          + "\(calibration.slope)); use --min-real, another --epoch, or train longer")
    }
    if !calibration.isHeldOut {
      console.warn(
        "there were no held-out images, so scores were calibrated on training images, which score "
          + "better than unseen ones")
    }
  }
}
