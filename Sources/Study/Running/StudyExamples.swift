import Imaging
import Statistics

/// Images that the classifiers of a share were trained on.
public struct StudyExamples: Sendable {
  /// The share of the real training images.
  public let share: Double
  /// The names of the classes, with real images and synthetic ones of each.
  public let classes: [(name: String, real: [PixelImage], synthetic: [PixelImage])]

  /// Collects the images of a share.
  package init(
    share: Double, classes: [(name: String, real: [PixelImage], synthetic: [PixelImage])]
  ) {
    (self.share, self.classes) = (share, classes)
  }
}

extension StudyRunner {
  /// Images of each class and kind that are shown.
  private static let shown = 8

  /// Reads the predictions of a finished study again and returns the ROC curves of every arm and share;
  /// empty for more than two classes.
  ///
  /// Throws `StudyError` and `FileError`.
  public func curves() throws -> [StudyCurve] {
    guard data.classes.count == 2 else { return [] }
    return try settings.shares.flatMap { share in
      try settings.mixtures.compactMap { mixture in
        let records = try (0..<settings.seeds).compactMap {
          try folder.record(
            of: StudyCell(share: share, mixture: mixture, seed: $0), data)
        }
        guard !records.isEmpty else { return nil }
        let scores = data.test.labels.indices.map { image in
          mean(records.map { $0.test[image][1] })
        }
        return StudyCurve(
          share: share, mixture: mixture,
          outcomes: BinaryOutcomes(scores: scores, isPositive: data.test.labels.map { $0 == 1 }))
      }
    }
  }

  /// Returns some of the images that a finished study has trained on.
  ///
  /// Throws what reading the generators and images throws.
  public func examples() throws -> [StudyExamples] {
    try settings.shares.map { share in
      let places = try data.places(ofShare: share)
      let source = try settings.usesSynthetic ? source(share: share, places) : nil
      return StudyExamples(
        share: share,
        classes: try data.classes.enumerated().map { label, name in
          let own = places.filter { data.training.labels[$0] == label }
          return (
            name, own.prefix(Self.shown).map { data.training.images[$0] },
            try source?.images(
              ofClass: label, count: Self.shown, seed: 0, minimumScore: 0,
              shouldStop: { false }) ?? []
          )
        })
    }
  }

  private func source(share: Double, _ places: [Int]) throws -> (any SyntheticSource)? {
    if let given = try given(share: share) { return given }
    return try ShareGenerator(
      data, places: places, share: share, settings, folder, backend, shouldStop: { false },
      progress: { _ in })
  }
}
