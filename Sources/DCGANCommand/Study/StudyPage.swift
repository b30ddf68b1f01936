import Study

/// Writes a study as one page that needs nothing beside itself.
///
/// It follows from what the study found alone: neither the time nor the number of threads is in it.
package struct StudyPage {
  let result: StudyResult
  let curves: [StudyCurve]
  let series: StudySeries
  private let sheets: StudySheets

  /// Makes the page of a study; throws `ImageError` where the examples cannot be encoded.
  package init(_ result: StudyResult, curves: [StudyCurve], examples: [StudyExamples]) throws {
    self.result = result
    self.curves = curves
    series = StudySeries(mixtures: result.mixtures)
    sheets = try StudySheets(examples)
  }

  /// Returns the page.
  package var html: HTML {
    WebPage(title: title, css: StudyStyle.css, script: nil, body: body).html
  }

  private var title: String { "dcgan study: do synthetic images help?" }

  private var body: HTML {
    """
    <header>
    <h1>\(title)</h1>
    \(verdicts)
    </header>
    <main>
    \(warnings)
    <section aria-labelledby="curves"><h2 id="curves">AUROC over the share of real images</h2>
    \(StudyChart(result).html)
    \(summary)
    \(footnote)
    </section>
    \(rocCurves)
    \(comparisons)
    \(examples)
    \(rows)
    \(facts)
    </main>
    <footer>
    \(WebPage.patients)
    <p>Written by dcgan \(result.version). A study says what synthetic images did to these \
    classifiers on these data, nothing about other data.</p>
    </footer>
    """
  }

  private var verdicts: HTML {
    let items: [HTML] = result.verdicts.map { "<p class=\"verdict\">\($0)</p>" }
    return """
      \(items)
      """
  }

  private var warnings: HTML? {
    guard !result.warnings.isEmpty else { return nil }
    let items: [HTML] = result.warnings.map { "<li>\($0)</li>" }
    return """
      <section class="warnings" aria-labelledby="warnings"><h2 id="warnings">Warnings</h2>
      <ul>
      \(items)
      </ul></section>
      """
  }

  private var rocCurves: HTML {
    guard !curves.isEmpty else {
      return """
        <section aria-labelledby="roc"><h2 id="roc">ROC curves</h2>
        <p class="missing">There are curves for two classes only; these data have \
        \(result.data.classes.count).</p></section>
        """
    }
    let charts: [HTML] = result.settings.shares.enumerated().map { index, share in
      StudyROCChart(
        share: share, curves: curves.filter { $0.share == share }, series: series,
        identifier: "roc-\(index)"
      ).html
    }
    return """
      <section aria-labelledby="roc"><h2 id="roc">ROC curves</h2>
      <p>The probabilities of an arm are averaged over its trainings, on the \
      \(Formatting.grouped(result.data.testImages)) test images; such a mean may tell classes apart better \
      than any one training, so these curves may lie above the AUROC in the tables.</p>
      <div class="columns">
      \(charts)
      </div>
      \(series.legend)
      \(sensitivities)
      </section>
      """
  }

  private var examples: HTML? {
    guard !sheets.shares.isEmpty else { return nil }
    let figures: [HTML] = sheets.shares.map { share, real, synthetic in
      let made = synthetic.map { figure($0, "Synthetic images, share \(Self.text(share))") }
      return """
        <div class="columns">\(figure(real, "Real images, share \(Self.text(share))"))\(made)</div>
        """
    }
    return """
      <section aria-labelledby="examples"><h2 id="examples">Examples of the images</h2>
      <p>The first of each class that classifiers were trained on, not selected.\(reduction)</p>
      \(figures)
      </section>
      """
  }

  /// What the examples leave out so that the page stays small; nil for nothing.
  private var reduction: String {
    let all = result.data.classes.count
    let left =
      sheets.classes < all ? " Only the first \(sheets.classes) of \(all) classes are shown." : ""
    let size = result.settings.size
    return left
      + (sheets.side < size
        ? " They are reduced from \(size) to \(sheets.side) pixels a side." : "")
  }

  private func figure(_ sheet: StudySheets.Sheet, _ words: String) -> HTML {
    """
    <figure class="examples"><figcaption>\(words)</figcaption><img alt="\(words), a row for each class" \
    width="\(sheet.width)" height="\(sheet.height)" \
    src="data:image/jpeg;base64,\(base64: sheet.jpeg)"></figure>
    """
  }

  /// Writes a share without a needless point.
  static func text(_ share: Double) -> String {
    share == share.rounded() ? "\(Int(share))" : "\(share)"
  }
}

extension StudyResult {
  /// The arms with their ratios that have rows, in the order of the settings.
  var mixtures: [StudyMixture] {
    settings.mixtures.filter { mixture in rows.contains { $0.mixture == mixture } }
  }

  /// Returns the rows of an arm at a share.
  func rows(_ share: Double, _ mixture: StudyMixture) -> [StudyRow] {
    rows.filter { $0.share == share && $0.mixture == mixture }
  }
}
