import Tensor

/// A penalty on how steep the discriminator's logit D is at the images that it is shown,
/// `γ/2 · (1/n) Σᵢ ‖∂S/∂xᵢ‖²` with S the sum of the logits: R1 on real images, R2 on fakes.
///
/// Mescheder, Geiger & Nowozin 2018 (arXiv 1801.04406), §4.1; on every 16th step with 16 times the
/// weight, as in Karras et al. 2020 (arXiv 1912.04958), §3.1, but in the same step of Adam as the loss.
///
/// Its gradient towards the weights θ needs second derivatives along one direction only, that of
/// `v = ∂S/∂x`: `∂/∂θ ½‖v‖² = d/dt ∂S/∂θ (x + t·v)` at t = 0, taken as the difference of first ones,
/// `[∂S/∂θ (x + εv) − ∂S/∂θ (x − εv)] / 2ε`. Rectifiers have no second derivative where they bend, and
/// with thousands of them some bend between any two points; so they keep to the sides on which
/// they stand at x. What is left is smooth, and the difference is off by O(ε²).
///
/// Batch normalization and `MinibatchDeviation` let a logit depend on all images of a batch: S has
/// the slopes of all of them in it, as a second backward pass through the sum of the logits has in PyTorch,
/// and what cancels in the sum is not penalized. They take the statistics of the images that they are
/// shown; the running ones stay as they are.
package struct GradientPenalty: Equatable, Sendable {
  /// Steps from one penalty to the next.
  package static let interval = 16
  /// The root mean square of εv, in pixels that go from −1 to 1.
  fileprivate static let reach = 1e-3

  /// γ, times the steps that the penalty stands for.
  package let weight: Double

  /// Weighs a penalty.
  package init(weight: Double) { self.weight = weight }
}

extension AdversarialModel {
  /// Adds the gradient of a penalty on a batch to the discriminator's, and returns the penalty; 0 where
  /// S is flat, and adds nothing where it is not finite.
  ///
  /// - Parameter images: What the discriminator is shown.
  @discardableResult
  package func add(
    _ penalty: GradientPenalty, on images: Tensor, labels: [Int]?, _ backend: Backend
  ) -> Double {
    let sides = RectifierSides()
    let slope = slope(at: images, labels, sides, backend)
    let whole = backend.wholeShape(slope.shape)
    let sum = backend.squaredLengths(slope).reduce(0, +)
    let count = Double(whole.batch)
    let value = penalty.weight * sum / (2 * count)
    guard value > 0 && value.isFinite else { return value }
    let step = GradientPenalty.reach / (sum / Double(whole.count)).squareRoot()
    for sign in [1.0, -1] {
      let moved = backend.makeTensor(uninitialized: images.shape)
      moved.assign(slope)
      backend.scale(moved, by: Float(sign * step))
      backend.add(images, to: moved)
      addSumGradient(
        at: moved, labels, sides, times: sign * penalty.weight / (2 * step * count), backend)
    }
    return value
  }

  /// Returns `∂S/∂x`.
  private func slope(
    at images: Tensor, _ labels: [Int]?, _ sides: RectifierSides, _ backend: Backend
  ) -> Tensor {
    let tape = Tape(backend: backend)
    let input = tape.input(images)
    let logits = discriminator(
      input, .probing(tape, labels: labels, isTrainable: false, sides: sides))
    tape.backward(from: logits, gradient: Tensor(repeating: 1, shape: logits.shape))
    return tape.gradient(of: input) ?? Tensor(repeating: 0, shape: images.shape)
  }

  /// Adds `∂S/∂θ`, times a factor, to the discriminator's gradients.
  private func addSumGradient(
    at images: Tensor, _ labels: [Int]?, _ sides: RectifierSides, times factor: Double,
    _ backend: Backend
  ) {
    sides.beginFurtherPass()
    let tape = Tape(backend: backend)
    let logits = discriminator(
      tape.constant(images), .probing(tape, labels: labels, isTrainable: true, sides: sides))
    tape.backward(
      from: logits, gradient: Tensor(repeating: Float(factor), shape: logits.shape))
  }
}
