import DataSets
import Evaluation
import Imaging
import Samples
import Support
import Tensor

/// What an evaluation measured of one class: its generated images beside two floors.
struct ClassEvaluation: Encodable {
  /// What real images of the other classes come to in the place of generated ones, as many: a generator
  /// that heeds the class is nearer to the real images than they are.
  struct OtherClasses: Encodable {
    let slicedWassersteinMean: Double
    let precision: Double
    let recall: Double
    let density: Double
    let coverage: Double

    init(_ result: EvaluationResult) {
      slicedWassersteinMean = result.slicedWassersteinMean.generated
      precision = result.precision.generated
      recall = result.recall.generated
      density = result.density.generated
      coverage = result.coverage.generated
    }
  }

  /// The name of the class.
  let className: String
  /// The figures; nil where there are too few images.
  let figures: EvaluationResult?
  /// Those of real images of the other classes; nil where there are too few.
  let otherClasses: OtherClasses?
  /// Why there are no figures; nil where there are.
  let problem: String?

  private enum CodingKeys: String, CodingKey {
    case className = "class"
    case figures, otherClasses, problem
  }
}

/// Measures the images of each class of conditional networks by themselves.
struct ClasswiseEvaluation {
  let subject: EvaluatedImages
  let options: EvaluateOptions
  /// What measures.
  let backend: Backend
  /// What draws.
  let artist: Backend
  let progress: ProgressLine

  /// Measures every class; empty where the networks know none, or the images are at hand.
  ///
  /// Throws what reading the data throws; classes with too few images, or none in the data, are named in
  /// the result.
  func run() throws -> [ClassEvaluation] {
    guard let classes = subject.classes else { return [] }
    return try classes.names.indices.map { label in
      do {
        return try measure(label, of: classes.names)
      } catch let error where error is EvaluationError || error is DataSetError {
        return ClassEvaluation(
          className: classes.names[label], figures: nil, otherClasses: nil,
          problem: Message(error).text)
      }
    }
  }

  private func measure(_ label: Int, of names: [String]) throws -> ClassEvaluation {
    var request = subject.request
    request.selection.classes = [names[label]]
    request.digest = nil
    let data = try EvaluationData(
      request, seed: options.seed, threads: backend.pool.threadCount
    ) { [progress] done, total in
      progress.update(.counting("loading", done: done, of: total))
    }
    let evaluator = Evaluator(data, seed: options.seed, backend: backend)
    let count = min(options.count, data.mostCompared)
    let generated = try subject.images(
      atMost: count, seed: options.seed, classes: .inTurn([label]), artist, progress)
    let result = try evaluator.evaluate(generated, from: subject.place, progress: show)
    let others = try realImages(
      of: names.indices.filter { $0 != label }.map { names[$0] }, atMost: count)
    let second =
      others.count < EvaluationError.leastCompared
      ? nil : try evaluator.evaluate(others, from: request.path, progress: show)
    return ClassEvaluation(
      className: names[label], figures: result.evaluation,
      otherClasses: second.map { .init($0.evaluation) }, problem: nil)
  }

  private func show(_ stage: Evaluator.Stage, _ done: Int, _ total: Int) {
    progress.update(.counting(stage.rawValue, done: done, of: total))
  }

  /// Reads training images of some classes, evenly spread over them.
  private func realImages(of classes: [String], atMost count: Int) throws -> [PixelImage] {
    var selection = subject.request.selection
    selection.classes = classes
    selection.limit = count
    let images = try ImageDataSet(
      listing: ImageFolder(root: subject.request.path, selection),
      reading: subject.request.reading, threads: backend.pool.threadCount)
    return try (0..<images.count).map { try images.image(at: $0).withoutRepeatedChannels() }
  }
}

extension ClassEvaluation {
  /// The figures of some classes as a table.
  static func text(_ classes: [ClassEvaluation]) -> String {
    let rows = classes.flatMap(\.rows)
    let problems = classes.compactMap { $0.problem }
    let header = ["class", "metric", "generated", "floor", "other classes"]
    let table = rows.isEmpty ? [] : [Formatting.columns(header, rows, texts: 2)]
    return (table + problems).joined(separator: "\n")
  }

  private var rows: [[String]] {
    guard let figures else { return [] }
    func row(
      _ metric: String, _ figure: EvaluationResult.Figure, _ other: Double?, decimals: Int = 4
    ) -> [String] {
      [className, metric]
        + [figure.generated, figure.floor, other].map { number in
          number.map { Formatting.fixed($0, decimals: decimals) } ?? ""
        }
    }
    return [
      row(
        "sliced Wasserstein, mean", figures.slicedWassersteinMean,
        otherClasses?.slicedWassersteinMean, decimals: 2),
      row("precision", figures.precision, otherClasses?.precision),
      row("recall", figures.recall, otherClasses?.recall),
      row("density", figures.density, otherClasses?.density),
      row("coverage", figures.coverage, otherClasses?.coverage),
      row("copying z", figures.copying, nil, decimals: 2),
    ]
  }
}
