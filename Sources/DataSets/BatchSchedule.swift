import Support
import Tensor

/// The batches of an epoch: a shuffled order of the images, cut into equal pieces.
///
/// A last piece that is not full is kept where it holds at least two images: batch normalization
/// has no variance over one. It follows that an epoch of a single image has no batch, unless
/// batches of one were asked for.
public struct BatchSchedule: Equatable, Sendable {
  /// The number of batches of the epoch.
  public let count: Int
  /// The number of images of a full batch.
  public let batchSize: Int
  private let order: [Int]

  /// Cuts `order`, the indices of the images in the order in which the epoch sees them; a new one
  /// for every epoch. Traps where `batchSize` is below 1.
  public init(order: [Int], batchSize: Int) {
    require(batchSize >= 1, "batches of \(batchSize) hold nothing")
    self.order = order
    self.batchSize = batchSize
    count = Self.count(images: order.count, batchSize: batchSize)
  }

  /// Returns how many batches an epoch of `images` images has.
  package static func count(images: Int, batchSize: Int) -> Int {
    let (full, rest) = images.quotientAndRemainder(dividingBy: batchSize)
    return full + (rest >= 2 ? 1 : 0)
  }

  /// Returns the indices of the images of batch `step`, counted from 0; traps beyond `count`.
  public func batch(at step: Int) -> ArraySlice<Int> {
    require((0..<count).contains(step), "batch \(step) of \(count) does not exist")
    return order[step * batchSize..<min((step + 1) * batchSize, order.count)]
  }
}
