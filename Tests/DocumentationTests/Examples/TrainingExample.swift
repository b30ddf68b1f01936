import DCGAN
import Tensor

// page
/// Returns 16 images of 8×8 pixels, grey noise with bright stripes that stand or lie.
func stripes(upright: Bool, seed: UInt64) -> Tensor {
  let images = Tensor(uninitialized: Shape(16, 8, 8, 1))
  let random = RandomStream(seed: seed, stream: 0)
  images.withUnsafeMutablePointer { pixels in
    random.fillNormal(pixels, standardDeviation: 0.5)
    for index in pixels.indices {
      let (row, column) = (index / 8 % 8, index % 8)
      if (upright ? column : row) % 4 < 2 { pixels[index] += 1 }
    }
  }
  return images
}
// end

/// The example of "Train a network by hand".
func trainingExample(print: (Any...) -> Void) throws {
  // page
  let backend = Backend(threads: 2)
  let network = Network([
    (0, Convolution(.down, largeChannels: 1, smallChannels: 8, .halving)),
    (1, LeakyRectifier(slope: 0.2)),
    (2, Convolution(.down, largeChannels: 8, smallChannels: 1, .whole(4))),
  ])
  network.initialize(from: RandomStream(seed: 1, stream: 0))
  let optimizer = Adam(network.arena, settings: AdamSettings(learningRate: 0.002))
  let batches = [
    (images: stripes(upright: true, seed: 2), target: 1.0),
    (images: stripes(upright: false, seed: 3), target: 0.0),
  ]
  for step in 1...60 {
    network.arena.clearGradients()
    var sum: Float = 0
    for batch in batches {
      let tape = Tape(backend: backend)
      let logits = network(tape.constant(batch.images), .training(tape))
      let loss = BinaryCrossEntropy(logits: logits.value, target: batch.target)
      tape.backward(from: logits, gradient: loss.gradient)
      sum += loss.loss
    }
    optimizer.update(backend)
    if step == 1 || step % 20 == 0 { print("step", step, "loss", (sum * 100).rounded() / 100) }
  }
  // end

  // page
  for upright in [true, false] {
    let pass = ForwardPass.evaluation(backend)
    let logits = network(pass.tape.constant(stripes(upright: upright, seed: 4)), pass)
    let scores = backend.sigmoid(logits.value).values
    print(upright ? "upright" : "level", "right:", scores.count { ($0 > 0.5) == upright }, "of 16")
  }
  // end
}
