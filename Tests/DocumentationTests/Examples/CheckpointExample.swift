// page
import Checkpoints
import DCGAN

// end

/// The example of "Checkpoints and PyTorch".
func checkpointExample(path: String, print: (Any...) -> Void) throws {
  // page
  let settings = ModelSettings(size: 32, channels: 1, nz: 16, ngf: 4, ndf: 4)
  let model = AdversarialModel(settings, seed: 7)
  let checkpoint = model.checkpoint(at: TrainingPosition(stepsPerEpoch: 1), seed: 7, images: 0)
  try checkpoint.write(to: path)
  // end

  // page
  for entry in try Checkpoint(contentsOf: path).tensors.entries.prefix(3) {
    print(entry.name, entry.shape)
  }
  // end
}
