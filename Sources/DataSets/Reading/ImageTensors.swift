import Imaging
import Support
import Tensor

extension Tensor {
  /// Makes the batch `[n, size, size, channels]` of a data set's images, in −1 … 1; throws what reading a
  /// cache throws.
  public init(images: ImageDataSet, at indices: some Collection<Int>) throws {
    self.init(uninitialized: Shape(indices.count, images.size, images.size, images.channels))
    try withUnsafeMutablePointer { elements in
      if let first = elements.baseAddress { try images.fill(first, with: indices) }
    }
  }

  /// Makes the batch `[n, size, size, channels]` of images that `networkImage` read, in −1 … 1;
  /// traps where one has another size or more channels.
  public init(networkImages images: [PixelImage], size: Int, channels: Int) {
    require([1, 3].contains(channels), "images of \(channels) channels, which are 1 or 3")
    require(
      images.allSatisfy {
        $0.width == size && $0.height == size && [1, channels].contains($0.channels)
      }, "images that are not of \(size)x\(size) pixels and at most \(channels) channels")
    self.init(uninitialized: Shape(images.count, size, size, channels))
    withUnsafeMutablePointer { elements in
      guard var next = elements.baseAddress else { return }
      for image in images { next = image.writeLevels(channels: channels, to: next) }
    }
  }

  /// The images of a batch as bytes, each sample the byte of its level.
  public var pixelImages: [PixelImage] {
    let count = shape.height * shape.width * shape.channels
    return withUnsafeMutablePointer { elements in
      (0..<shape.batch).map { image in
        let pixels = elements[image * count..<(image + 1) * count].map(byte(ofLevel:))
        return PixelImage(
          width: shape.width, height: shape.height, channels: shape.channels, pixels: pixels)
      }
    }
  }
}

extension PixelImage {
  /// Writes the samples as the networks read them, rows, columns, channels, each as the level of its
  /// byte, grey repeated to `channels`; returns the place after.
  func writeLevels(
    channels: Int, to destination: UnsafeMutablePointer<Float>
  ) -> UnsafeMutablePointer<Float> {
    pixels.withUnsafeBufferPointer {
      DataSets.writeLevels(of: $0, repeated: channels / self.channels, to: destination)
    }
  }
}

/// Writes the levels of bytes, each of them `repeated` times, 1 or 3; returns the place after.
func writeLevels(
  of bytes: UnsafeBufferPointer<UInt8>, repeated: Int,
  to destination: UnsafeMutablePointer<Float>
) -> UnsafeMutablePointer<Float> {
  levelsOfBytes.withUnsafeBufferPointer { levels in
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
  return destination + bytes.count * repeated
}

/// What every byte means to the networks: a level in −1 … 1.
private let levelsOfBytes: [Float] = (0...255).map { Float($0) / 127.5 - 1 }

/// Returns the byte nearest to a level, halves rounded away from zero; what is below −1 or is not a
/// number becomes 0, what is above 1 becomes 255.
private func byte(ofLevel level: Float) -> UInt8 {
  UInt8(min(255, max(0, (level + 1) * 127.5)).rounded())
}
