import DCGAN
import DataSets
import Evaluation
import Support

/// Writes what an evaluation measured, for readers and for machines.
struct EvaluationReport {
  /// What is written as JSON: the figures, and what they are about.
  struct Content: Encodable {
    /// Where the generated images come from.
    let generated: String
    /// The program's version.
    let version: String
    /// The images of the folder that were not measured, and why; nil for those of a run.
    let leftOut: [EqualImages.LeftOut]?
    /// What the figures say against the images, in short.
    let findings: [EvaluationResult.Finding]
    /// The figures.
    let figures: EvaluationResult
    /// The figures of each class; nil where there are no classes.
    let classes: [ClassEvaluation]?
    /// The training images that generated ones come least near; nil where nobody asked for them.
    let missing: [Evaluator.Missing]?
  }

  private let evaluation: EvaluationResult
  private let subject: String
  private let leftOut: [EqualImages.LeftOut]?
  private let classes: [ClassEvaluation]
  private let missing: [Evaluator.Missing]?
  private let sheet: String?

  /// Arranges figures about images that `subject` names.
  ///
  /// - Parameter sheet: The file of the nearest pairs; nil where nobody asked for it.
  init(
    _ evaluation: EvaluationResult, subject: String, leftOut: [EqualImages.LeftOut]? = nil,
    classes: [ClassEvaluation] = [], missing: [Evaluator.Missing]? = nil, sheet: String? = nil
  ) {
    self.evaluation = evaluation
    self.subject = subject
    self.leftOut = leftOut
    self.classes = classes
    self.missing = missing
    self.sheet = sheet
  }

  /// The figures for machines.
  var content: Content {
    Content(
      generated: subject, version: DCGANVersion.current, leftOut: leftOut,
      findings: evaluation.findings, figures: evaluation,
      classes: classes.isEmpty ? nil : classes, missing: missing)
  }

  /// The figures as a table, between what is compared and what they say.
  var text: String {
    let compared = Formatting.grouped(evaluation.compared)
    return """
      \(printable(subject))
      \(compared) generated images against \(compared) of \
      \(Formatting.counted(evaluation.training, "training image")), \
      \(evaluation.size) pixels, \(evaluation.channels == 1 ? "grey" : "colour")
      \(Formatting.columns(["metric", "better", "generated", "floor"], rows, texts: 2))
      \(likeness.joined(separator: "\n"))
      \(verdict)\(classes.isEmpty ? "" : "\n" + ClassEvaluation.text(classes))
      """
  }

  /// What the figures say of images unlike real ones and of a generator that has collapsed.
  private var likeness: [String] {
    let off = evaluation.deviations
    let unlike = figures([
      (off.isImprecise, "precision", evaluation.precision, 4),
      (
        off.isDistant, "sliced Wasserstein distance", evaluation.slicedWassersteinMean, 2
      ),
    ])
    let collapse = figures([
      (off.missesKinds, "recall", evaluation.recall, 4),
      (off.leavesGaps, "coverage", evaluation.coverage, 4),
      (off.isRepetitive, "MS-SSIM of pairs", evaluation.msSsim, 4),
    ])
    let sentences = [
      unlike.map { "Unlike real images: \($0)." },
      collapse.map { "Signs of collapse: \($0): the images repeat a few kinds and miss others." },
    ].compactMap { $0 }
    return sentences.isEmpty
      ? [
        "No signs of collapse (recall, coverage, MS-SSIM) or of images unlike real ones (precision, "
          + "sliced Wasserstein distance)."
      ] : sentences
  }

  /// Lists those figures that are far off; nil where none is.
  private func figures(
    _ figures: [(isFarOff: Bool, name: String, figure: EvaluationResult.Figure, decimals: Int)]
  ) -> String? {
    let texts = figures.filter(\.isFarOff).map { _, name, figure, decimals in
      "\(name) \(Formatting.fixed(figure.generated, decimals: decimals)) (floor "
        + "\(Formatting.fixed(figure.floor, decimals: decimals)))"
    }
    return texts.isEmpty ? nil : texts.joined(separator: ", ")
  }

  private var rows: [[String]] {
    let levels = evaluation.slicedWasserstein.map {
      row("sliced Wasserstein, \($0.size) pixels", "lower", $0.figure, decimals: 2)
    }
    return levels + [
      row("sliced Wasserstein, mean", "lower", evaluation.slicedWassersteinMean, decimals: 2),
      row("precision", "higher", evaluation.precision),
      row("recall", "higher", evaluation.recall),
      row("density", "higher", evaluation.density),
      row("coverage", "higher", evaluation.coverage),
      row("MS-SSIM of pairs", "near the floor", evaluation.msSsim),
      row(
        "copying z", "near 0; below \(Int(EvaluationResult.copyingThreshold)): copies",
        evaluation.copying,
        decimals: 2),
      row("copying z, by cells", "near 0", evaluation.copyingByCells, decimals: 2),
    ]
  }

  private func row(
    _ name: String, _ better: String, _ figure: EvaluationResult.Figure?, decimals: Int = 4
  ) -> [String] {
    [name, better]
      + [figure?.generated, figure?.floor].map { number in
        number.map { Formatting.fixed($0, decimals: decimals) } ?? "too few"
      }
  }

  /// Where the reader sees the nearest pairs.
  private var look: String {
    sheet.map { "look at \(printable($0))" }
      ?? "look at the nearest pairs, which --sheet FILE shows"
  }

  private var verdict: String {
    let heldOut =
      "\(Formatting.counted(evaluation.heldOut, "held-out image")) (\(evaluation.heldOutSource))"
    if evaluation.looksCopied {
      return "Copies: closer to training images than \(heldOut) are; \(look)."
    }
    let copied = evaluation.copiedCells
    if let least = copied.first {
      return
        "Possible copies: in \(copied.count) of \(evaluation.copyingCells.count) cells generated images "
        + "are closer to training images than \(heldOut) are (min z "
        + "\(Formatting.fixed(least, decimals: 2))); \(look)."
    }
    let isFar = evaluation.copying.generated > -EvaluationResult.copyingThreshold
    return
      "Overall \(isFar ? "further from" : "no closer to") training images than \(heldOut) are; this does "
      + "not reveal a few copies among many images: \(look)."
  }
}
