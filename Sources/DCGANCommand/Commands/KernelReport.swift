import Tensor

/// What `dcgan bench --kernels` prints.
package struct KernelReport: Encodable, Equatable, Sendable {
  /// What the processor does at most, in GFLOP/s.
  package struct Peaks: Encodable, Equatable, Sendable {
    /// The speed of one thread.
    package let oneThread: Double
    /// The speed of the threads in use.
    package let allThreads: Double

    /// Takes operations a second.
    package init(oneThread: Double, allThreads: Double) {
      self.oneThread = oneThread / 1e9
      self.allThreads = allThreads / 1e9
    }
  }

  /// How one operation did on one shape.
  package struct Row: Encodable, Equatable, Sendable {
    /// The shape.
    package let name: String
    /// The operation.
    package let operation: String
    /// `winograd` or `direct`.
    package let method: String
    /// The large map's shape.
    package let large: [Int]
    /// The filter's shape.
    package let filter: [Int]
    /// How long the shortest run took.
    package let milliseconds: Double
    /// The speed of the multiplications and additions that were made.
    package let gflops: Double
    /// The speed that the definition would have needed.
    package let directGflops: Double
    /// The part of the peak that was reached.
    package let shareOfPeak: Double
    /// The largest error in units of its bound; nil where it is infinite.
    package let error: Double?
    /// Whether that is at most 1.
    package let isCorrect: Bool
  }

  /// The kernels' instruction set.
  package let variant: String
  /// The format of what convolutions multiply.
  package let precision: String
  /// The number of threads.
  package let threads: Int
  /// The number of runs, the shortest of which counts.
  package let runs: Int
  /// What the processor does at most.
  package let peakGflops: Peaks
  /// Lists the operations, shape by shape.
  package let kernels: [Row]

  /// Compares measurements with the peak.
  package init(
    _ measurements: [ConvolutionMeasurement], peaks: Peaks, variant: Variant,
    precision: Precision = .float32, threads: Int, runs: Int
  ) {
    self.variant = variant.rawValue
    self.precision = precision.rawValue
    self.threads = threads
    self.runs = runs
    peakGflops = peaks
    kernels = measurements.map {
      Row(
        name: $0.shape.name, operation: $0.operation.rawValue,
        method: $0.isWinograd ? "winograd" : "direct", large: $0.shape.large.extents,
        filter: $0.shape.filter.extents, milliseconds: $0.seconds * 1e3, gflops: $0.speed / 1e9,
        directGflops: $0.directSpeed / 1e9, shareOfPeak: $0.speed / 1e9 / peaks.allThreads,
        error: $0.largestError.isFinite ? $0.largestError : nil, isCorrect: $0.isCorrect)
    }
  }

  /// Writes the numbers as a table, without a last line break.
  package var table: String {
    let one = Formatting.fixed(peakGflops.oneThread, decimals: 1)
    let all = Formatting.fixed(peakGflops.allThreads, decimals: 1)
    let summary = Formatting.table([
      (
        "kernels",
        "\(variant), \(Formatting.counted(threads, "thread"))"
          + (precision == Precision.float32.rawValue ? "" : ", \(precision)")
      ),
      ("peak", "\(one) GFLOP/s on 1 thread" + (threads == 1 ? "" : ", \(all) on \(threads)")),
      ("times", "shortest of \(Formatting.counted(runs, "run"))"),
    ])
    let rows = kernels.map {
      [
        $0.name, $0.operation, $0.method, Formatting.fixed($0.milliseconds, decimals: 3),
        Formatting.fixed($0.gflops, decimals: 1), Formatting.fixed($0.directGflops, decimals: 1),
        Formatting.percent($0.shareOfPeak),
        $0.error.map(Formatting.scientific) ?? "inf",
      ]
    }
    let header = [
      "name", "operation", "method", "ms", "GFLOP/s", "direct", "of peak", "error",
    ]
    return summary + "\n\n" + Formatting.columns(header, rows, texts: 3)
  }

  /// Which operations are wrong, one a line.
  package var failures: [String] {
    kernels.filter { !$0.isCorrect }.map {
      let error = $0.error.map { Formatting.fixed($0, decimals: 1) } ?? "infinitely many"
      return "\($0.name) \($0.large) \($0.filter): the \($0.operation) (\($0.method), \(variant)) "
        + "is wrong: its error is \(error) times what rounding allows"
    }
  }

  /// Names what is wrong on standard error, and returns the code to end with.
  package func conclude(_ console: Console) -> ExitCode {
    for failure in failures { console.say("dcgan bench: \(failure)") }
    return failures.isEmpty ? .done : .failed
  }
}
