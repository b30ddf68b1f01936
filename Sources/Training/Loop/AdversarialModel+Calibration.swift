import Checkpoints
import DCGAN
import DataSets
import Tensor

extension AdversarialModel {
  /// Images of each kind, at most, that scores are calibrated on.
  public static let calibrationImages = 256
  /// Images that are scored at a time.
  private static let calibrationBatch = 64

  /// Calibrates the discriminator's scores on real images, evenly spread over `images`, and as many
  /// fakes of the seed, which training draws nowhere else, of the same classes; nil where a logit is not finite.
  /// Throws what reading the images throws.
  ///
  /// - Parameter isHeldOut: whether training leaves these images out.
  public func calibration(
    on images: ImageDataSet, isHeldOut: Bool, seed: UInt64, _ backend: Backend
  ) throws -> ScoreCalibration? {
    let random = RandomUse.calibrationLatents.stream(seed: seed)
    let chosen = images.spread(Self.calibrationImages)
    var (real, fakes): ([Float], [Float]) = ([], [])
    for first in stride(from: 0, to: chosen.count, by: Self.calibrationBatch) {
      let piece = first..<min(chosen.count, first + Self.calibrationBatch)
      let labels = images.labels(at: chosen[piece])
      real +=
        logits(
          try Tensor(images: images, at: chosen[piece]), labels: labels, backend
        ).values
      let latents = Tensor(latents: piece.count, nz: settings.nz, from: random, first: first)
      let made = generate(latents, labels: labels, backend)
      fakes += logits(made, labels: labels, backend).values
    }
    return ScoreCalibration(real: real, fakes: fakes, isHeldOut: isHeldOut)
  }
}
