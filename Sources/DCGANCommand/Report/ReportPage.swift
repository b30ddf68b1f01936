import DCGAN
import Foundation
import Reporting
import Training

/// Writes a run's report as one page that needs nothing beside itself.
package struct ReportPage {
  let report: RunReport
  /// Whether the page loads itself again while the run goes on.
  let isLive: Bool

  /// Makes the page of a report; `isLive` for one that is written again and again.
  package init(_ report: RunReport, isLive: Bool = false) {
    self.report = report
    self.isLive = isLive
  }

  /// Returns the page.
  package var html: HTML {
    WebPage(
      title: title, css: ReportStyle.css, script: (ReportStyle.script, ReportStyle.scriptDigest),
      body: body
    ).html
  }

  private var body: HTML {
    """
    <header>
    <h1>\(title)</h1>
    <p class="lead">\(state)</p>
    \(reloading)</header>
    <main>
    \(warnings)
    \(facts)
    \(sheets)
    \(comparison)
    \(curves)
    \(scores)
    \(calibration)
    \(dataSet)
    \(settings)
    </main>
    <footer>
    \(report.realSheet == nil ? nil : WebPage.patients)
    <p>Written by dcgan \(DCGANVersion.current). Synthetic images are not images of patients and not \
    for diagnosis. A score says what this run's discriminator believes, nothing about anatomy.</p>
    </footer>
    """
  }

  private var title: String { "dcgan report: \(report.path)" }

  private var state: String {
    let configuration = report.configuration
    let done =
      "\(Formatting.grouped(report.epochsDone)) of "
      + "\(Formatting.counted(configuration.epochs, "epoch")) done, "
      + Formatting.counted(report.stepsDone, "step")
    let time = report.lastLogged.map { "; last step logged \(Self.time($0))" } ?? ""
    return report.isFinished
      ? "Finished: \(done)\(time)."
      : "Not finished: \(done)\(time). If it has stopped, continue it with dcgan train --resume."
  }

  private var reloading: HTML? {
    guard isLive && !report.isComplete else { return nil }
    return """
      <p class="reload"><label><input type="checkbox" id="reload" checked> Reload this page every \
      30 seconds</label></p>

      """
  }

  private var warnings: HTML? {
    let warnings = report.warnings.map(\.text)
    guard !warnings.isEmpty else { return nil }
    let items: [HTML] = warnings.map { "<li>\($0)</li>" }
    return """
      <section class="warnings" aria-labelledby="warnings"><h2 id="warnings">Warnings</h2>
      <ul>
      \(items)
      </ul></section>
      """
  }

  private var facts: HTML {
    let last = StepMetrics.epochMeans(report.metrics).last
    func number(_ value: Float?, _ decimals: Int) -> String {
      guard let value, value.isFinite else { return "unknown" }
      return Formatting.fixed(Double(value), decimals: decimals)
    }
    let generated = report.scores?.generated
    let rows = [
      ("Images", Formatting.grouped(report.configuration.images)),
      ("Loss of D, last epoch", number(last?.lossD, 3)),
      ("Loss of G, last epoch", number(last?.lossG, 3)),
      ("D(x), last epoch", number(last?.realScore, 2)),
      ("D(G(z)), last epoch", number(last?.fakeScore, 2)),
      ("Images per second", number(last?.imagesPerSecond, 1)),
      ("Generated images that pass", generated.map { Formatting.percent($0.share) } ?? "unknown"),
      (
        "Diversity (real images: 1)",
        report.variety.map { Formatting.fixed($0, decimals: 2) } ?? "unknown"
      ),
    ]
    let items: [HTML] = rows.map { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>" }
    return """
      <dl class="facts">
      \(items)
      </dl>
      """
  }

  /// Writes a time as `2026-11-25 19:41 UTC`.
  static func time(_ date: Date) -> String {
    let text = date.formatted(.iso8601)
    return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5)) UTC"
  }
}
