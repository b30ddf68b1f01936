import Statistics
import Study

/// The tables of a study's page.
extension StudyPage {
  /// Rows that a table shows at most before it is folded.
  private static let mostRows = 12

  /// The mean figures of every arm and share, with their range.
  var summary: HTML {
    let groups: [HTML] = result.settings.shares.map { share in
      let rows: [HTML] = result.mixtures.compactMap { mixture in
        let own = result.rows(share, mixture)
        guard let first = own.first else { return nil }
        let figures: [HTML] = [
          \StudyRow.auroc, \.auprc, \.balancedAccuracy, \.sensitivity, \.specificity, \.brier,
        ].map { figure in Self.range(own.map { $0[keyPath: figure] }) }
        return Self.row(
          StudyText.name(of: first),
          figures + [
            "\(Formatting.grouped(first.images))", "\(Formatting.grouped(first.syntheticImages))",
          ])
      }
      return group(share, columns: 9, rows)
    }
    return Self.table(
      "Means over \(Formatting.counted(result.settings.seeds, "training"))"
        + (result.settings.seeds > 1 ? ", and from the least to the greatest" : ""),
      [
        "arm", "AUROC", "AUPRC", "balanced accuracy", "sensitivity", "specificity", "Brier score",
        "images", "synthetic",
      ], groups)
  }

  /// What the mark behind arms' names says; nothing where there is none.
  var footnote: HTML {
    guard result.rows.contains(where: \.mayHaveSeenMore) else { return "" }
    return "<p>\(StudyText.footnote)</p>"
  }

  /// The sensitivities of the ROC curves.
  var sensitivities: HTML {
    let groups: [HTML] = result.settings.shares.map { share in
      let own = curves.filter { $0.share == share }
      return group(
        share, columns: 1 + StudyCurve.specificities.count,
        own.map { Self.row($0.mixture.name, $0.sensitivities.map { "\(Self.fixed($0))" }) })
    }
    return Self.folded(
      "Table of the curves", isOpen: false,
      Self.table(
        "Sensitivity at a specificity",
        ["arm"] + StudyCurve.specificities.map { "of \(Self.text($0))" }, groups))
  }

  /// The arms beside the controls.
  var comparisons: HTML {
    guard !result.comparisons.isEmpty else {
      return """
        <section aria-labelledby="comparisons"><h2 id="comparisons">Differences from the controls</h2>
        <p class="missing">One arm alone was trained: there is nothing to compare.</p></section>
        """
    }
    let groups: [HTML] = result.settings.shares.map { share in
      group(
        share, columns: 7,
        result.comparisons.filter { $0.share == share }.map { comparison in
          let sign = comparison.difference < 0 ? "" : "+"
          let shown =
            comparison.isBetter ? "better" : comparison.isWorse ? "worse" : "no difference shown"
          return Self.row(
            comparison.mixture.name,
            [
              "\(controlName(comparison.control))", "\(sign + Self.fixed(comparison.difference))",
              "\(Self.fixed(comparison.low)) to \(Self.fixed(comparison.high))",
              "\(Formatting.fixed(comparison.p, decimals: 4))",
              "\(Formatting.fixed(comparison.pHolm, decimals: 4))", "\(shown)",
            ])
        })
    }
    let table = Self.table(
      "Difference of the AUROC",
      ["arm", "control", "difference", "95 % interval", "p", "p after Holm", "shown"], groups)
    let count = result.comparisons.count
    return """
      <section aria-labelledby="comparisons"><h2 id="comparisons">Differences from the controls</h2>
      <p>Of the mean AUROC over the trainings, with 95 % intervals from a bootstrap over the \
      \(Formatting.grouped(result.data.testPatients)) test patients, and p-values after Holm for the arms \
      that are compared with a control at a share. A difference counts as shown where that is below \
      \(Self.text(StudyComparison.level)).</p>
      \(Self.folded(
        "All \(Formatting.counted(count, "comparison"))", isOpen: count <= Self.mostRows, table))
      </section>
      """
  }

  /// The name of a control as the other tables have it.
  private func controlName(_ control: StudyArm) -> String {
    result.mixtures.first { $0.arm == control }?.name ?? control.rawValue
  }

  /// The figures of every training.
  var rows: HTML {
    let groups: [HTML] = result.settings.shares.map { share in
      let own = result.rows.filter { $0.share == share }
      return group(
        share, columns: 12,
        own.map { row in
          let interval =
            row.aurocLow.flatMap { low in
              row.aurocHigh.map { "\(Self.fixed(low)) to \(Self.fixed($0))" }
            } ?? "none"
          let figures = [
            row.auprc, row.balancedAccuracy, row.sensitivity, row.specificity, row.brier,
          ]
          return Self.row(
            StudyText.name(of: row),
            [
              "\(row.seed)", "\(Formatting.grouped(row.images))",
              "\(Formatting.grouped(row.syntheticImages))", "\(Self.fixed(row.auroc))",
              "\(interval)",
            ] + figures.map { "\(Self.fixed($0))" }
              + ["\(row.threshold.map(Self.fixed) ?? "none")"])
        })
    }
    return """
      <section aria-labelledby="rows"><h2 id="rows">Every training</h2>
      \(Self.folded(
        "All \(Formatting.counted(result.rows.count, "training"))", isOpen: false,
        Self.table(
          "The figures on the test images; intervals after DeLong",
          [
            "arm", "seed", "images", "synthetic", "AUROC", "95 % interval", "AUPRC",
            "balanced accuracy", "sensitivity", "specificity", "Brier score", "threshold",
          ], groups)))
      </section>
      """
  }

  /// The rows of a share under a heading of their own; nil where there are none.
  private func group(_ share: Double, columns: Int, _ rows: [HTML]) -> HTML {
    guard !rows.isEmpty else { return "" }
    let place = result.settings.shares.firstIndex(of: share) ?? 0
    let images = Formatting.counted(result.shareImages[place], "real image")
    return """
      <tbody><tr class="group"><th scope="rowgroup" colspan="\(columns)">Share \(Self.text(share)): \
      \(images)</th></tr>
      \(rows)
      </tbody>
      """
  }

  private static func folded(_ summary: String, isOpen: Bool, _ content: HTML) -> HTML {
    """
    <details\(isOpen ? " open" : "")><summary>\(summary)</summary>
    \(content)
    </details>
    """
  }

  private static func table(_ caption: String, _ header: [String], _ groups: [HTML]) -> HTML {
    let cells: [HTML] = header.map { "<th scope=\"col\">\($0)</th>" }
    return """
      <div class="scroll" tabindex="0" role="region" aria-label="\(caption)">
      <table class="numbers"><caption>\(caption)</caption>
      <thead><tr>\(cells)</tr></thead>
      \(groups)
      </table></div>
      """
  }

  private static func row(_ name: String, _ cells: [HTML]) -> HTML {
    let cells: [HTML] = cells.map { "<td>\($0)</td>" }
    return """
      <tr><th scope="row">\(name)</th>\(cells)</tr>
      """
  }

  /// Writes the mean of figures and, where there are several, from which to which they go.
  private static func range(_ figures: [Double]) -> HTML {
    let spread = Spread(figures)
    guard figures.count > 1 else { return "\(fixed(spread.mean))" }
    return """
      \(fixed(spread.mean))<br><span class="range">\(fixed(spread.minimum)) to \
      \(fixed(spread.maximum))</span>
      """
  }

  /// Writes three decimals.
  static func fixed(_ number: Double) -> String { Formatting.fixed(number, decimals: 3) }
}
