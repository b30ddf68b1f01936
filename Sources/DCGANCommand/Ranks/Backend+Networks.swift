import DCGAN
import Files
import Support
import Tensor
import Training

extension Backend {
  /// Throws where a rank has other networks than rank 0: there a `TrainingError` that names it, elsewhere
  /// `OtherRankFailed`.
  ///
  /// - Parameter place: Where they were read from.
  func requireSame(_ model: AdversarialModel, from place: String) throws {
    try requireSame(model.checksum) { _, rank in
      "\(place): rank \(rank) reads other networks there than rank 0; let all ranks read the same folder, and "
        + "name the checkpoint with \(.epoch) where a training writes it meanwhile"
    }
  }
}

extension AdversarialModel {
  /// The CRC-32 of all weights and running statistics that images and scores depend on.
  fileprivate var checksum: UInt32 {
    var sum = Checksum()
    for network in [imageGenerator, discriminator] {
      for tensor in [network.arena.values] + network.buffers.map(\.value) {
        tensor.withUnsafeMutablePointer { sum.add(UnsafeRawBufferPointer($0)) }
      }
    }
    return sum.value
  }
}
