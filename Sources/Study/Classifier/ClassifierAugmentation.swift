import DCGAN
import Foundation
import Tensor

/// How the images of a classifier are changed a little each time they are shown: moved, turned, zoomed,
/// brighter or darker, with more or less contrast. A mirrored image is another diagnosis.
enum ClassifierAugmentation {
  /// The part of an image's side by which it moves at most.
  private static let shift = 1.0 / 16
  /// The angle by which it turns at most: 7 degrees.
  private static let angle = 7 * Double.pi / 180
  /// By how much lengths grow or shrink at most.
  private static let zoom = 0.1
  /// What is added to pixels of −1 … 1, and by how much contrast grows or falls, at most.
  private static let brightness = 0.2
  private static let contrast = 0.2
  /// Numbers of a stream that belong to one image.
  private static let drawsPerImage = 8

  /// Returns images `[n, size, size, channels]`, each changed in a way that the stream and its number
  /// alone decide.
  ///
  /// - Parameter first: the number of the first image, counted over the whole training.
  static func change(
    _ images: Tensor, from random: RandomStream, first: Int, _ backend: Backend
  ) -> Tensor {
    let size = Double(images.shape.height)
    func draw(_ image: Int, _ number: Int, upTo limit: Double) -> Double {
      let index = UInt64((first + image) * drawsPerImage + number)
      return (2 * random.uniform(at: index) - 1) * limit
    }
    let indices = 0..<images.shape.batch
    let turned = backend.turn(
      images,
      by: indices.map {
        ImageTurn(
          angle: draw($0, 0, upTo: angle), zoom: 1 + draw($0, 1, upTo: zoom),
          down: draw($0, 2, upTo: shift * size), right: draw($0, 3, upTo: shift * size))
      })
    return backend.distort(
      turned,
      by: indices.map {
        ImageDistortion(
          brightness: Float(draw($0, 4, upTo: brightness)),
          contrast: Float(1 + draw($0, 5, upTo: contrast)))
      })
  }
}
