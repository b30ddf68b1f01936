import Checkpoints
import DCGAN
import Imaging
import Support
import Tensor

/// Draws synthetic images from a trained model, and keeps those that its discriminator believes.
///
/// Both networks run in evaluation mode, where no image depends on the others of its batch:
/// candidate i of a seed depends on the seed and i alone.
public struct Sampler {
  /// An image that was kept.
  public struct Sample: Equatable, Sendable {
    /// The number of the latent, counted from 0.
    public let candidate: Int
    /// D(G(z)), the probability that the discriminator gives it of being real; nil where there is no
    /// discriminator.
    public let score: Float?
    /// The calibrated probability of being real; nil where the checkpoint has no calibration.
    public let calibrated: Float?
    /// The class that it was drawn as; nil where the networks know none.
    public let className: String?
    /// The image.
    public let image: PixelImage
    /// How near the image lies to real ones; nil where it was not selected by that.
    public var realism: Float?
  }

  /// What the discriminator says of a candidate, whether it was kept or not.
  public struct Score: Equatable, Sendable {
    /// D(G(z)); nil where there is no discriminator.
    public let score: Float?
    /// The calibrated probability of being real; nil where the checkpoint has no calibration.
    public let calibrated: Float?
  }

  private let model: AdversarialModel
  private let calibration: ScoreCalibration?
  private let latents: LatentSource
  private let backend: Backend
  private let hasDiscriminator: Bool
  private let classes: SampleClasses

  /// Candidates that run at a time.
  private static let batch = 64

  /// Makes a sampler of a model; traps where the latents are not of its length.
  ///
  /// - Parameters:
  ///   - hasDiscriminator: Whether the model's discriminator is one that was trained, and scores.
  ///   - classes: Which class each candidate has, where the networks know some.
  public init(
    _ model: AdversarialModel, calibration: ScoreCalibration? = nil, latents: LatentSource,
    backend: Backend, hasDiscriminator: Bool = true,
    classes: SampleClasses = .drawn(seed: 0)
  ) {
    require(
      latents.nz == model.settings.nz,
      "latents of \(latents.nz) numbers for a generator that takes \(model.settings.nz)")
    self.model = model
    self.calibration = calibration
    self.latents = latents
    self.backend = backend
    self.hasDiscriminator = hasDiscriminator
    self.classes = classes
  }

  /// Tries candidates in order until `count` of them score at least `minimumScore`, and at least
  /// `minimumCalibrated` after calibration; traps where that is asked of a sampler without calibration, or
  /// any score of one without a discriminator.
  ///
  /// Stops early where `maximumTries` candidates were tried, there are no more latents, or
  /// `shouldStop` says so.
  ///
  /// - Parameters:
  ///   - start: The first candidate.
  ///   - onSample: Takes each image that is kept, in the order of the candidates.
  ///   - onProgress: Is told how many were kept and tried.
  /// - Returns: The scores of every candidate that was tried, in order.
  public func draw(
    count: Int, from start: Int = 0, minimumScore: Float = 0, minimumCalibrated: Float = 0,
    maximumTries: Int, shouldStop: () -> Bool = { false },
    onProgress: (_ kept: Int, _ tried: Int) -> Void = { _, _ in },
    onSample: (Sample) throws -> Void
  ) rethrows -> [Score] {
    require(
      minimumCalibrated <= 0 || calibration != nil, "a calibrated threshold without a calibration")
    require(minimumScore <= 0 || hasDiscriminator, "a threshold without a discriminator")
    var kept = 0
    var scores: [Score] = []
    let limit = min(maximumTries, latents.count.map { $0 - start } ?? .max)
    while kept < count && scores.count < limit && !shouldStop() {
      let first = start + scores.count
      // Where every candidate is kept, no more than are missing need be made.
      let useful = max(minimumScore, minimumCalibrated) <= 0 ? count - kept : Self.batch
      let size = min(Self.batch, useful, limit - scores.count)
      let labels = labels(of: first..<first + size)
      let images = model.generate(
        latents.batch(first: first, count: size), labels: labels, backend)
      for (index, found) in score(images, labels).enumerated() where kept < count {
        scores.append(found)
        guard found.score ?? 1 >= minimumScore, found.calibrated ?? 1 >= minimumCalibrated else {
          continue
        }
        kept += 1
        let image = images.batch(index..<index + 1).pixelImages[0]
        try onSample(
          Sample(
            candidate: first + index, score: found.score, calibrated: found.calibrated,
            className: className(labels, at: index), image: image))
      }
      onProgress(kept, scores.count)
    }
    return scores
  }

  /// Draws the candidates of these numbers, in this order, whatever their scores.
  ///
  /// Each is the image, and has the score, that `draw(count:…)` gives it. Stops early where
  /// `shouldStop` says so; traps where there is no such latent.
  ///
  /// - Returns: The scores of those that were drawn.
  public func draw(
    candidates: [Int], shouldStop: () -> Bool = { false },
    onProgress: (_ kept: Int, _ tried: Int) -> Void = { _, _ in },
    onSample: (Sample) throws -> Void
  ) rethrows -> [Score] {
    var scores: [Score] = []
    while scores.count < candidates.count && !shouldStop() {
      let numbers = candidates[scores.count...].prefix(Self.batch)
      let labels = labels(of: numbers)
      let images = model.generate(latents.batch(of: numbers), labels: labels, backend)
      let pictures = images.pixelImages
      for (place, found) in score(images, labels).enumerated() {
        let candidate = numbers[numbers.startIndex + place]
        try onSample(
          Sample(
            candidate: candidate, score: found.score, calibrated: found.calibrated,
            className: className(labels, at: place), image: pictures[place]))
        scores.append(found)
      }
      onProgress(scores.count, scores.count)
    }
    return scores
  }

  private func labels(of candidates: some Sequence<Int>) -> [Int]? {
    classes.labels(of: candidates, among: model.settings.classes)
  }

  private func className(_ labels: [Int]?, at place: Int) -> String? {
    labels.flatMap { model.settings.classes?.names[$0[place]] }
  }

  /// Returns D's probability of each image, and the calibrated one, as far as there are any.
  private func score(_ images: Tensor, _ labels: [Int]?) -> [Score] {
    guard hasDiscriminator else {
      return Array(
        repeating: Score(score: nil, calibrated: nil), count: images.shape.batch)
    }
    let logits = model.logits(images, labels: labels, backend)
    let scores = backend.sigmoid(logits).values
    return zip(scores, logits.values).map { Score(score: $0, calibrated: calibration?($1)) }
  }
}

extension Sampler {
  /// Draws the first `count` candidates of a seed, whatever the discriminator says of them.
  ///
  /// - Parameter progress: is told how many are drawn.
  public func images(count: Int, progress: (_ done: Int) -> Void = { _ in }) -> [PixelImage] {
    var images: [PixelImage] = []
    _ = draw(count: count, maximumTries: count, onProgress: { kept, _ in progress(kept) }) {
      images.append($0.image)
    }
    return images
  }
}
