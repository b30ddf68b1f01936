import Distribution
import Foundation
import Support
import Tensor
import Training

/// What the program computes with on this machine.
package struct Processor: Sendable, Equatable, Encodable {
  /// The kernels' instruction set in use.
  package let variant: String
  /// Lists the instruction sets that the processor has kernels for, slowest first.
  package let supported: [String]
  /// The number of cores that the process may use.
  package let cores: Int

  /// Looks at this machine; throws `VariantError` where `DCGAN_VARIANT` names kernels that cannot
  /// be had.
  package init(environment: [String: String] = ProcessInfo.processInfo.environment) throws {
    variant = try Variant.selected(environment: environment).rawValue
    supported = Variant.supported.map(\.rawValue)
    cores = ProcessInfo.processInfo.activeProcessorCount
  }
}

extension Backend {
  /// Makes the backend that the options and `DCGAN_VARIANT` ask for; nil threads are all cores, and the
  /// kernels are the best for the precision where the environment names none.
  /// Throws `VariantError`.
  ///
  /// It shares the memory of tensors that are made without a backend, as the program has one
  /// at work at a time: a batch of images and a layer's result can take turns. And it shares each batch
  /// with the processes that this one was started with: then all cores are this process's part of those
  /// of its host.
  package static func selected(
    threads: Int?, precision: Precision = .float32,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws -> Backend {
    let backend = Backend(
      variant: try .selected(environment: environment, precision: precision),
      threads: threads ?? defaultThreads, precision: precision, storagePool: .common,
      ranks: Launch.current)
    // All ranks have the same kernels for Float: that was compared when they joined.
    let isAlike = backend.variant.agrees(with: .avx512, in: precision)
    try backend.requireSame(text: (isAlike ? Variant.avx512 : backend.variant).rawValue) { rank in
      "rank \(rank) has other kernels for --precision \(precision.rawValue) than rank 0; set DCGAN_VARIANT to "
        + "kernels that all of the processors can run, such as avx512"
    }
    return backend
  }

  /// All cores that the process may use, or its part of them where other ranks run on the same host.
  package static var defaultThreads: Int {
    let cores = ProcessInfo.processInfo.activeProcessorCount
    guard let group = Launch.current else { return cores }
    return threads(cores: cores, ofHost: group.coresOfHost, ranksOnHost: group.ranksOnHost)
  }

  /// Returns this rank's part of the cores of a host.
  ///
  /// - Parameters:
  ///   - cores: Those that this process may use.
  ///   - all: Those that the ranks of the host may use together; nil is as many.
  ///   - ranks: How many of them there are.
  package static func threads(cores: Int, ofHost all: Int?, ranksOnHost ranks: Int) -> Int {
    max(1, min(cores, (all ?? cores) / max(1, ranks)))
  }

  /// What to say where bfloat16 is multiplied without an instruction for it; nil where it is not.
  package var emulationWarning: String? {
    guard precision == .bfloat16, !variant.multipliesBFloat16 else { return nil }
    let (times, instructions) =
      variant == .amx ? ("eight to nine", "AMX") : ("two to three", "AVX512_BF16")
    return
      "--precision bfloat16 is emulated by the \(variant.rawValue) kernels, which takes \(times) "
      + "times as long as float32; with \(instructions) it would take less"
  }
}
