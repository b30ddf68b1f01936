import Checkpoints

extension ReportPage {
  /// Shows how far scores can be taken for probabilities, before and after calibration; nil without a
  /// checkpoint, which the section on the scores tells.
  var calibration: HTML? {
    guard report.scores != nil else { return nil }
    return """
      <section aria-labelledby="calibration"><h2 id="calibration">Can a score be read as a probability?</h2>
      \(report.calibration.map(describe) ?? Self.uncalibrated)
      </section>
      """
  }

  private static let uncalibrated: HTML = """
    <p class="missing">The checkpoint holds no calibration, as older versions wrote none: a score \
    cannot be read as a probability.</p>
    """

  private func describe(_ calibration: ScoreCalibration) -> HTML {
    let source =
      calibration.isHeldOut
      ? "held-out real images"
      : "real training images, which makes it look better than it is,"
    let rows = [
      ("Brier score of D's own score", Formatting.fixed(calibration.brierScoreBefore, decimals: 3)),
      ("Brier score, calibrated", Formatting.fixed(calibration.brierScore, decimals: 3)),
      ("Real images", Formatting.grouped(calibration.realImages)),
      ("Generated images", Formatting.grouped(calibration.fakes)),
    ]
    let facts: [HTML] = rows.map { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>" }
    return """
      <p>Of the images with a probability of 0.7, seven in ten should be real. Checked on \(source) and on \
      newly generated ones, the same that the calibration was fitted to. The Brier score is the mean \
      squared error of the probability: 0 is best, and always answering 0.5 gives 0.25.</p>
      <div class="columns">
      \(calibration.reliability.map { ReliabilityChart($0, identifier: "reliability").html }
        ?? Self.withoutCurve)
      <dl class="facts">
      \(facts)
      </dl>
      </div>
      \(calibration.reliability.map { table(of: $0) })
      """
  }

  private static let withoutCurve: HTML = """
    <p class="missing">The checkpoint holds no reliability curve, as older versions wrote none.</p>
    """

  private func table(of reliability: ScoreCalibration.Reliability) -> HTML {
    func cells(_ bin: ReliabilityCurve.Bin) -> [HTML] {
      [
        Formatting.grouped(bin.count),
        bin.meanPrediction.map { Formatting.fixed($0, decimals: 3) } ?? "none",
        bin.observed.share.map(Formatting.percent) ?? "none",
      ].map { "<td>\($0)</td>" }
    }
    let rows: [HTML] = zip(reliability.before.bins, reliability.after.bins).enumerated().map {
      """
      <tr><th scope="row">\(HistogramChart.range($0))</th>\(cells($1.0))\(cells($1.1))</tr>
      """
    }
    return """
      <details><summary>Table of bins</summary>
      <div class="scroll" id="reliability" role="region" aria-label="Reliability by prediction" \
      tabindex="0">
      <table class="numbers"><caption>Images by prediction, with the mean prediction and the share of real \
      images</caption>
      <thead><tr><th scope="col">Prediction</th><th scope="col">D's own: images</th>
      <th scope="col">mean</th><th scope="col">real</th><th scope="col">Calibrated: images</th>
      <th scope="col">mean</th><th scope="col">real</th></tr></thead>
      <tbody>
      \(rows)
      </tbody></table></div></details>
      """
  }
}
