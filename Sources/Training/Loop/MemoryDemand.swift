import DCGAN
import Support
import Tensor

extension ModelSettings {
  /// Throws `TrainingError` where the system would not give what training needs at the very least: to
  /// find that out in the first step would end the process.
  ///
  /// - Parameter processes: How many on this machine need as much.
  package func checkMemory(batch: Int, processes: Int = 1) throws {
    try Self.checkMemory(of: "training", bytes: leastTrainingBytes(batch: batch) * processes)
  }

  /// Throws `TrainingError` where the system would not give what the convolution needs.
  package static func checkMemory(of convolution: ConvolutionCase) throws {
    let count = convolution.large.count + convolution.small.count + convolution.filter.count
    try checkMemory(
      of: "the convolution \(convolution.name)", bytes: MemoryLayout<Float>.size * count)
  }

  private static func checkMemory(of work: String, bytes: Int) throws {
    guard !isThereRoom(for: bytes) else { return }
    throw TrainingError(
      "\(work) of these sizes needs more than \(bytes >> 20) MiB of memory, which this system does not "
        + "have; lower \(.batch), \(.ngf) and \(.ndf), or \(.size)")
  }
}
