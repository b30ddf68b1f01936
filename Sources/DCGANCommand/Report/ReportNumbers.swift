import Reporting
import Training

extension ReportPage {
  /// Rows that a table of epochs shows at most.
  private static let tableRows = 100

  /// Shows losses, scores and speed as curves, and the same as a table.
  var curves: HTML {
    """
    <section aria-labelledby="curves"><h2 id="curves">Training</h2>
    <div class="columns">
    \(chart("Losses", "loss", "losses", [("D, the discriminator", \.lossD), ("G, the generator", \.lossG)]))
    \(chart("Scores during training", "mean score", "means", [
      ("D(x), real images", \.realScore), ("D(G(z)), before D's step", \.fakeScore),
      ("D(G(z)), after D's step", \.updatedFakeScore),
    ], top: 1))
    \(chart("Speed", "images per second", "speed", [("Images per second", \.imagesPerSecond)]))
    \(diversityChart)
    </div>
    \(epochTable)
    </section>
    """
  }

  private func chart(
    _ title: String, _ unit: String, _ identifier: String,
    _ lines: [(String, KeyPath<StepMetrics, Float>)], top: Double? = nil
  ) -> HTML {
    LineChart(
      title: title, unit: unit,
      lines: lines.map { name, field in
        .init(
          name: name,
          curve: MetricCurve(report.metrics, field, epochs: report.epochs(after:)))
      }, top: top, identifier: identifier
    ).html
  }

  private var diversityChart: HTML? {
    guard !report.epochs.isEmpty else { return nil }
    let curve = MetricCurve(diversityOf: report.epochs, epochs: report.epochs(after:))
    return LineChart(
      title: "Diversity of the progress sheets", unit: "diversity, real images = 1",
      lines: [.init(name: "Diversity", curve: curve)], identifier: "diversity"
    ).html
  }

  /// Writes an epoch's diversity, where the run kept it.
  private func diversity(of epoch: Int) -> String {
    let line = report.epochs.last { $0.epoch == epoch }
    return line?.diversity.map { Formatting.fixed($0, decimals: 2) } ?? "unknown"
  }

  private var epochTable: HTML? {
    let means = StepMetrics.epochMeans(report.metrics)
    guard !means.isEmpty else { return nil }
    let shown = ProgressGrid.spread(Array(means.indices), count: Self.tableRows).map { means[$0] }
    let left =
      shown.count == means.count
      ? "" : "; \(shown.count) of \(Formatting.grouped(means.count)) epochs, evenly spaced"
    let rows: [HTML] = shown.map { epoch in
      let cells: [HTML] = [
        number(epoch.lossD, 3), number(epoch.lossG, 3), number(epoch.realScore, 3),
        number(epoch.fakeScore, 3), number(epoch.updatedFakeScore, 3),
        number(epoch.imagesPerSecond, 1),
        diversity(of: epoch.epoch),
      ].map { "<td>\($0)</td>" }
      return """
        <tr><th scope="row">\(epoch.epoch)</th>\(cells)</tr>
        """
    }
    let one = means.count == 1 ? " The run has one epoch so far." : ""
    return """
      <details><summary>Table of epochs</summary>
      <div class="scroll" role="region" aria-label="Numbers by epoch" tabindex="0">
      <table class="numbers"><caption>Means over the steps of each epoch\(left), and the diversity of the sheet at its end.\(one)</caption>
      <thead><tr><th scope="col">Epoch</th><th scope="col">Loss of D</th>
      <th scope="col">Loss of G</th><th scope="col">D(x)</th>
      <th scope="col">D(G(z)) before</th><th scope="col">after</th>
      <th scope="col">Images/s</th><th scope="col">Diversity</th></tr></thead>
      <tbody>
      \(rows)
      </tbody></table></div></details>
      """
  }

  private func number(_ value: Float, _ decimals: Int) -> String {
    value.isFinite ? Formatting.fixed(Double(value), decimals: decimals) : "not finite"
  }

  /// Shows how the discriminator scores real and generated images.
  var scores: HTML {
    """
    <section aria-labelledby="scores"><h2 id="scores">What the discriminator believes</h2>
    \(distribution)
    </section>
    """
  }

  private var distribution: HTML {
    guard let scores = report.scores else {
      return """
        <p class="missing">\(Self.noCheckpoint)</p>
        """
    }
    let source =
      switch scores.realSource {
      case .dataSet: "evenly spaced in the data that the run trains on"
      case .realSamples:
        "evenly spaced in the data, from real-samples.png, as the data set is missing"
      case .firstImages:
        "the first of the data, from real-samples.png, as the data set is missing"
      }
    return """
      <p>Scores by the checkpoint of epoch \(scores.epoch), in evaluation mode. The real images are \
      \(source); the generated ones are those of dcgan sample with seed \(String(scores.seed)). These \
      scores can differ greatly from those during training, and from one epoch to the next.</p>
      <div class="columns">
      \(histogram("Real images", scores.real, "real", scores.threshold))
      \(histogram("Generated images", scores.generated, "generated", scores.threshold))
      </div>
      \(scoreTable(scores))
      """
  }

  private func histogram(
    _ title: String, _ group: ReportedScores.Group?, _ identifier: String, _ threshold: Float
  ) -> HTML {
    guard let group else {
      return """
        <p class="missing">\(title): none could be scored.</p>
        """
    }
    return HistogramChart(
      title: title, group: group, threshold: threshold, identifier: identifier
    ).html
  }

  private func scoreTable(_ scores: ReportedScores) -> HTML {
    func cells(_ group: ReportedScores.Group?, _ bin: Int) -> String {
      group.map { Formatting.grouped($0.summary.histogram[bin]) } ?? "none"
    }
    let rows: [HTML] = (0..<10).map { bin in
      """
      <tr><th scope="row">\(HistogramChart.range(bin))</th><td>\(cells(scores.real, bin))</td>\
      <td>\(cells(scores.generated, bin))</td></tr>
      """
    }
    return """
      <details><summary>Table of scores</summary>
      <table class="numbers"><caption>Images by score</caption>
      <thead><tr><th scope="col">Score</th><th scope="col">Real</th>\
      <th scope="col">Generated</th></tr></thead>
      <tbody>
      \(rows)
      </tbody></table></details>
      """
  }
}
