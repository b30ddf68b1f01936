import DCGAN
import Imaging
import Support
import Tensor

/// Trains a classifier: the discriminator's trunk with a head for every class.
///
/// AdamW with the highest rate 1e-3 of one cycle, a weight decay of 0.01, batches of 64, and
/// cross-entropy with each class weighted by the inverse of its share. Images, seed and steps alone
/// decide the result, at any number of threads.
package struct ClassifierTraining {
  /// The sizes.
  let settings: ModelSettings
  /// The number of classes.
  let classes: Int
  /// The number of steps.
  let steps: Int
  /// What it computes on.
  let backend: Backend

  private static let batch = 64
  private static let highestRate = 1e-3
  private static let weightDecay = 0.01

  /// Trains on images and returns the classifier; nil where `shouldStop` says so between two steps.
  ///
  /// Throws `StudyError` where the loss is not finite.
  ///
  /// - Parameters:
  ///   - isAugmented: whether images are changed a little each time they are shown.
  ///   - progress: is told the steps done.
  func train(
    on set: StudyImages, isAugmented: Bool, seed: UInt64, shouldStop: () -> Bool,
    progress: (_ step: Int) -> Void
  ) throws -> Classifier? {
    require(set.count >= 2, "a classifier is trained on \(set.count) images")
    let network = Network.classifier(settings, classes: classes)
    network.initialize(from: RandomUse.classifierWeights.stream(seed: seed))
    let optimizer = Adam(network.arena, settings: AdamSettings(beta1: 0.9))
    let cycle = OneCycle(highest: Self.highestRate, steps: steps)
    let weights = Self.weights(set.counts(classes))
    let order = ImageOrder(count: set.count, seed: seed)
    let distortions = RandomUse.classifierAugmentation.stream(seed: seed)
    for step in 0..<steps {
      if shouldStop() { return nil }
      let places = order.places(step * Self.batch..<(step + 1) * Self.batch)
      var images = Tensor(
        networkImages: places.map { set.images[$0] }, size: settings.size,
        channels: settings.channels)
      if isAugmented {
        images = ClassifierAugmentation.change(
          images, from: distortions, first: step * Self.batch, backend)
      }
      optimizer.settings.learningRate = cycle.rate(at: step)
      network.arena.clearGradients()
      let tape = Tape(backend: backend)
      let logits = network(tape.constant(images), .training(tape))
      let loss = SoftmaxCrossEntropy(
        logits: logits.value, labels: places.map { set.labels[$0] }, weights: weights)
      guard loss.loss.isFinite else {
        throw StudyError(
          "the loss of a classifier is no longer finite at step \(step + 1); try other \(.seed) or a "
            + "smaller \(.ndf)")
      }
      tape.backward(from: logits, gradient: loss.gradient)
      optimizer.update(backend, weightDecay: Self.weightDecay)
      progress(step + 1)
    }
    return Classifier(network: network, settings: settings, backend: backend)
  }

  /// Weighs each class by the inverse of its share, so that all weigh as much together: `n / (K·nₖ)`.
  package static func weights(_ counts: [Int]) -> [Double] {
    let total = counts.reduce(0, +)
    return counts.map { Double(total) / Double(counts.count * max(1, $0)) }
  }
}

/// The order in which a training sees its images: one permutation after the other.
private struct ImageOrder {
  let count: Int
  let seed: UInt64

  /// Returns the images of some places of the whole training.
  func places(_ range: Range<Int>) -> [Int] {
    var result: [Int] = []
    var place = range.lowerBound
    while place < range.upperBound {
      let pass = place / count
      let end = min(range.upperBound, (pass + 1) * count)
      let order = RandomUse.classifierOrder.stream(seed: seed, part: UInt32(pass))
        .permutation(of: count)
      result += order[place - pass * count..<end - pass * count]
      place = end
    }
    return result
  }
}

/// A classifier that was trained.
struct Classifier {
  fileprivate let network: Network
  fileprivate let settings: ModelSettings
  fileprivate let backend: Backend

  private static let batch = 64

  /// Returns each image's probabilities of all classes, in evaluation mode.
  func probabilities(of images: [PixelImage]) -> [[Double]] {
    stride(from: 0, to: images.count, by: Self.batch).flatMap { first in
      let batch = Array(images[first..<min(images.count, first + Self.batch)])
      let pass = ForwardPass.evaluation(backend)
      let input = pass.tape.constant(
        Tensor(networkImages: batch, size: settings.size, channels: settings.channels))
      return SoftmaxCrossEntropy.probabilities(of: network(input, pass).value)
    }
  }
}
