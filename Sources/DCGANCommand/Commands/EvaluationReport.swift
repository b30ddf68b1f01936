import DCGAN

/// Writes what an evaluation measured, for readers and for machines.
struct EvaluationReport {
  /// What is written as JSON: the figures, and what they are about.
  struct Content: Encodable {
    /// Says where the generated images come from.
    let generated: String
    /// Is the program's version.
    let version: String
    /// Holds the figures.
    let figures: Evaluation
  }

  private let evaluation: Evaluation
  private let subject: String

  /// Arranges figures about images that `subject` names.
  init(_ evaluation: Evaluation, subject: String) {
    self.evaluation = evaluation
    self.subject = subject
  }

  /// The figures for machines.
  var content: Content {
    Content(generated: subject, version: DCGANVersion.current, figures: evaluation)
  }

  /// The figures as a table, between what is compared and what the copying test says.
  var text: String {
    let compared = Formatting.grouped(evaluation.compared)
    return """
      \(printable(subject))
      \(compared) generated images against \(compared) of \
      \(Formatting.counted(evaluation.training, "training image")), \
      \(evaluation.size) pixels, \(evaluation.channels == 1 ? "grey" : "colour")
      \(Formatting.columns(["metric", "better", "generated", "floor"], rows, texts: 2))
      \(verdict)
      """
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
        "copying z", "near 0; below \(Int(Evaluation.copyingThreshold)) copies", evaluation.copying,
        decimals: 2),
      row("copying z, by cells", "near 0", evaluation.copyingByCells, decimals: 2),
    ]
  }

  private func row(
    _ name: String, _ better: String, _ figure: Evaluation.Figure?, decimals: Int = 4
  ) -> [String] {
    [name, better]
      + [figure?.generated, figure?.floor].map { number in
        number.map { Formatting.fixed($0, decimals: decimals) } ?? "too few"
      }
  }

  private var verdict: String {
    let heldOut =
      "\(Formatting.counted(evaluation.heldOut, "held-out image")) (\(evaluation.heldOutSource))"
    if evaluation.looksCopied {
      return "Copies: nearer to training images than \(heldOut) are; look at the sheet."
    }
    let copied = evaluation.copiedCells
    if let least = copied.first {
      return
        "Perhaps copies: in \(copied.count) of \(evaluation.copyingCells.count) cells generated images "
        + "are nearer to training images than \(heldOut) are (least z "
        + "\(Formatting.fixed(least, decimals: 2))); look at the sheet."
    }
    let isFar = evaluation.copying.generated > -Evaluation.copyingThreshold
    return
      "As a whole \(isFar ? "further from" : "no nearer to") training images than \(heldOut) are; a few "
      + "copies among many images do not show in this: look at the sheet."
  }
}
