import DCGAN
import Foundation

/// Runs `dcgan sample`.
package enum SampleCommand {
  /// Does the work with checked options and returns how it ended.
  package static func run(_ options: SampleOptions, _ console: Console) throws -> ExitCode {
    let request = try SampleRequest(options)
    let trained = try TrainedModel(request.networks, threads: options.threads)
    try request.check(trained, console)
    try checkCalibration(options, trained, console)
    let latents = try request.latents.source(nz: trained.model.settings.nz)
    try options.from.map { try request.candidates?.check(against: latents, path: $0) }
    request.warn(trained, console)
    let count =
      request.candidates?.candidates.count
      ?? (options.interpolation == nil ? options.count : nil) ?? latents.count ?? 0
    Interruption.shared.install()
    let isAnimated = options.interpolation != nil
    let folder = try SampleFolder(
      path: options.out, recipe: try request.recipe(trained, count: count), isAnimated: isAnimated)
    let scores: [Sampler.Score]
    do {
      scores = try draw(
        Sampler(
          trained.model, calibration: trained.metadata?.calibration, latents: latents,
          backend: trained.backend, hasDiscriminator: trained.hasDiscriminator), count: count,
        request.candidates?.candidates, available: latents.count, into: folder, options, console)
    } catch {
      // What was drawn stays of use. If this fails too, then hardly for another reason.
      try? folder.finish()
      throw error
    }
    try folder.finish(tries: scores.count)
    let result = SampleResult(
      wanted: count, kept: folder.count, tried: scores.count,
      passedShare: scores.isEmpty ? nil : Double(folder.count) / Double(scores.count),
      minReal: options.minimumReal,
      minRealCalibrated: options.minimumCalibrated > 0 ? options.minimumCalibrated : nil,
      epoch: trained.epoch, generator: trained.file(.generator),
      discriminator: trained.file(.discriminator), out: options.out,
      scores: ScoreSummary(scores.compactMap(\.score)),
      calibratedScores: options.minimumCalibrated > 0
        ? ScoreSummary(scores.compactMap(\.calibrated)) : nil,
      sheet: folder.count > 0 ? folder.sheetPath : nil,
      animation: isAnimated && folder.count > 0 ? folder.animationPath : nil)
    let interruption = Interruption.shared.exitCode
    let code = interruption ?? (folder.count == count ? .done : .failed)
    let advice = SampleAdvice(
      options: options, latents: latents, hasCalibration: trained.metadata?.calibration != nil)
    try console.whileSomebodyReads {
      try result.print(
        asJSON: options.json, meaning: advice.meaning(kept: folder.count, tried: scores.count),
        advice: interruption == nil
          ? advice.forShortfall(tried: scores.count) : "it was interrupted",
        console)
    }
    return code
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
        start + "has no calibration, as older versions wrote them; use --min-real, or train on")
    }
    guard calibration.slope > 0 else {
      throw SampleRequestError(
        start + "scores fakes above the real images that it was calibrated on (slope "
          + "\(calibration.slope)); use --min-real, another --epoch, or train on")
    }
    if !calibration.isHeldOut {
      console.writeError(
        "warning: scores were calibrated on images that training had seen, as the data has no folders "
          + "val and test: real images score better there than unseen ones\n")
    }
  }

  private static func draw(
    _ sampler: Sampler, count: Int, _ candidates: [Int]?, available: Int?,
    into folder: SampleFolder,
    _ options: SampleOptions, _ console: Console
  ) throws -> [Sampler.Score] {
    let progress = ProgressLine(console: console, quiet: options.quiet)
    defer { progress.finish() }
    let pace = EvenPace(startedAt: console.now())
    let limit = min(options.maximumTries ?? .max, available ?? .max)
    let shouldStop = { Interruption.shared.isRequested }
    let onProgress = { (kept: Int, tried: Int) in
      progress.update(
        .sampling(
          kept: kept, of: count, tried: tried,
          secondsLeft: pace.secondsLeft(
            kept: kept, of: count, tried: tried, atMost: limit, at: console.now())))
    }
    let scores =
      try candidates.map {
        try sampler.draw(
          candidates: $0, shouldStop: shouldStop, onProgress: onProgress, onSample: folder.add)
      }
      ?? sampler.draw(
        count: count, minimumScore: options.minimumReal,
        minimumCalibrated: options.minimumCalibrated, maximumTries: limit, shouldStop: shouldStop,
        onProgress: onProgress, onSample: folder.add)
    progress.settle(.sampling(kept: folder.count, of: count, tried: scores.count))
    return scores
  }
}
