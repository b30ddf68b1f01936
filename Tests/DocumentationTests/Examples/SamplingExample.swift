// page
import Checkpoints
import DCGAN
import Samples
import Tensor

// end

/// The example of "From a checkpoint to images".
func samplingExample(path: String, samples: String, print: (Any...) -> Void) throws {
  // page
  let checkpoint = try Checkpoint(contentsOf: path)
  let model = try AdversarialModel(checkpoint, path: path)
  let backend = Backend(threads: 2)
  let latents = LatentSource(seed: 0, nz: model.settings.nz)
  let calibration = checkpoint.metadata.calibration
  let sampler = Sampler(model, calibration: calibration, latents: latents, backend: backend)
  let folder = try SampleFolder(path: samples)
  let scores = try sampler.draw(count: 4, minimumScore: 0.4, maximumTries: 100) { sample in
    if let score = sample.score {
      print("candidate", sample.candidate, "score", (score * 100).rounded() / 100)
    }
    try folder.add(sample)
  }
  try folder.finish()
  print(folder.count, "images kept of", scores.count, "tried")
  // end

  // page
  let stream = RandomUse.sampleLatents.stream(seed: 0)
  let images = model.generate(Tensor(latents: 2, nz: model.settings.nz, from: stream), backend)
  let scored = model.score(images, backend)
  print(images.shape, "first score is candidate 0's:", scored[0] == scores[0].score)
  // end
}
