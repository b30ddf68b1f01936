import DCGAN
import Foundation
import Imaging
import Support
import Tensor

/// How alike the pictures of a set are to one another, by the multi-scale structural similarity
/// of random pairs, as Odena et al. 2017 (arXiv 1610.09585) measure a generator's diversity.
///
/// Multi-scale similarity is that of Wang, Simoncelli and Bovik 2003: with csⱼ the contrast and
/// structure at scale j, s the similarity at the last, and weights w,
/// `MS-SSIM = s^w_M · Π csⱼ^wⱼ` over the scales before the last. From one scale to the next the means
/// of 2×2 samples halve the picture. Pictures too small for five scales take as many as the window
/// fits, and the weights of those divided by their sum: 2 at 32 pixels, 3 at 64, 4 at 128, 5 at 256.
/// A factor below 0 counts as 0. Colours count as their luma.
package enum PairSimilarity {
  /// The weights of the paper's five scales, the finest first.
  package static let weights = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333]

  /// Returns the number of scales for pictures of a size.
  package static func scales(size: Int) -> Int {
    max(1, weights.indices.prefix { size >> $0 >= StructuralSimilarity.window }.count)
  }

  /// Returns the mean similarity of random pairs of a set: 1 where all pictures are the same.
  ///
  /// - Parameters:
  ///   - set: At least two pictures; traps where there are fewer.
  ///   - pairs: The number of pairs; pair i depends on the seed, i and the number of pictures alone.
  package static func similarity(
    of set: ImageSet, pairs: Int, seed: UInt64, _ pool: ThreadPool
  ) -> Double {
    require(set.count > 1 && pairs > 0, "\(pairs) pairs of \(set.count) pictures")
    let random = RandomUse.evaluationPairs.stream(seed: seed)
    let values = [Double](unsafeUninitializedCapacity: pairs) { values, count in
      pool.parallelFor(pairs) { pair, _ in
        let first = random.integer(below: set.count, at: UInt64(2 * pair))
        let other = random.integer(below: set.count - 1, at: UInt64(2 * pair + 1))
        values[pair] = similarity(
          samples(set.images[first]), samples(set.images[other < first ? other : other + 1]),
          size: set.size)
      }
      count = pairs
    }
    return values.reduce(0, +) / Double(pairs)
  }

  /// Returns the multi-scale similarity of two grey pictures of samples from 0 to 255; 1 where they
  /// are the same.
  package static func similarity(_ a: [Double], _ b: [Double], size: Int) -> Double {
    let scales = scales(size: size)
    let sum = weights.prefix(scales).reduce(0, +)
    var (a, b, size) = (a, b, size)
    var result = 1.0
    for scale in 0..<scales {
      let compared = StructuralSimilarity(a, b, size: size)
      let isLast = scale + 1 == scales
      let factor = isLast ? compared.similarity : compared.contrastStructure
      result *= pow(max(0, factor), weights[scale] / sum)
      guard !isLast else { break }
      (a, b, size) = (halved(a, size), halved(b, size), size / 2)
    }
    return result
  }

  /// Returns the luma of a picture's pixels.
  package static func samples(_ image: PixelImage) -> [Double] {
    image.grey().pixels.map(Double.init)
  }

  private static func halved(_ values: [Double], _ size: Int) -> [Double] {
    let half = size / 2
    return (0..<half * half).map { index in
      let start = index / half * 2 * size + index % half * 2
      return (values[start] + values[start + 1] + values[start + size] + values[start + size + 1])
        / 4
    }
  }
}
