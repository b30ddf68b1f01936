import Checkpoints
import DCGAN

/// The smallest checkpoint there is, every value another.
package func tinyCheckpoint(epoch: Int) -> Checkpoint {
  let metadata = CheckpointMetadata(
    version: "1.0", epoch: epoch, step: 9, seed: 1,
    settings: ModelSettings(size: 32, channels: 1, nz: 1, ngf: 1, ndf: 1),
    generatorOptimizerStep: 9, discriminatorOptimizerStep: 9, extra: ["images": "5"])
  var next: Float = 1
  let entries = metadata.expectedShapes.map { name, shape in
    let values = (0..<shape.reduce(1, *)).map { next + Float($0) / 4096 }
    next += 1
    return SafeTensors.Entry(name: name, shape: shape, values: values)
  }
  return Checkpoint(metadata: metadata, entries: entries)
}
