import Statistics
import Study

/// The tables of a study's page.
extension StudyPage {
  /// The mean figures of every arm and share.
  var summary: HTML {
    let rows: [HTML] = result.settings.shares.flatMap { share in
      result.mixtures.compactMap { mixture -> HTML? in
        let own = result.rows(share, mixture)
        guard let first = own.first else { return nil }
        func mean(_ value: KeyPath<StudyRow, Double>) -> String {
          Self.fixed(Statistics.mean(own.map { $0[keyPath: value] }))
        }
        let areas = own.map(\.auroc)
        let spread = "\(Self.fixed(areas.min() ?? 0)) to \(Self.fixed(areas.max() ?? 0))"
        return Self.row(
          [
            Self.text(share), mixture.name, "\(first.images)", "\(first.syntheticImages)",
            mean(\.auroc), spread, mean(\.auprc), mean(\.balancedAccuracy), mean(\.sensitivity),
            mean(\.specificity), mean(\.brier),
          ])
      }
    }
    return Self.table(
      "Means over \(Formatting.counted(result.settings.seeds, "training")); the spread is from the "
        + "least to the greatest",
      [
        "share", "arm", "images", "synthetic", "AUROC", "spread", "AUPRC", "balanced accuracy",
        "sensitivity", "specificity", "Brier score",
      ], rows)
  }

  /// The arms beside the controls.
  var comparisons: HTML {
    let rows: [HTML] = result.comparisons.map { comparison in
      let sign = comparison.difference < 0 ? "" : "+"
      return Self.row(
        [
          Self.text(comparison.share), comparison.mixture.name, comparison.control.rawValue,
          sign + Self.fixed(comparison.difference),
          "\(Self.fixed(comparison.low)) to \(Self.fixed(comparison.high))",
          Formatting.fixed(comparison.p, decimals: 4),
          Formatting.fixed(comparison.pHolm, decimals: 4),
        ])
    }
    return """
      <section aria-labelledby="comparisons"><h2 id="comparisons">Differences from the controls</h2>
      <p>Of the mean AUROC over the trainings, with 95 % intervals from a bootstrap over the \
      \(result.data.testPatients) test patients, and p-values after Holm for the arms that are compared with \
      a control at a share.</p>
      \(Self.table(
        "Difference of the AUROC", [
          "share", "arm", "control", "difference", "95 % interval", "p", "p after Holm",
        ], rows))
      </section>
      """
  }

  /// The figures of every training.
  var rows: HTML {
    let rows: [HTML] = result.rows.map { row in
      let interval =
        row.aurocLow.flatMap { low in
          row.aurocHigh.map { "\(Self.fixed(low)) to \(Self.fixed($0))" }
        } ?? ""
      return Self.row(
        [
          Self.text(row.share), row.mixture.name, "\(row.seed)", "\(row.images)",
          "\(row.syntheticImages)", Self.fixed(row.auroc), interval, Self.fixed(row.auprc),
          Self.fixed(row.balancedAccuracy), Self.fixed(row.sensitivity),
          Self.fixed(row.specificity), Self.fixed(row.brier),
          row.threshold.map(Self.fixed) ?? "",
        ])
    }
    return """
      <section aria-labelledby="rows"><h2 id="rows">Every training</h2>
      <details><summary>Show all \(Formatting.counted(result.rows.count, "training"))</summary>
      \(Self.table(
        "The figures on the test images; intervals after DeLong", [
          "share", "arm", "seed", "images", "synthetic", "AUROC", "95 % interval", "AUPRC",
          "balanced accuracy", "sensitivity", "specificity", "Brier score", "threshold",
        ], rows))
      </details></section>
      """
  }

  /// The settings and the data.
  var facts: HTML {
    let (settings, data) = (result.settings, result.data)
    let facts = [
      ("Classes", data.classes.joined(separator: ", ")),
      ("Positive class", data.positive ?? "each against the others"),
      ("Training images", "\(data.trainingImages) of \(data.trainingPatients) patients"),
      (
        "Of these for thresholds", "\(data.validationImages) of \(data.validationPatients) patients"
      ),
      ("Test images", "\(data.testImages) of \(data.testPatients) patients"),
      ("Images of the shares", result.shareImages.map { "\($0)" }.joined(separator: ", ")),
      (
        "Image size",
        "\(settings.size)x\(settings.size), \(settings.channels == 1 ? "grey" : "colour")"
      ),
      ("Widths", "ndf \(settings.ndf), ngf \(settings.ngf)"),
      ("Steps of a classifier", Formatting.grouped(settings.steps)),
      ("Steps of a generator", Formatting.grouped(settings.generatorSteps)),
      ("Least score of the filtered arm", "\(settings.minReal)"), ("Seed", "\(settings.seed)"),
      ("Digest of the data", data.digest),
    ]
    let rows: [HTML] = facts.map {
      "<tr><th scope=\"row\">\($0.0)</th><td>\($0.1)</td></tr>"
    }
    return """
      <section aria-labelledby="facts"><h2 id="facts">Data and settings</h2>
      <table><caption>Data and settings</caption><tbody>
      \(rows)
      </tbody></table></section>
      """
  }

  private static func table(_ caption: String, _ header: [String], _ rows: [HTML]) -> HTML {
    let cells: [HTML] = header.map { "<th scope=\"col\">\($0)</th>" }
    return """
      <div class="scroll" tabindex="0" role="region" aria-label="\(caption)">
      <table class="numbers"><caption>\(caption)</caption>
      <thead><tr>\(cells)</tr></thead><tbody>
      \(rows)
      </tbody></table></div>
      """
  }

  private static func row(_ texts: [String]) -> HTML {
    let cells: [HTML] = texts.map { "<td>\($0)</td>" }
    return """
      <tr>\(cells)</tr>
      """
  }

  /// Writes three decimals.
  static func fixed(_ number: Double) -> String { Formatting.fixed(number, decimals: 3) }
}
