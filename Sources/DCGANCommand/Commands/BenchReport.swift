import Tensor
import Training

/// What `dcgan bench` prints.
package struct BenchReport: Encodable, Equatable, Sendable {
  /// The times of the measured steps.
  package struct StepSeconds: Encodable, Equatable, Sendable {
    /// Their median.
    package let median: Double
    /// The shortest.
    package let min: Double
  }

  /// How long a training step takes.
  package let stepSeconds: StepSeconds
  /// The speed of training.
  package let imagesPerSecond: Double
  /// The speed of the generator alone.
  package let sampleImagesPerSecond: Double
  /// The most memory that the process held.
  package let peakRssBytes: Int
  /// The kernels' instruction set.
  package let variant: String
  /// The format of what convolutions multiply.
  package let precision: String
  /// The method of strided convolutions, where another than the best one was asked for.
  package let method: String?
  /// The number of threads.
  package let threads: Int
  /// The width and height of the images.
  package let size: Int
  /// The number of images in a step.
  package let batch: Int
  /// The generator's width.
  package let ngf: Int
  /// The discriminator's width.
  package let ndf: Int
  /// The number of colour channels.
  package let channels: Int
  /// The number of steps that were measured.
  package let steps: Int
  /// The number of processes that share each step; nil where there is one.
  package let ranks: Int?
  /// What a step takes without waiting for other ranks, on average.
  package let computeSeconds: Double?
  /// What a step waits for other ranks, on average.
  package let waitingSeconds: Double?
  /// The bytes that a rank gets from the others in a step.
  package let exchangedBytes: Int?

  /// Where the time of a step goes; nil where that was not asked for.
  package let profile: ProfileReport?

  /// Joins what was measured with what was asked for.
  package init(
    _ benchmark: Benchmark, _ options: BenchOptions, _ backend: Backend,
    shared: SharedStep? = nil
  ) {
    stepSeconds = StepSeconds(
      median: benchmark.medianStepSeconds, min: benchmark.minimumStepSeconds)
    imagesPerSecond = benchmark.imagesPerSecond
    sampleImagesPerSecond = benchmark.sampleImagesPerSecond
    peakRssBytes = benchmark.peakResidentBytes
    variant = backend.variant.rawValue
    precision = backend.precision.rawValue
    method = options.method == .best ? nil : options.method.rawValue
    threads = backend.pool.threadCount
    size = options.size
    batch = options.batch
    ngf = options.generatorFeatures
    ndf = options.discriminatorFeatures
    channels = options.channels
    steps = options.steps
    ranks = shared?.ranks
    computeSeconds = shared?.computeSeconds
    waitingSeconds = shared?.waitingSeconds
    exchangedBytes = shared?.exchangedBytes
    profile = benchmark.profile.map(ProfileReport.init)
  }

  private var shared: SharedStep? {
    guard let ranks, let computeSeconds, let waitingSeconds, let exchangedBytes else { return nil }
    return SharedStep(
      ranks: ranks, computeSeconds: computeSeconds, waitingSeconds: waitingSeconds,
      exchangedBytes: exchangedBytes)
  }

  /// Writes the numbers as a small table, without a last line break.
  package var table: String {
    let summary = Formatting.table(
      rows + (shared?.rows ?? [])
        + [("memory", "\(Formatting.bytes(peakRssBytes)) at most")])
    return profile.map { "\(summary)\n\n\($0.table)" } ?? summary
  }

  private var rows: [(String, String)] {
    [
      (
        "networks",
        "\(size)x\(size) pixels, \(Formatting.counted(channels, "channel")), "
          + "ngf \(ngf), ndf \(ndf)"
      ),
      (
        "kernels",
        "\(variant), \(Formatting.counted(threads, "thread"))"
          + (precision == Precision.float32.rawValue ? "" : ", \(precision)")
          + (method.map { ", \($0) convolutions" } ?? "")
      ),
      (
        "step",
        "\(Formatting.fixed(stepSeconds.median, decimals: 3)) s for \(batch) images, "
          + "median of \(steps) (min \(Formatting.fixed(stepSeconds.min, decimals: 3)) s)"
      ),
      ("training", "\(Formatting.fixed(imagesPerSecond, decimals: 1)) images/s"),
      ("sampling", "\(Formatting.fixed(sampleImagesPerSecond, decimals: 1)) images/s"),
    ]
  }
}

/// Where the time of a step goes: the operations and the rest, which add up to the whole.
package struct ProfileReport: Encodable, Equatable, Sendable {
  /// One operation's part of a step.
  package struct Operation: Encodable, Equatable, Sendable {
    /// The operation's name.
    package let operation: String
    /// Its shapes, each with its extents.
    package let shapes: [[Int]]
    /// How often it runs in a step.
    package let callsPerStep: Double
    /// What it takes of a step.
    package let secondsPerStep: Double
    /// Its part of the whole, 0 to 1.
    package let share: Double
  }

  /// Lists the operations, those that take longest first.
  package let operations: [Operation]
  /// What a step takes beside them.
  package let otherSecondsPerStep: Double
  /// The rest's part of the whole, 0 to 1.
  package let otherShare: Double
  /// The mean of the steps.
  package let meanStepSeconds: Double
  /// How many blocks of memory for tensors all the steps took from the system.
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
