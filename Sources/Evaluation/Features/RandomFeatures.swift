import DCGAN
import Support
import Tensor

/// Describes pictures by what a fixed convolutional network with random, untrained weights makes of
/// them.
///
/// Layers of 4×4 filters with stride 2 and padding 1 halve the picture down to 4×4 points, each
/// followed by `max(0, x)`; they have 32, 64 and from then on, and at the end, 128 channels. The mean of each quarter
/// of the last map gives 4·128 numbers. The weights are normal with variance `2 / (16·channels in)`
/// (He et al. 2015), drawn from seed 0 whatever the evaluation's seed is, so that figures of different
/// runs compare. Such features keep distances between pictures and know nothing of anatomy: they
/// stand in for a network trained on millions of photographs, which says little of radiographs
/// either (Naeem et al. 2020, arXiv 2002.09797, section 4, find random embeddings useful there).
package struct RandomFeatures {
  /// Seeds the weights.
  package static let seed: UInt64 = 0
  /// The numbers that describe a picture.
  package static let length = 4 * widest

  private static let widest = 128
  private static let inputChannels = 3
  /// The side of the last map.
  private static let lastSide = 4
  /// Pictures that go through the network at a time.
  private static let batch = 64

  private let filters: [Tensor]

  /// Makes the network for pictures of `size` pixels, 4 times a power of two from 8 on; traps for
  /// other sizes.
  package init(size: Int) {
    let layers = (size / Self.lastSide).trailingZeroBitCount
    require(
      layers > 0 && Self.lastSide << layers == size, "no network for pictures of \(size) pixels")
    var channels = Self.inputChannels
    filters = (0..<layers).map { layer in
      let width = layer + 1 == layers ? Self.widest : min(32 << layer, Self.widest)
      let filter = Tensor(uninitialized: Shape(4, 4, channels, width))
      let deviation = (2 / Float(16 * channels)).squareRoot()
      let random = RandomUse.evaluationFilters.stream(seed: Self.seed, part: UInt32(layer))
      filter.withUnsafeMutablePointer { random.fillNormal($0, standardDeviation: deviation) }
      channels = width
      return filter
    }
  }

  /// Returns the features `[n, 1, 1, length]` of a set; grey is repeated to three channels.
  package func features(of set: ImageSet, _ backend: Backend) -> Tensor {
    let features = Tensor(uninitialized: Shape(set.count, 1, 1, Self.length))
    for first in stride(from: 0, to: set.count, by: Self.batch) {
      let range = first..<min(set.count, first + Self.batch)
      var map = Tensor(
        networkImages: Array(set.images[range]), size: set.size, channels: Self.inputChannels)
      for filter in filters {
        map = backend.convolve(map, filter, .halving, slope: 0)
      }
      Self.pool(map, into: features.pointer + first * Self.length)
    }
    return features
  }

  /// Writes the mean of each quarter of maps `[n, 4, 4, 128]`, row by row.
  private static func pool(_ map: Tensor, into features: UnsafeMutablePointer<Float>) {
    var next = features
    for image in 0..<map.shape.batch {
      for quarter in 0..<4 {
        let (row, column) = (quarter / 2 * 2, quarter % 2 * 2)
        let first = map.pointer + (image * 16 + row * lastSide + column) * widest
        for channel in 0..<widest {
          let upper = first[channel] + first[widest + channel]
          let lower = first[4 * widest + channel] + first[5 * widest + channel]
          next[channel] = (upper + lower) / 4
        }
        next += widest
      }
    }
  }
}
