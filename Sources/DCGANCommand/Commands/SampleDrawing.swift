import Samples

/// The drawing of samples with networks that were read, from latents that were found.
struct SampleDrawing {
  /// The settings.
  let options: SampleOptions
  /// What is drawn.
  let plan: SamplePlan
  /// The networks.
  let trained: TrainedModel
  /// The latents.
  let latents: LatentSource
  /// Which class each candidate has, where the networks know some.
  let classes: SampleClasses
  /// What samples are selected by; nil where all that pass are written.
  let realImages: SelectionData?

  /// How many samples are wanted.
  var count: Int { plan.count(options, of: latents) }

  /// Returns how many samples are as many as were asked for: where nobody said how many to select among the
  /// vectors of a file, whatever was found.
  func wanted(of found: Int) -> Int {
    guard case .fresh = plan, options.count == nil, options.selection != nil else { return count }
    return max(1, found)
  }

  /// Draws into a folder and returns the scores of all candidates that were tried.
  ///
  /// Throws what drawing and writing throw; what was drawn before stays of use.
  func fill(_ folder: any SampleDestination, _ console: Console) throws -> [Sampler.Score] {
    let scores: [Sampler.Score]
    do {
      scores = try draw(into: folder, console)
    } catch {
      // If this fails too, then hardly for another reason.
      try? folder.finish(tries: nil)
      throw error
    }
    try folder.finish(tries: scores.count)
    return scores
  }

  private func draw(
    into folder: any SampleDestination, _ console: Console
  ) throws -> [Sampler.Score] {
    let sampler = Sampler(
      trained.model, calibration: trained.metadata?.calibration, latents: latents,
      backend: trained.backend, hasDiscriminator: trained.hasDiscriminator, classes: classes)
    let progress = ProgressLine(console: console, quiet: options.quiet)
    defer { progress.finish() }
    let pace = EvenPace(startedAt: console.now())
    let limit = min(options.maximumTries ?? .max, latents.count ?? .max)
    let shouldStop = { trained.backend.isStopRequested() }
    let onProgress = { (kept: Int, tried: Int) in
      progress.update(
        .sampling(
          kept: kept, of: count, tried: tried,
          secondsLeft: pace.secondsLeft(
            kept: kept, of: count, tried: tried, atMost: limit, at: console.now())))
    }
    let scores =
      switch plan {
      case .again(let repetition):
        try sampler.draw(
          candidates: repetition.table.candidates, shouldStop: shouldStop, onProgress: onProgress,
          onSample: folder.add)
      case .fresh, .walk:
        if let selection = options.selection, let realImages {
          try SampleSelection(
            drawing: self, realImages: realImages, sampler: sampler, recipe: selection,
            progress: progress
          ).fill(folder, shouldStop: shouldStop, onProgress: onProgress)
        } else {
          try sampler.draw(
            count: count, minimumScore: options.minimumReal,
            minimumCalibrated: options.minimumCalibrated, maximumTries: limit,
            shouldStop: shouldStop, onProgress: onProgress, onSample: folder.add)
        }
      }
    progress.settle(.sampling(kept: folder.count, of: count, tried: scores.count))
    return scores
  }

  /// Returns the result of the drawing.
  func result(_ destination: any SampleDestination, _ scores: [Sampler.Score]) -> SampleResult {
    let folder = destination as? SampleFolder
    let isCalibrated = options.minimumCalibrated > 0
    return SampleResult(
      wanted: wanted(of: destination.count), kept: destination.count, tried: scores.count,
      passedShare: scores.isEmpty ? nil : Double(destination.count) / Double(scores.count),
      minReal: options.minimumReal,
      minRealCalibrated: isCalibrated ? options.minimumCalibrated : nil,
      epoch: trained.epoch, generator: trained.file(.generator),
      discriminator: trained.file(.discriminator), out: options.dataset ?? options.out,
      select: destination.selection,
      scores: ScoreSummary(scores.compactMap(\.score)),
      calibratedScores: isCalibrated ? ScoreSummary(scores.compactMap(\.calibrated)) : nil,
      sheet: destination.count > 0 ? folder?.sheetPath : nil,
      animation: plan.isAnimated && destination.count > 0 ? folder?.animationPath : nil)
  }
}
