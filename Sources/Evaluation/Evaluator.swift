import Imaging
import Tensor

/// Measures generated pictures against real ones.
public struct Evaluator {
  /// A part of the work that takes its time.
  public enum Stage: String, Sendable {
    /// Levels of the sliced Wasserstein distance.
    case patches = "comparing patches"
    /// Sets of pictures that are described by features and compared.
    case features = "comparing features"
    /// Sets of pictures that are compared in pairs.
    case pairs = "comparing pairs"
    /// Sets of pictures that are searched for what is missing.
    case missing = "finding missing images"
  }

  /// A report of how much of a part is done.
  public typealias Progress = (_ stage: Stage, _ done: Int, _ total: Int) -> Void

  /// Generated pictures on the contact sheet at most.
  public static let sheetPairs = 24
  /// Pairs whose similarity is measured.
  private static let pairs = 1000
  /// Cells of the copying test at most.
  private static let cells = 10
  /// Held-out pictures for each of these cells, so that most of them hold enough in either half.
  private static let heldOutInCell = 64

  let data: EvaluationData
  private let seed: UInt64
  let backend: Backend

  /// Prepares to measure against real pictures; the seed places patches, draws directions and pairs.
  public init(_ data: EvaluationData, seed: UInt64, backend: Backend) {
    self.data = data
    self.seed = seed
    self.backend = backend
  }

  /// Measures generated pictures, as many of them as there are twice among the training pictures.
  ///
  /// The first n training pictures are what the n generated ones are compared with; n more of other
  /// patients are compared with the same for the floor. Throws `EvaluationError` where there are too few.
  ///
  /// - Parameters:
  ///   - generated: Pictures of the data's size.
  ///   - place: Where they come from, for the error.
  /// - Returns: The figures, and the sheet of the generated pictures nearest to a training picture,
  ///   each to the left of that.
  public func evaluate(
    _ generated: [PixelImage], from place: String, progress: Progress = { _, _, _ in }
  ) throws(EvaluationError) -> (evaluation: EvaluationResult, sheet: PixelImage) {
    let fakes = try compared(generated, from: place)
    let count = fakes.count
    let real = data.training[0..<count]
    let distances = patchDistances(
      fakes, real, other: data.training[second(count)], progress)
    let features = featureMetrics(fakes, progress)
    let similarities = [fakes, real].enumerated().map { index, set in
      progress(.pairs, index, 2)
      return PairSimilarity.similarity(of: set, pairs: Self.pairs, seed: seed, backend.pool)
    }
    let nearest = features.copying.matches.prefix(Self.sheetPairs)
    let evaluation = EvaluationResult(
      size: data.request.reading.size, channels: data.request.reading.channels, seed: seed,
      compared: count,
      training: data.training.count, heldOut: heldOutCount, heldOutSource: data.heldOutSource,
      slicedWasserstein: distances,
      slicedWassersteinMean: EvaluationResult.Figure(
        generated: mean(distances.map(\.generated)), floor: mean(distances.map(\.floor))),
      precision: features.figure(\.precision), recall: features.figure(\.recall),
      density: features.figure(\.density), coverage: features.figure(\.coverage),
      msSsim: EvaluationResult.Figure(generated: similarities[0], floor: similarities[1]),
      copying: EvaluationResult.Figure(
        generated: features.copying.z, floor: features.copying.floor),
      copyingByCells: features.copyingByCells, copyingCells: features.copying.byCells.cells,
      nearest: nearest.map {
        EvaluationResult.Neighbor(
          generated: $0.generated, training: data.trainingPaths[$0.training], distance: $0.distance)
      })
    return (evaluation, sheet(of: nearest, fakes))
  }

  /// Returns the pictures that are compared; throws where there are too few.
  func compared(
    _ generated: [PixelImage], from place: String
  ) throws(EvaluationError) -> ImageSet {
    let count = min(generated.count, data.mostCompared)
    guard count >= EvaluationError.leastCompared else {
      throw .tooFew(
        generated.count, of: "generated images", in: place, least: EvaluationError.leastCompared)
    }
    return ImageSet(Array(generated.prefix(count)), size: data.request.reading.size)
  }

  private var heldOutCount: Int {
    data.others?.count ?? data.training.count - data.trainingCuts.middle
  }

  /// Returns the places of as many other training pictures as the first `count`, of other patients.
  private func second(_ count: Int) -> Range<Int> {
    let first = data.trainingCuts.first(from: count)
    return first..<first + count
  }

  private func patchDistances(
    _ fakes: ImageSet, _ real: ImageSet, other: ImageSet, _ progress: Progress
  ) -> [EvaluationResult.Level] {
    let measure = SlicedWasserstein(
      seed: seed, channels: data.request.reading.channels, backend: backend)
    let sides = LaplacianPyramid.sides(from: data.request.reading.size)
    return sides.enumerated().map { level, side in
      progress(.patches, level, sides.count)
      let found = measure.distances(level: level, from: real, to: [fakes, other])
      return EvaluationResult.Level(size: side, generated: found[0], floor: found[1])
    }
  }

  /// What is measured on features.
  private struct FeatureMetrics {
    let generated: NeighborMetrics
    let floor: NeighborMetrics
    let copying: DataCopying

    func figure(_ path: KeyPath<NeighborMetrics, Double>) -> EvaluationResult.Figure {
      EvaluationResult.Figure(generated: generated[keyPath: path], floor: floor[keyPath: path])
    }

    var copyingByCells: EvaluationResult.Figure? {
      guard let generated = copying.byCells.statistic, let floor = copying.floorByCells.statistic
      else { return nil }
      return EvaluationResult.Figure(generated: generated, floor: floor)
    }
  }

  private func featureMetrics(_ fakes: ImageSet, _ progress: Progress) -> FeatureMetrics {
    let count = fakes.count
    let network = RandomFeatures(size: data.request.reading.size)
    progress(.features, 0, 3)
    let training = network.features(of: data.training, backend)
    let generated = network.features(of: fakes, backend)
    let others = data.others.map { network.features(of: $0, backend) }
    progress(.features, 1, 3)
    let real = training.batch(0..<count)
    let neighbors = NeighborMetrics(real: real, generated: generated, backend.pool)
    let floor = NeighborMetrics(
      real: real, generated: training.batch(second(count)), backend.pool)
    progress(.features, 2, 3)
    // Without other pictures the second half of the training pictures plays their part.
    let half = data.trainingCuts.middle
    let unseen = others ?? training.batch(half..<data.training.count)
    let seen = others == nil ? training.batch(0..<half) : training
    let cells = max(1, min(Self.cells, unseen.shape.batch / Self.heldOutInCell, seen.shape.batch))
    let middle =
      others == nil
      ? data.trainingCuts.dropping(half).middle : data.otherCuts.middle
    let copying = DataCopying(
      generated: generated, heldOut: unseen, cutAt: middle, training: seen,
      partition: FeatureCells(of: seen, count: cells, seed: seed, backend.pool), backend.pool)
    return FeatureMetrics(generated: neighbors, floor: floor, copying: copying)
  }

  /// Lays the pairs out, four in a row.
  private func sheet(of matches: ArraySlice<DataCopying.Match>, _ fakes: ImageSet) -> PixelImage {
    let columns = 2 * min(4, matches.count)
    let tiles = matches.flatMap {
      [fakes.images[$0.generated], data.training.images[$0.training]]
    }
    return ContactSheet(columns: columns).image(
      of: tiles, columnLabels: (0..<columns).map { $0 % 2 == 0 ? "made" : "real" })
  }

  private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
}
