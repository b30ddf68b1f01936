import Evaluation
import Samples

/// The selection of samples among more candidates than are written.
struct SampleSelection {
  /// What is drawn.
  let drawing: SampleDrawing
  /// What they are selected by.
  let realImages: SelectionData
  /// What draws it.
  let sampler: Sampler
  /// How samples are selected.
  let recipe: SelectionRecipe
  /// Shows what is done.
  let progress: ProgressLine

  /// The most candidates for every one that is needed, beyond which kinds that the generator hardly draws
  /// are given up.
  static let patience = 8
  /// The part of the candidates needed at first that are drawn at a time for kinds that lack some.
  private static let refill = 8
  /// Candidates whose images are held at a time.
  private static let atOnce = 1024

  /// The candidates that were drawn.
  struct Drawn {
    /// The scores of all of them, in order.
    var scores: [Sampler.Score] = []
    /// Those that passed the thresholds.
    var choice: ClassChoice
  }

  /// Draws candidates until every kind of real image has enough of them, selects among them, and draws the
  /// selected ones again into a folder, each as it was: the images of all candidates would not always fit
  /// into memory.
  ///
  /// Returns the scores of all candidates; throws what drawing and writing throw.
  func fill(
    _ folder: any SampleDestination, shouldStop: () -> Bool,
    onProgress: (_ kept: Int, _ tried: Int) -> Void
  ) throws -> [Sampler.Score] {
    let judge = RealismJudge(
      realImages.classes, size: realImages.size, backend: drawing.trained.backend)
    let drawn = draw(by: judge, shouldStop)
    let chosen = drawn.choice.chosen(drawing.count)
    var recipe = recipe
    let cells = judge.cellWeights.joined().count
    (recipe.cells, recipe.candidates) = (cells, drawn.choice.count)
    folder.note(recipe)
    let realism = Dictionary(uniqueKeysWithValues: chosen.map { ($0.number, $0.height) })
    _ = try sampler.draw(
      candidates: chosen.map(\.number), shouldStop: shouldStop,
      onProgress: { kept, _ in onProgress(kept, drawn.scores.count) },
      onSample: { sample in
        var sample = sample
        sample.realism = realism[sample.candidate]
        try folder.add(sample)
      })
    let short = drawn.choice.shortCells(for: drawing.count)
    if short > 0, chosen.count == drawing.count, !shouldStop() {
      progress.warn(words(for: drawn, short: short, of: cells))
    }
    return drawn.scores
  }

  /// Says that kinds of real images have too few candidates, why, and what that means.
  private func words(for drawn: Drawn, short: Int, of cells: Int) -> String {
    let (tried, passed) = (drawn.scores.count, drawn.choice.count)
    let meaning =
      2 * short > cells
      ? "images of other kinds take their place, so the samples are not in the real images' proportions"
      : "images of other kinds take their place"
    guard let limit = drawing.options.maximumTries, tried >= limit else {
      return
        "the generator draws too few images of \(short) of \(cells) kinds of real images; \(meaning): "
        + (recipe.share < 1 ? "raise --share, so that each kind needs fewer candidates, or " : "")
        + "lower --count"
    }
    let (found, remedy) =
      passed == tried
      ? ("the \(Formatting.grouped(tried)) candidates of --max-tries are", "")
      : (
        "\(Formatting.counted(passed, "candidate")) of the \(Formatting.grouped(tried)) of --max-tries passed,",
        "lower the threshold, "
      )
    return
      "\(found) too few for \(short) of \(cells) kinds of real images; \(meaning): \(remedy)raise --max-tries, "
      + "or lower --count"
  }

  /// Draws candidates and judges them: as many as are needed if the generator draws all kinds as often as
  /// they are, then more for the kinds that lack some.
  private func draw(by judge: RealismJudge, _ shouldStop: () -> Bool) -> Drawn {
    let needed = CellChoice.needed(for: drawing.count, share: recipe.share)
    var drawn = Drawn(choice: ClassChoice(cellWeights: judge.cellWeights, share: recipe.share))
    var target = needed
    while drawn.choice.count < target {
      let wanted = min(Self.atOnce, target - drawn.choice.count)
      let passed = draw(wanted, of: target, after: &drawn, shouldStop)
      let labels = labels(of: passed)
      let judgements = judge.judge(passed.map(\.image), classes: labels)
      for (index, found) in judgements.enumerated() {
        drawn.choice.add(
          .init(number: passed[index].candidate, cell: found.cell, height: found.realism),
          of: labels[index])
      }
      // There are no more latents or tries, or somebody has stopped it.
      guard passed.count == wanted else { break }
      if drawn.choice.count == target, !drawn.choice.isComplete(for: drawing.count) {
        target = min(target + max(1, needed / Self.refill), Self.patience * needed)
      }
    }
    return drawn
  }

  /// Draws the next candidates until `wanted` of them pass the thresholds, and returns those.
  private func draw(
    _ wanted: Int, of target: Int, after drawn: inout Drawn, _ shouldStop: () -> Bool
  ) -> [Sampler.Sample] {
    let (options, tried) = (drawing.options, drawn.scores.count)
    var passed: [Sampler.Sample] = []
    drawn.scores += sampler.draw(
      count: wanted, from: tried, minimumScore: options.minimumReal,
      minimumCalibrated: options.minimumCalibrated,
      maximumTries: (options.maximumTries ?? .max) - tried, shouldStop: shouldStop,
      onProgress: { [done = drawn.choice.count] found, _ in
        progress.update(.counting("drawing candidates", done: done + found, of: target))
      },
      onSample: { passed.append($0) })
    return passed
  }

  /// Returns the class that each sample was drawn as, counted from 0.
  private func labels(of samples: [Sampler.Sample]) -> [Int] {
    let names = drawing.trained.model.settings.classes?.names ?? []
    return samples.map { sample in sample.className.flatMap(names.firstIndex) ?? 0 }
  }
}
