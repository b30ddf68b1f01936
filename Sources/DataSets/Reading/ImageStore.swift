import Files
import Imaging

/// Where the images of a data set are: in memory, or in the file of a cache.
enum ImageStore: Sendable {
  /// All are in memory.
  case memory([PixelImage])
  /// Those at some places of a cache are read when they are used.
  case cache(CachedImages, places: [Int])

  /// The number of images.
  var count: Int {
    switch self {
    case .memory(let images): images.count
    case .cache(_, let places): places.count
    }
  }

  /// Returns an image, in one channel where it has no colour; throws what reading a cache throws.
  func image(at index: Int) throws -> PixelImage {
    switch self {
    case .memory(let images): images[index]
    case .cache(let cache, let places): try cache.image(at: places[index])
    }
  }

  /// Returns the CRC-32 of an image's bytes; of a cache that which is recorded there.
  func checksum(at index: Int) -> UInt32 {
    switch self {
    case .memory(let images): images[index].pixels.withUnsafeBytes { Checksum(of: $0) }.value
    case .cache(let cache, let places): cache.checksum(at: places[index])
    }
  }

  /// Returns the images at some places alone, in that order.
  func keeping(_ chosen: [Int]) -> ImageStore {
    switch self {
    case .memory(let images): .memory(chosen.map { images[$0] })
    case .cache(let cache, let places): .cache(cache, places: chosen.map { places[$0] })
    }
  }

  /// Writes images as the networks read them and returns the place after the last; throws what reading a
  /// cache throws.
  func fill(
    _ destination: UnsafeMutablePointer<Float>, with indices: some Sequence<Int>, channels: Int
  ) throws {
    var next = destination
    switch self {
    case .memory(let images):
      for index in indices { next = images[index].writeLevels(channels: channels, to: next) }
    case .cache(let cache, let places):
      let pixels = cache.header.contents.size * cache.header.contents.size
      try cache.withScratch { scratch in
        for index in indices {
          next = try cache.withBytes(at: places[index], in: scratch) { bytes in
            writeLevels(of: bytes, repeated: channels * pixels / bytes.count, to: next)
          }
        }
      }
    }
  }

  /// Tells the system that some images will be used soon.
  func announce(_ indices: some Sequence<Int>) {
    guard case .cache(let cache, let places) = self else { return }
    cache.announce(indices.map { places[$0] })
  }

  /// Returns the images among these that `others` may hold too: all of them, or those whose sums it has;
  /// throws what reading a cache throws.
  func images(perhapsIn others: ImageStore) throws -> Set<PixelImage> {
    switch self {
    case .memory(let images): return Set(images)
    case .cache(let cache, let places):
      let sums = try (0..<others.count).map { index in
        try others.image(at: index).pixels.withUnsafeBytes { Checksum(of: $0) }.value
      }
      let known = Set(cache.places(ofSums: Set(sums))).intersection(places)
      return Set(try known.map { try cache.image(at: $0) })
    }
  }
}
