import DCGAN
import DataSets
import Distribution
import Files
import Foundation
import Tensor
import Training

/// Runs `dcgan bench`.
package enum BenchCommand {
  /// Does the work with checked options and returns how it ended.
  package static func run(_ options: BenchOptions, _ console: Console) throws -> ExitCode {
    if let group = Launch.current { try options.check(ranks: group.count) }
    if let folder = options.images { return try measureDecoding(of: folder, options, console) }
    let backend = try Backend.selected(threads: options.threads, precision: options.precision)
    if let warning = backend.emulationWarning { console.warn(warning) }
    backend.convolutionMethod = options.method
    return try options.kernels
      ? measureKernels(options, backend, console) : measureSteps(options, backend, console)
  }

  private static func settings(_ options: BenchOptions) -> ModelSettings {
    ModelSettings(
      size: options.size, channels: options.channels, ngf: options.generatorFeatures,
      ndf: options.discriminatorFeatures)
  }

  private static func measureSteps(
    _ options: BenchOptions, _ backend: Backend, _ console: Console
  ) throws -> ExitCode {
    let group = Launch.current
    try settings(options).checkMemory(
      batch: options.batch / (group?.count ?? 1), processes: group?.ranksOnHost ?? 1)
    let progress = ProgressLine(console: console, quiet: options.quiet)
    progress.update(.counting("measuring step", done: 0, of: options.steps))
    let benchmark = Benchmark(
      settings(options), batch: options.batch, steps: options.steps, backend,
      isProfiled: options.profile,
      progress: { progress.update(.counting("measuring step", done: $0, of: $1)) },
      exchanged: { RankExchange(group?.traffic) })
    progress.finish(.counting("measuring step", done: options.steps, of: options.steps))
    let report = BenchReport(
      benchmark, options, backend, shared: group.map { SharedStep(benchmark, on: $0) })
    if options.json {
      try console.printJSON(report)
    } else {
      try console.print(text: report.table)
    }
    return .done
  }

  private static func measureKernels(
    _ options: BenchOptions, _ backend: Backend, _ console: Console
  ) throws -> ExitCode {
    let cases =
      try options.shapes.map(readCases)
      ?? ConvolutionCase.layers(of: settings(options), batch: options.batch)
    for shape in cases { try ModelSettings.checkMemory(of: shape) }
    let progress = ProgressLine(console: console, quiet: options.quiet)
    let oneThread = Backend(variant: backend.variant, threads: 1)
    let peak = backend.peakSpeed()
    let peaks = KernelReport.Peaks(
      oneThread: backend.pool.threadCount == 1 ? peak : oneThread.peakSpeed(), allThreads: peak)
    var measurements: [ConvolutionMeasurement] = []
    for (index, shape) in cases.enumerated() {
      progress.update(.counting("measuring convolution", done: index, of: cases.count))
      measurements += backend.measure(shape, runs: options.steps)
    }
    progress.finish(.counting("measuring convolution", done: cases.count, of: cases.count))
    let report = KernelReport(
      measurements, peaks: peaks, variant: backend.variant, precision: backend.precision,
      threads: backend.pool.threadCount, runs: options.steps)
    if options.json {
      try console.printJSON(report)
    } else {
      try console.print(text: report.table)
    }
    return report.conclude(console)
  }

  private static func readCases(_ file: String) throws -> [ConvolutionCase] {
    let bytes = try FileReader(path: file).readAll(atMost: 1 << 20)
    return try ConvolutionCase.parse(
      String(decoding: bytes, as: UTF8.self), file: file, uses: [.speed, .both])
  }

  private static func measureDecoding(
    of folder: String, _ options: BenchOptions, _ console: Console
  ) throws -> ExitCode {
    let listing = try ImageFolder(root: folder)
    let progress = ProgressLine(console: console, quiet: options.quiet)
    defer { progress.finish() }
    let threads = options.threads ?? Backend.defaultThreads
    let speed = try DecodingSpeed(
      listing: listing, reading: ImageReading(size: options.size, channels: options.channels),
      threads: threads
    ) { progress.update(.counting("decoding", done: $0, of: $1)) }
    progress.settle(
      .counting("decoding", done: listing.files.count, of: listing.files.count))
    for skipped in speed.images.skipped {
      progress.warn("\(folder)/\(skipped.path): skipped: \(skipped.reason)")
    }
    let report = DecodingReport(
      imagesPerSecond: speed.imagesPerSecond, images: speed.images.count,
      skipped: speed.images.skipped.count, size: options.size, channels: options.channels,
      threads: threads)
    if options.json {
      try console.printJSON(report)
    } else {
      try console.print(text: report.table)
    }
    return .done
  }
}
