import Tensor

/// A way to change images at random before the discriminator sees them, so that it cannot learn a
/// few real images by heart.
///
/// DiffAugment: Zhao et al. 2020 (arXiv 2006.10738), with that paper's ranges. Radiographs have no
/// colour, so its saturation is left out; a mirrored image is another diagnosis, so nothing mirrors.
public enum Augmentation: String, CaseIterable, Codable, Sendable {
  /// Moves an image by up to an eighth of its size in each direction.
  case translation
  /// Cuts a square of half the size out, its centre anywhere in the image.
  case cutout
  /// Adds −0.5 … 0.5 to all pixels, and multiplies their distance from their mean by 0.5 … 1.5.
  case colour

  /// Reads names with commas between them, `none` for an empty list; nil where the text is neither.
  ///
  /// The result is in the order in which they are declared, whatever the text's.
  public static func list(_ text: String) -> [Augmentation]? {
    if text == "none" { return [] }
    let names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let found = names.compactMap(Augmentation.init)
    guard found.count == names.count && Set(found).count == found.count else { return nil }
    return allCases.filter(found.contains)
  }

  /// Writes names as `list` reads them.
  public static func text(_ augmentations: [Augmentation]) -> String {
    augmentations.isEmpty ? "none" : augmentations.map(\.rawValue).joined(separator: ",")
  }

  /// Numbers of a stream that belong to one image.
  private static let drawsPerImage = 8

  /// Draws the distortion of image `index` of a stream: it depends on the two alone, and what one
  /// augmentation draws not on which others there are.
  ///
  /// - Parameters:
  ///   - size: rows and columns of an image.
  ///   - probability: that with which the image is altered at all.
  package static func distortion(
    _ augmentations: [Augmentation], size: Int, from random: RandomStream, image index: Int,
    probability: Double = 1
  ) -> ImageDistortion {
    let first = UInt64(index * drawsPerImage)
    guard probability >= 1 || random.uniform(at: first + 6) < probability else {
      return ImageDistortion()
    }
    var distortion = ImageDistortion()
    for augmentation in augmentations {
      switch augmentation {
      case .translation:
        let most = size / 8
        distortion.down = random.integer(below: 2 * most + 1, at: first) - most
        distortion.right = random.integer(below: 2 * most + 1, at: first + 1) - most
      case .cutout:
        let half = size / 4
        let row = random.integer(below: size + 1, at: first + 2)
        let column = random.integer(below: size + 1, at: first + 3)
        distortion.hole = .init(
          rows: row - half..<row + half, columns: column - half..<column + half)
      case .colour:
        distortion.brightness = Float(random.uniform(at: first + 4) - 0.5)
        distortion.contrast = Float(random.uniform(at: first + 5) + 0.5)
      }
    }
    return distortion
  }
}
