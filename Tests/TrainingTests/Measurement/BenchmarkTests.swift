import DCGAN
import Support
import Tensor
import Testing
import Training

@Suite struct BenchmarkTests {
  @Test func medians() {
    #expect(Benchmark.median([3]) == 3)
    #expect(Benchmark.median([4, 1]) == 2.5)
    #expect(Benchmark.median([9, 1, 2]) == 2)
  }

  @Test func theNumbersBelongTogether() {
    let seen = Locked<[Int]>([])
    let settings = ModelSettings(size: 32, channels: 1, nz: 2, ngf: 1, ndf: 1)
    let backend = Backend(threads: 1)
    let benchmark = Benchmark(settings, batch: 3, steps: 4, backend) { done, total in
      seen.withLock { $0.append(10 * done + total) }
    }
    #expect(seen.withLock { $0 } == [14, 24, 34, 44])
    #expect(benchmark.minimumStepSeconds > 0)
    #expect(benchmark.medianStepSeconds >= benchmark.minimumStepSeconds)
    #expect(benchmark.imagesPerSecond == 3 / benchmark.medianStepSeconds)
    #expect(benchmark.sampleImagesPerSecond > 0)
    // More than the networks and a batch need, less than any machine has.
    #expect((1_000_000..<1_000_000_000_000).contains(benchmark.peakResidentBytes))
  }
}
