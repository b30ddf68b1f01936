import Foundation
import Imaging
import Study

/// Writes a study as one page that needs nothing beside itself.
package struct StudyPage {
  let result: StudyResult
  let curves: [StudyCurve]
  /// For each share a sheet of real images and one of synthetic ones, each a JPEG file.
  private let sheets: [(share: Double, real: Sheet, synthetic: Sheet?)]

  /// A picture of images by class.
  struct Sheet {
    let width: Int
    let height: Int
    let jpeg: Data
  }

  private static let quality = 85

  /// Makes the page of a study; throws `ImageError` where the examples cannot be encoded.
  package init(_ result: StudyResult, curves: [StudyCurve], examples: [StudyExamples]) throws {
    self.result = result
    self.curves = curves
    sheets = try examples.map { example in
      let synthetic = example.classes.contains { !$0.synthetic.isEmpty }
      return (
        example.share, try Self.sheet(example.classes.map { ($0.name, $0.real) }),
        try synthetic ? Self.sheet(example.classes.map { ($0.name, $0.synthetic) }) : nil
      )
    }
  }

  private static func sheet(_ groups: [(label: String, tiles: [PixelImage])]) throws -> Sheet {
    let image = ContactSheet.image(of: groups)
    return Sheet(
      width: image.width, height: image.height,
      jpeg: try image.jpegData(quality: quality, file: "study.html"))
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
    let charts: [HTML] = result.settings.shares.map { share in
      StudyROCChart(
        share: share, curves: curves.filter { $0.share == share }, mixtures: result.mixtures
      ).html
    }
    return """
      <section aria-labelledby="roc"><h2 id="roc">ROC curves</h2>
      <p>Of the mean probability over the trainings, on the \
      \(result.data.testImages) test images.</p>
      <div class="columns">
      \(charts)
      </div>
      \(StudyChart.legend(result.mixtures))
      </section>
      """
  }

  private var examples: HTML? {
    guard !sheets.isEmpty else { return nil }
    let figures: [HTML] = sheets.map { share, real, synthetic in
      let made = synthetic.map { figure($0, "Synthetic images, share \(Self.text(share))") }
      return """
        <div class="columns">\(figure(real, "Real images, share \(Self.text(share))"))\(made)</div>
        """
    }
    return """
      <section aria-labelledby="examples"><h2 id="examples">Examples of the images</h2>
      \(figures)
      </section>
      """
  }

  private func figure(_ sheet: Sheet, _ words: String) -> HTML {
    """
    <figure class="examples"><figcaption>\(words)</figcaption><img alt="\(words), a row or more a class" \
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
