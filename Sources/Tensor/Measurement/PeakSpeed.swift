import KernelTable
import Support

extension Backend {
  /// Measures the multiplications and additions of Floats that the threads in use do in a second
  /// when nothing else keeps them: the most that any kernel could reach here and now.
  ///
  /// The best of several runs of about ten milliseconds, after one that wakes the cores.
  package func peakSpeed() -> Double {
    let rounds = 100_000
    let pieces = 32 * pool.threadCount
    let shortest = shortestSeconds(of: 8) { peakMultiplyAdds(rounds: rounds, pieces: pieces) }
    return 2 * Double(kernels.peak.count) * Double(rounds) * Double(pieces) / shortest
  }

  /// Runs the kernel that is nothing but multiply-adds, `pieces` times on all threads, and returns
  /// the accumulators of the last piece: `x = x/2 + 1` from 0, 1, 2, … on.
  @discardableResult
  package func peakMultiplyAdds(rounds: Int, pieces: Int) -> Tensor {
    let peak = kernels.peak
    let values = makeTensor(uninitialized: Shape(pieces, 1, 1, peak.count))
    withExtendedLifetime(values) {
      for index in 0..<values.count { values.pointer[index] = Float(index % peak.count) }
      pool.parallelFor(pieces) { piece, _ in
        peak.peakMultiplyAdds(values.pointer + piece * peak.count, 0.5, 1, rounds)
      }
    }
    return values.batch(pieces - 1..<pieces)
  }
}

/// Returns the shortest of several runs, in seconds, after one that is not measured.
func shortestSeconds(of runs: Int, _ body: () -> Void) -> Double {
  require(runs >= 1, "\(runs) runs measure nothing")
  body()
  let clock = ContinuousClock()
  return (0..<runs).reduce(.infinity) { shortest, _ in
    min(shortest, clock.measure(body) / .seconds(1))
  }
}
