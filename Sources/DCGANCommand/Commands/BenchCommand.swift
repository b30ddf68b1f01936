import DCGAN
import Tensor

/// Runs `dcgan bench`.
package enum BenchCommand {
  /// Does the work with checked options and returns how it ended.
  package static func run(_ options: BenchOptions, _ console: Console) throws -> ExitCode {
    let backend = try Backend.selected(threads: options.threads)
    let progress = ProgressLine(console: console, quiet: options.quiet)
    let settings = ModelSettings(
      size: options.size, channels: options.channels, ngf: options.generatorFeatures,
      ndf: options.discriminatorFeatures)
    progress.update(.counting("measuring step", done: 0, of: options.steps))
    let benchmark = Benchmark(settings, batch: options.batch, steps: options.steps, backend) {
      progress.update(.counting("measuring step", done: $0, of: $1))
    }
    progress.finish(.counting("measuring step", done: options.steps, of: options.steps))
    let report = BenchReport(benchmark, options, backend)
    if options.json {
      try console.printJSON(report)
    } else {
      try console.print(report.table)
    }
    return .done
  }
}

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

  /// Joins what was measured with what was asked for.
  package init(_ benchmark: Benchmark, _ options: BenchOptions, _ backend: Backend) {
    stepSeconds = StepSeconds(
      median: benchmark.medianStepSeconds, min: benchmark.minimumStepSeconds)
    imagesPerSecond = benchmark.imagesPerSecond
    sampleImagesPerSecond = benchmark.sampleImagesPerSecond
    peakRssBytes = benchmark.peakResidentBytes
    variant = backend.variant.rawValue
    threads = backend.pool.threadCount
    size = options.size
    batch = options.batch
    ngf = options.generatorFeatures
    ndf = options.discriminatorFeatures
    channels = options.channels
    steps = options.steps
  }

  /// Writes the numbers as a small table, without a last line break.
  package var table: String {
    Formatting.table([
      (
        "networks",
        "\(size)x\(size) pixels, \(Formatting.counted(channels, "channel")), "
          + "ngf \(ngf), ndf \(ndf)"
      ),
      ("kernels", "\(variant), \(Formatting.counted(threads, "thread"))"),
      (
        "step",
        "\(Formatting.fixed(stepSeconds.median, decimals: 3)) s for \(batch) images, "
          + "median of \(steps) (shortest \(Formatting.fixed(stepSeconds.min, decimals: 3)) s)"
      ),
      ("training", "\(Formatting.fixed(imagesPerSecond, decimals: 1)) images/s"),
      ("sampling", "\(Formatting.fixed(sampleImagesPerSecond, decimals: 1)) images/s"),
      ("memory", "\(Formatting.bytes(peakRssBytes)) at most"),
    ])
  }
}
