/// How an image of a given size becomes a square. To crop, the shorter side is resized to `size` and
/// the centre is cut out, both in the arithmetic of torchvision's `Resize(size)` and
/// `CenterCrop(size)`; to pad, the longer side is, and the rest is filled, in that of Pillow's
/// `ImageOps.pad`; to stretch, both are.
package struct ResizeGeometry: Equatable {
  /// The columns of the resized image before the crop.
  package let resizedWidth: Int
  /// The rows of the resized image before the crop.
  package let resizedHeight: Int
  /// The columns that the crop leaves out on the left.
  package let cropLeft: Int
  /// The rows that the crop leaves out at the top.
  package let cropTop: Int
  /// The columns that are filled on the left.
  package let padLeft: Int
  /// The rows that are filled at the top.
  package let padTop: Int
  /// The columns of the resized image that are seen.
  let columns: Range<Int>
  /// The rows of the resized image that are seen.
  let rows: Range<Int>

  /// Computes the geometry for a `width` x `height` image. The longer side becomes
  /// `floor(size * longer / shorter)` to be cropped, the shorter `size * shorter / longer` to be
  /// padded, rounded and at least 1. Crop and filling start at half of the difference. Halves go to the
  /// even number.
  package init(width: Int, height: Int, size: Int, fit: ImageFit = .crop) {
    let longer = max(width, height)
    let shorter = min(width, height)
    let other =
      switch fit {
      case .crop: size * longer / shorter
      case .pad: max(1, Self.rounded(Double(shorter) / Double(longer) * Double(size)))
      case .stretch: size
      }
    // The side that does not become `size`, if one does not.
    let isWidthOther = fit == .pad ? width < height : width > height
    resizedWidth = isWidthOther ? other : size
    resizedHeight = isWidthOther ? size : other
    cropLeft = Self.rounded(Double(max(0, resizedWidth - size)) / 2)
    cropTop = Self.rounded(Double(max(0, resizedHeight - size)) / 2)
    padLeft = Self.rounded(Double(max(0, size - resizedWidth)) / 2)
    padTop = Self.rounded(Double(max(0, size - resizedHeight)) / 2)
    columns = cropLeft..<cropLeft + min(size, resizedWidth)
    rows = cropTop..<cropTop + min(size, resizedHeight)
  }

  private static func rounded(_ number: Double) -> Int {
    Int(number.rounded(.toNearestOrEven))
  }
}
