import Imaging
import Support
import Tensor

extension Tensor {
  /// Makes the batch `[n, size, size, channels]` of a data set's images, in −1 … 1.
  public init(images: ImageDataSet, at indices: some Collection<Int>) {
    self.init(uninitialized: Shape(indices.count, images.size, images.size, images.channels))
    withUnsafeMutablePointer { elements in
      if let first = elements.baseAddress { images.fill(first, with: indices) }
    }
  }

  /// Makes the batch `[n, size, size, channels]` of images that `networkImage` read, in −1 … 1.
  public init(networkImages images: [PixelImage], size: Int, channels: Int) {
    self.init(uninitialized: Shape(images.count, size, size, channels))
    require(
      images.allSatisfy {
        $0.width == size && $0.height == size && [1, channels].contains($0.channels)
      }, "pictures that are not of \(size)x\(size) pixels and at most \(channels) channels")
    withUnsafeMutablePointer { elements in
      guard var next = elements.baseAddress else { return }
      for image in images { next = image.writeLevels(channels: channels, to: next) }
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
}

extension PixelImage {
  /// Writes the samples as the networks read them, rows, columns, channels, each as
  /// `byte / 127.5 - 1`, grey repeated to `channels`; returns the place after.
  func writeLevels(
    channels: Int, to destination: UnsafeMutablePointer<Float>
  ) -> UnsafeMutablePointer<Float> {
    let repeated = channels / self.channels
    byteLevels.withUnsafeBufferPointer { levels in
      pixels.withUnsafeBufferPointer { bytes in
        if repeated == 1 {
          for index in bytes.indices { destination[index] = levels[Int(bytes[index])] }
        } else {
          for index in bytes.indices {
            let level = levels[Int(bytes[index])]
            destination[3 &* index] = level
            destination[3 &* index &+ 1] = level
            destination[3 &* index &+ 2] = level
          }
        }
      }
    }
    return destination + pixels.count * repeated
  }
}

/// What every byte means to the networks.
private let byteLevels: [Float] = (0...255).map { Float($0) / 127.5 - 1 }
