import DCGAN
import Foundation
import Support
import Tensor

/// Measures how fast a pair of networks trains and samples, on random data.
public struct Benchmark: Equatable, Sendable {
  /// The median of the measured steps, in seconds.
  public let medianStepSeconds: Double
  /// The shortest of the measured steps, in seconds.
  public let minimumStepSeconds: Double
  /// The mean of the measured steps, in seconds.
  package let meanStepSeconds: Double
  /// Images of a step over the median.
  public let imagesPerSecond: Double
  /// Images that the generator makes in a second, in evaluation mode.
  public let sampleImagesPerSecond: Double
  /// The most memory that the process has held so far, in bytes.
  public let peakResidentBytes: Int
  /// Where the time of the measured steps went, where that was asked for.
  package let profile: StepProfile?
  /// What a measured step exchanged with other ranks, on average.
  package let exchange: RankExchange

  /// Images that are sampled at a time.
  public static let sampleBatch = 64

  /// Trains and samples for a while.
  ///
  /// Two steps go ahead unmeasured, and so does one batch of samples: they fault in the memory that
  /// the others use again. Sampling is measured over at least two batches and a second.
  ///
  /// - Parameters:
  ///   - settings: The networks, with the weights of seed 0.
  ///   - batch: Images in a step; traps below 2.
  ///   - steps: Steps to measure; traps below 1.
  ///   - backend: What computes; of its ranks, which must share a batch evenly, each measures the same steps.
  ///   - isProfiled: Whether each operation of the measured steps is timed.
  ///   - progress: Is told how many measured steps are done.
  ///   - exchanged: Returns what this rank has exchanged so far.
  public init(
    _ settings: ModelSettings, batch: Int, steps: Int, _ backend: Backend,
    isProfiled: Bool = false, progress: (_ done: Int, _ total: Int) -> Void = { _, _ in },
    exchanged: () -> RankExchange = { RankExchange() }
  ) {
    require(batch >= 2 && steps >= 1, "\(steps) steps of \(batch) images measure nothing")
    let model = AdversarialModel(settings, seed: 0)
    let recorder = isProfiled ? OperationRecorder() : nil
    var before = RankExchange()
    let (seconds, freshBlocks) = Self.stepSeconds(
      model, batch: batch, steps: steps, backend, recorder, onStart: { before = exchanged() },
      progress)
    exchange = RankExchange(from: before, to: exchanged(), over: steps)
    profile = recorder.map {
      StepProfile(
        $0.totals, seconds: seconds.reduce(0, +), steps: steps, freshBlocks: freshBlocks)
    }
    medianStepSeconds = Self.median(seconds)
    minimumStepSeconds = seconds.min() ?? 0
    meanStepSeconds = seconds.reduce(0, +) / Double(steps)
    imagesPerSecond = Double(batch) / medianStepSeconds
    sampleImagesPerSecond = backend.withoutRanks { Self.sampleSpeed(model, backend) }
    peakResidentBytes = Self.peakResidentBytes()
  }

  /// Returns the middle of the values, or the mean of the two in the middle.
  package static func median(_ values: [Double]) -> Double {
    require(!values.isEmpty, "no values have no median")
    let sorted = values.sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }

  /// Steps that are not measured: the first takes memory from the system, the second may take a
  /// little more, where it shares it out otherwise.
  private static let warmUpSteps = 2

  /// Times training steps, after some that are not measured, and counts the blocks of memory that
  /// they took from the system.
  private static func stepSeconds(
    _ model: AdversarialModel, batch: Int, steps: Int, _ backend: Backend,
    _ recorder: OperationRecorder?, onStart: () -> Void, _ progress: (Int, Int) -> Void
  ) -> (seconds: [Double], freshBlocks: Int) {
    let settings = model.settings
    let images = Tensor(
      uninitialized: Shape(batch, settings.size, settings.size, settings.channels))
    images.withUnsafeMutablePointer {
      RandomUse.benchmarkImages.stream(seed: 0).fillUniform($0, in: -1..<1)
    }
    let latents = backend.ownPart(of: latents(batch, settings, use: .trainingLatents))
    let real = backend.ownPart(of: images)
    for _ in 0..<warmUpSteps { _ = model.step(real: real, latents: latents, backend) }
    backend.recorder = recorder
    defer { backend.recorder = nil }
    onStart()
    let blocksBefore = backend.storagePool.freshBlocks
    let times = (1...steps).map { step in
      defer { progress(step, steps) }
      return seconds { _ = model.step(real: real, latents: latents, backend) }
    }
    return (times, backend.storagePool.freshBlocks - blocksBefore)
  }

  /// Returns images a second of the generator.
  private static func sampleSpeed(_ model: AdversarialModel, _ backend: Backend) -> Double {
    let latents = latents(sampleBatch, model.settings, use: .sampleLatents)
    _ = model.generate(latents, backend)
    var batches = 0
    var total = 0.0
    while batches < 2 || total < 1 {
      total += seconds { _ = model.generate(latents, backend) }
      batches += 1
    }
    return Double(batches * sampleBatch) / total
  }

  private static func latents(_ count: Int, _ settings: ModelSettings, use: RandomUse) -> Tensor {
    let latents = Tensor(uninitialized: Shape(count, 1, 1, settings.nz))
    latents.withUnsafeMutablePointer { use.stream(seed: 0).fillNormal($0) }
    return latents
  }

  private static func seconds(_ body: () -> Void) -> Double {
    ContinuousClock().measure(body) / .seconds(1)
  }

  /// Asks the system for the largest resident set of this process, in bytes.
  private static func peakResidentBytes() -> Int {
    var usage = rusage()
    #if canImport(Darwin)
      getrusage(RUSAGE_SELF, &usage)
      return Int(usage.ru_maxrss)
    #else
      getrusage(.init(RUSAGE_SELF.rawValue), &usage)
      return Int(usage.ru_maxrss) * 1024
    #endif
  }
}
