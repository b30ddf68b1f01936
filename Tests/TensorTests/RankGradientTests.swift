import Tensor
import TestSupport
import Testing

/// Filters' gradients that ranks share, bit for bit those of one process.
@Suite struct RankGradientTests {
  /// Maps and a filter.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let batch: Int
    /// The large map's rows and channels.
    let large: (rows: Int, channels: Int)
    /// The small map's channels.
    let outputs: Int
    var geometry = ConvolutionGeometry.halving
  }

  static let cases = [
    Case(testDescription: "parts", batch: 16, large: (64, 16), outputs: 24),
    Case(testDescription: "slices of several blocks", batch: 8, large: (32, 80), outputs: 144),
    Case(testDescription: "slices of one block", batch: 8, large: (8, 130), outputs: 70),
    Case(testDescription: "few channels", batch: 64, large: (32, 3), outputs: 20),
    Case(testDescription: "few channels and images", batch: 36, large: (16, 1), outputs: 8),
    Case(testDescription: "no Winograd", batch: 4, large: (4, 12), outputs: 20),
    Case(
      testDescription: "a column", batch: 12, large: (4, 40), outputs: 1,
      geometry: ConvolutionGeometry(kernelSize: 4, stride: 1, padding: 0)),
  ]

  private static func random(_ shape: Shape, _ stream: UInt64) -> Tensor {
    let tensor = Tensor(uninitialized: shape)
    tensor.withUnsafeMutablePointer { RandomStream(seed: 3, stream: stream).fillNormal($0) }
    return tensor
  }

  /// Adds the gradient of two batches to what a filter's gradient holds.
  private static func gradient(_ test: Case, isNeeded: Bool, _ backend: Backend) -> [UInt32] {
    let filter = Shape(4, 4, test.large.channels, test.outputs)
    let gradient = random(filter, 0)
    // What another rank has a slice of, it overwrites: all begin with the same.
    for batch in 1...2 as ClosedRange<UInt64> {
      let large = random(
        Shape(test.batch, test.large.rows, test.large.rows, test.large.channels), batch)
      let small = random(
        test.geometry.smallShape(large: large.shape, filter: filter), batch + 10)
      let part = backend.ranks?.part(ofBatch: test.batch) ?? 0..<test.batch
      backend.addFilterGradient(
        lazyLarge: LazyMap(large.batch(part)), lazySmall: LazyMap(small.batch(part)),
        test.geometry, to: gradient, isNeeded: isNeeded)
    }
    backend.shareGradients()
    return gradient.values.map(\.bitPattern)
  }

  @Test(arguments: cases, [2, 4])
  func ranksHaveTheGradientOfOneProcess(_ test: Case, count: Int) throws {
    let alone = Self.gradient(test, isNeeded: true, Backend(threads: 2))
    for isNeeded in [false, true] {
      let ranks = try LocalRanks.run(count) { _, backend in
        Self.gradient(test, isNeeded: isNeeded, backend)
      }
      for (rank, found) in ranks.enumerated() {
        #expect(found == alone, "rank \(rank), needed at once: \(isNeeded)")
      }
    }
  }

  /// Eight sums of parts of a batch where they are smaller than the maps, the maps and half a filter's
  /// gradient where they are not.
  @Test func ranksExchangeWhatTheCasesAreNamedAfter() throws {
    func bytes(_ test: Case) throws -> [Int] {
      try LocalRanks.run(2) { rank, backend in
        _ = Self.gradient(test, isNeeded: false, backend)
        return rank.bytes
      }
    }
    let parts = 2 * 4 * (16 * 16 * 24) * 4
    #expect(try bytes(Self.cases[0]) == [parts, parts])
    let maps = 2 * 4 * (32 * 32 * 80 + 16 * 16 * 144) * 4
    let slice = 16 * 80 * 144 / 2 * 4
    #expect(try bytes(Self.cases[1]) == [maps + slice, maps + slice])
  }
}
