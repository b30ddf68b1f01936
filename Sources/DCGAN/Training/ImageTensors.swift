import Imaging
import Tensor

extension Tensor {
  /// Makes the batch `[n, size, size, channels]` of a data set's images, in −1 … 1.
  public init(images: ImageDataSet, at indices: some Collection<Int>) {
    self.init(uninitialized: Shape(indices.count, images.size, images.size, images.channels))
    withUnsafeMutablePointer { elements in
      if let first = elements.baseAddress { images.fill(first, with: indices) }
    }
  }

  /// The images of a batch as bytes: `round((x + 1)·127.5)`, cut off below 0 and above 255; what is
  /// not a number becomes 0.
  public var pixelImages: [PixelImage] {
    let count = shape.height * shape.width * shape.channels
    return withUnsafeMutablePointer { elements in
      (0..<shape.batch).map { image in
        let pixels = elements[image * count..<(image + 1) * count].map { value in
          UInt8(min(255, max(0, (value + 1) * 127.5)).rounded())
        }
        return PixelImage(
          width: shape.width, height: shape.height, channels: shape.channels, pixels: pixels)
      }
    }
  }

  /// Makes latents `[count, 1, 1, nz]` of normally distributed numbers, from number `first·nz` of
  /// the stream on: latent i depends on the stream and i alone.
  public init(latents count: Int, nz: Int, from random: RandomStream, first: Int = 0) {
    self.init(uninitialized: Shape(count, 1, 1, nz))
    withUnsafeMutablePointer { random.fillNormal($0, startingAt: UInt64(first * nz)) }
  }
}
