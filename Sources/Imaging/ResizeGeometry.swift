/// How a picture of a given size becomes a square: the shorter side is resized to `size`, then the
/// centre is cut out; both in the arithmetic of torchvision's `Resize(size)` and
/// `CenterCrop(size)`.
package struct ResizeGeometry: Equatable {
  /// Counts the columns of the resized picture before the crop.
  package let resizedWidth: Int
  /// Counts the rows of the resized picture before the crop.
  package let resizedHeight: Int
  /// Counts the columns that the crop leaves out on the left.
  package let cropLeft: Int
  /// Counts the rows that the crop leaves out at the top.
  package let cropTop: Int

  /// Computes the geometry for a `width` x `height` picture: the longer side becomes
  /// `floor(size * longer / shorter)`, the crop starts at half of what is left over, halves going
  /// to the even number.
  package init(width: Int, height: Int, size: Int) {
    let longer = size * max(width, height) / min(width, height)
    resizedWidth = width <= height ? size : longer
    resizedHeight = width <= height ? longer : size
    cropLeft = Self.cropStart(resizedWidth - size)
    cropTop = Self.cropStart(resizedHeight - size)
  }

  private static func cropStart(_ leftOver: Int) -> Int {
    Int((Double(leftOver) / 2).rounded(.toNearestOrEven))
  }
}
