import Distribution
import Tensor
import Training

/// The parts of a training step that several processes share, as the mean of all of them.
package struct SharedStep: Equatable, Sendable {
  /// How many processes share each batch.
  package let ranks: Int
  /// What a step takes without waiting for other ranks.
  package let computeSeconds: Double
  /// What a step waits for other ranks.
  package let waitingSeconds: Double
  /// The bytes that a rank gets from the others in a step.
  package let exchangedBytes: Int

  /// Makes the parts of a step.
  package init(ranks: Int, computeSeconds: Double, waitingSeconds: Double, exchangedBytes: Int) {
    self.ranks = ranks
    self.computeSeconds = computeSeconds
    self.waitingSeconds = waitingSeconds
    self.exchangedBytes = exchangedBytes
  }

  /// Collects what the ranks of a group have measured, each of which calls this.
  init(_ benchmark: Benchmark, on group: some RankGroup) {
    let waiting = Self.mean(group.gather(benchmark.exchange.waitingSeconds))
    self.init(
      ranks: group.count,
      computeSeconds: Self.mean(group.gather(benchmark.meanStepSeconds)) - waiting,
      waitingSeconds: waiting, exchangedBytes: Int(benchmark.exchange.bytes.rounded()))
  }

  private static func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
  }

  /// Writes the numbers as two lines of a table.
  var rows: [(String, String)] {
    [
      (
        "ranks",
        "\(ranks), computing \(Formatting.fixed(computeSeconds, decimals: 3)) s and waiting "
          + "\(Formatting.fixed(waitingSeconds, decimals: 3)) s in a step"
      ),
      ("exchange", "\(Formatting.bytes(exchangedBytes)) to each rank in a step"),
    ]
  }
}

extension RankExchange {
  /// Makes the exchange of a process's traffic; of nothing where it is alone.
  init(_ traffic: Traffic?) {
    self.init(
      waitingSeconds: traffic?.waitedSeconds ?? 0, bytes: Double(traffic?.receivedBytes ?? 0))
  }
}
