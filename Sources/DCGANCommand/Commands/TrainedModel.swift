import DCGAN
import Foundation
import Tensor

/// A run's model, read from one of its checkpoints.
struct TrainedModel {
  let model: AdversarialModel
  let epoch: Int
  let metadata: CheckpointMetadata
  let backend: Backend

  /// Reads the checkpoint of an epoch, or the newest.
  ///
  /// Throws what finding and reading a checkpoint throw, and `VariantError`.
  init(run: String, epoch: Int?, threads: Int?) throws {
    backend = try .selected(threads: threads)
    let found = try RunFolder.open(at: run).readCheckpoint(epoch: epoch)
    model = try AdversarialModel(found.value, path: found.path)
    self.epoch = found.epoch
    metadata = found.value.metadata
  }
}
