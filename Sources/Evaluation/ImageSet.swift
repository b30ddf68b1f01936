import Imaging
import Support
import Tensor

/// Pictures of one size that are measured as a set.
package struct ImageSet: Sendable {
  /// The pictures, each of one channel or of three.
  package let images: [PixelImage]
  /// The side of a picture in pixels.
  package let size: Int

  /// The number of pictures.
  package var count: Int { images.count }

  /// Makes a set; traps where it is empty or a picture is not of `size` x `size` pixels.
  package init(_ images: [PixelImage], size: Int) {
    require(
      !images.isEmpty && images.allSatisfy { $0.width == size && $0.height == size },
      "a set of \(images.count) pictures that are not all of \(size)x\(size) pixels")
    self.images = images
    self.size = size
  }

  /// Returns pictures `range` as a set; traps where the range is empty or outside.
  package subscript(range: Range<Int>) -> ImageSet {
    ImageSet(Array(images[range]), size: size)
  }
}
