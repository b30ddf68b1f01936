import DCGAN
import Tensor

/// Holds what `dcgan bench` prints.
package struct BenchReport: Encodable, Equatable, Sendable {
  /// Holds the times of the measured steps.
  package struct StepSeconds: Encodable, Equatable, Sendable {
    /// Is their median.
    package let median: Double
    /// Is the shortest.
    package let min: Double
  }

  /// Is how long a training step takes.
  package let stepSeconds: StepSeconds
  /// Is the speed of training.
  package let imagesPerSecond: Double
  /// Is the speed of the generator alone.
  package let sampleImagesPerSecond: Double
  /// Is the most memory that the process held.
  package let peakRssBytes: Int
  /// Is the kernels' instruction set.
  package let variant: String
  /// Is the method of strided convolutions, where another than the best one was asked for.
  package let method: String?
  /// Is the number of threads.
  package let threads: Int
  /// Is the width and height of the images.
  package let size: Int
  /// Is the number of images in a step.
  package let batch: Int
  /// Is the generator's width.
  package let ngf: Int
  /// Is the discriminator's width.
  package let ndf: Int
  /// Is the number of colour channels.
  package let channels: Int
  /// Is the number of steps that were measured.
  package let steps: Int

  /// Tells where the time of a step goes, where that was asked for.
  package let profile: ProfileReport?

  /// Joins what was measured with what was asked for.
  package init(_ benchmark: Benchmark, _ options: BenchOptions, _ backend: Backend) {
    stepSeconds = StepSeconds(
      median: benchmark.medianStepSeconds, min: benchmark.minimumStepSeconds)
    imagesPerSecond = benchmark.imagesPerSecond
    sampleImagesPerSecond = benchmark.sampleImagesPerSecond
    peakRssBytes = benchmark.peakResidentBytes
    variant = backend.variant.rawValue
    method = options.method == .best ? nil : options.method.rawValue
    threads = backend.pool.threadCount
    size = options.size
    batch = options.batch
    ngf = options.generatorFeatures
    ndf = options.discriminatorFeatures
    channels = options.channels
    steps = options.steps
    profile = benchmark.profile.map(ProfileReport.init)
  }

  /// Writes the numbers as a small table, without a last line break.
  package var table: String {
    let summary = Formatting.table([
      (
        "networks",
        "\(size)x\(size) pixels, \(Formatting.counted(channels, "channel")), "
          + "ngf \(ngf), ndf \(ndf)"
      ),
      (
        "kernels",
        "\(variant), \(Formatting.counted(threads, "thread"))"
          + (method.map { ", \($0) convolutions" } ?? "")
      ),
      (
        "step",
        "\(Formatting.fixed(stepSeconds.median, decimals: 3)) s for \(batch) images, "
          + "median of \(steps) (shortest \(Formatting.fixed(stepSeconds.min, decimals: 3)) s)"
      ),
      ("training", "\(Formatting.fixed(imagesPerSecond, decimals: 1)) images/s"),
      ("sampling", "\(Formatting.fixed(sampleImagesPerSecond, decimals: 1)) images/s"),
      ("memory", "\(Formatting.bytes(peakRssBytes)) at most"),
    ])
    return profile.map { "\(summary)\n\n\($0.table)" } ?? summary
  }
}

/// Holds where the time of a step goes: the operations and the rest, which add up to the whole.
package struct ProfileReport: Encodable, Equatable, Sendable {
  /// Holds one operation's part of a step.
  package struct Operation: Encodable, Equatable, Sendable {
    /// Names it.
    package let operation: String
    /// Is its shapes, each with its extents.
    package let shapes: [[Int]]
    /// Is how often it runs in a step.
    package let callsPerStep: Double
    /// Is what it takes of a step.
    package let secondsPerStep: Double
    /// Is its part of the whole, 0 to 1.
    package let share: Double
  }

  /// Lists the operations, those that take longest first.
  package let operations: [Operation]
  /// Is what a step takes beside them.
  package let otherSecondsPerStep: Double
  /// Is the rest's part of the whole, 0 to 1.
  package let otherShare: Double
  /// Is the mean of the steps.
  package let meanStepSeconds: Double
  /// Is how many blocks of memory for tensors all the steps took from the system.
  package let freshBlocks: Int

  /// Takes the numbers of a profile.
  package init(_ profile: StepProfile) {
    operations = profile.rows.map {
      Operation(
        operation: $0.operation.name, shapes: $0.operation.shapes.map(\.extents),
        callsPerStep: $0.calls, secondsPerStep: $0.seconds, share: $0.share)
    }
    otherSecondsPerStep = profile.otherSeconds
    otherShare = profile.otherShare
    meanStepSeconds = profile.stepSeconds
    freshBlocks = profile.freshBlocks
  }

  /// Writes the numbers as a table, without a last line break.
  package var table: String {
    let rows = operations.map {
      Self.row(
        $0.operation, $0.shapes.map { "\($0)" }.joined(separator: " "),
        Formatting.fixed($0.callsPerStep, decimals: 0), $0.secondsPerStep, $0.share)
    }
    return Formatting.columns(
      ["operation", "shapes", "calls", "ms", "share"],
      rows + [
        Self.row("other", "", "", otherSecondsPerStep, otherShare),
        Self.row("step (mean)", "", "", meanStepSeconds, 1),
      ], texts: 2)
  }

  private static func row(
    _ name: String, _ shapes: String, _ calls: String, _ seconds: Double, _ share: Double
  ) -> [String] {
    [
      name, shapes, calls, Formatting.fixed(seconds * 1000, decimals: 2),
      Formatting.percent(share),
    ]
  }
}
