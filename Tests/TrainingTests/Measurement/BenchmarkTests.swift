import DCGAN
import Foundation
import Support
import Tensor
import TestSupport
import Testing
import Training

@Suite(.slow) struct BenchmarkTests {
  @Test func medians() {
    #expect(Benchmark.median([3]) == 3)
    #expect(Benchmark.median([4, 1]) == 2.5)
    #expect(Benchmark.median([9, 1, 2]) == 2)
  }

  private let settings = ModelSettings(size: 32, channels: 1, nz: 2, ngf: 1, ndf: 1)

  @Test func progressCountsTheMeasuredStepsAlone() {
    let seen = Locked<[Int]>([])
    _ = Benchmark(settings, batch: 3, steps: 4, Backend(threads: 1)) { done, total in
      seen.withLock { $0.append(10 * done + total) }
    }
    #expect(seen.withLock { $0 } == [14, 24, 34, 44])
  }

  /// The profile's clock runs over all steps: of one step it shows what the others do, and of two
  /// their median, which is a mean.
  @Test(arguments: [1, 2])
  func `the speed is that of the steps in the profile`(steps: Int) throws {
    let benchmark = Benchmark(
      settings, batch: 3, steps: steps, Backend(threads: 1), isProfiled: true)
    let seconds = try #require(benchmark.profile).stepSeconds
    #expect(abs(benchmark.medianStepSeconds / seconds - 1) < 1e-9)
    #expect(abs(benchmark.imagesPerSecond * seconds - 3) < 1e-6)
    #expect(steps > 1 || benchmark.minimumStepSeconds == benchmark.medianStepSeconds)
    #expect(benchmark.minimumStepSeconds <= benchmark.medianStepSeconds)
    #expect(benchmark.sampleImagesPerSecond > 0)
  }

  @Test func theMemoryIsCountedInBytes() {
    let held = Tensor(repeating: 1, shape: Shape(vector: 16 << 20))
    let benchmark = Benchmark(settings, batch: 2, steps: 1, Backend(threads: 1))
    #expect(benchmark.peakResidentBytes > MemoryLayout<Float>.size * held.shape.count)
    #expect(benchmark.peakResidentBytes < Int(ProcessInfo.processInfo.physicalMemory))
  }
}
