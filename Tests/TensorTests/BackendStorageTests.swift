import Foundation
import Support
import Tensor
import Testing

/// Where the memory of tensors comes from, and where it goes.
@Suite struct BackendStorageTests {
  private let first = Backend(variant: .baseline, threads: 2)
  private let second = Backend(variant: .baseline, threads: 2)

  /// Runs an operation that takes packed panels, scratch and a result.
  private func convolve(_ backend: Backend) -> Tensor {
    let filter = Tensor(repeating: 0.5, shape: Shape(3, 3, 2, 4))
    let geometry = ConvolutionGeometry(kernelSize: 3, stride: 1, padding: 1)
    return backend.convolve(Tensor(repeating: 1, shape: Shape(1, 8, 8, 2)), filter, geometry)
  }

  /// Returns how many blocks of a backend's pool are free, and how many came from the system.
  private func counts(_ backend: Backend) -> [Int] {
    [backend.storagePool.freeBlocks, backend.storagePool.freshBlocks]
  }

  /// Returns what the operations of a backend make, each of a kind.
  private func results(_ backend: Backend) -> [Tensor] {
    let x = Tensor.random(Shape(2, 4, 4, 8), seed: 1)
    let filter = Tensor.random(Shape(4, 4, 8, 8), seed: 2)
    let vector = Tensor(repeating: 1, shape: Shape(vector: 8))
    let statistics = backend.batchStatistics(x)
    let gradient = backend.batchNormalizeGradient(
      x, x, statistics: statistics, gamma: vector, beta: vector)
    return [
      backend.convolve(x, filter, .halving), backend.convolveTransposed(x, filter, .halving),
      backend.tanh(x), backend.sigmoid(x), backend.leakyRectifier(x, slope: 0.2),
      backend.tanhGradient(output: x, x), backend.leakyRectifierGradient(output: x, x, slope: 0),
      statistics.mean, statistics.variance, statistics.inverseDeviation,
      gradient.input, gradient.gamma, gradient.beta,
      backend.batchNormalize(
        x, mean: vector, inverseDeviation: vector, gamma: vector, beta: vector),
      backend.distort(x, by: Array(repeating: ImageDistortion(), count: 2)),
      backend.distortGradient(x, by: Array(repeating: ImageDistortion(), count: 2)),
      backend.addNoise(
        to: x, from: RandomStream(seed: 1, stream: 1), startingAt: 0, standardDeviation: 1),
      backend.spectralNormGradient(
        filter, normalized: filter, left: vector,
        right: Tensor(repeating: 1, shape: Shape(4, 4, 8, 1)), norm: 1),
      backend.makeTensor(uninitialized: x.shape),
    ]
  }

  @Test func everyOperationTakesMemoryFromItsBackendsPool() {
    for (index, result) in results(first).enumerated() {
      #expect(result.storage.pool === first.storagePool, "result \(index)")
    }
    #expect(second.storagePool.freshBlocks == 0)
  }

  @Test func aTensorMadeWithoutABackendTakesFromTheCommonPool() {
    let shape = Shape(vector: 3)
    let tensors = [
      Tensor(uninitialized: shape), Tensor(repeating: 0, shape: shape),
      Tensor([1, 2, 3], shape: shape),
    ]
    for tensor in tensors {
      #expect(tensor.storage.pool === StoragePool.common)
    }
    #expect(first.storagePool !== StoragePool.common)
  }

  @Test func twoBackendsDoNotUseEachOthersBlocks() {
    _ = convolve(first)
    // The panels and the result are free, and each worker keeps its scratch.
    #expect(counts(first) == [2, 4])
    _ = convolve(second)
    #expect(counts(first) == [2, 4])
    #expect(counts(second) == [2, 4])
    _ = convolve(first)
    #expect(counts(first) == [2, 4])
  }

  @Test func backendsThatAreGivenAPoolShareIt() {
    let pool = StoragePool()
    let backends = (0..<2).map { _ in
      Backend(variant: .baseline, threads: 2, storagePool: pool)
    }
    withExtendedLifetime(backends) {
      _ = convolve(backends[0])
      #expect(pool.freshBlocks == 4)
      _ = convolve(backends[1])
      // The second one's workers need scratch of their own; the panels and the result are there.
      #expect(pool.freshBlocks == 6)
    }
  }

  @Test func trimmingGivesBackAllThatNoTensorHolds() {
    let kept = convolve(first)
    #expect(first.storagePool.freeBlocks == 1)
    first.trim()
    #expect(first.storagePool.freeBlocks == 0)
    #expect(first.storagePool.freshBlocks == 4)
    let again = convolve(first)
    #expect(first.storagePool.freshBlocks == 8)
    #expect(kept.values == again.values)
    #expect(kept.values[9 * 4] == 9)
  }

  @Test func aTensorOutlivesItsBackendAndItsPoolsTrim() {
    var backend: Backend? = Backend(variant: .baseline, threads: 1)
    let result = backend.map { $0.tanh(Tensor([0, 1], shape: Shape(vector: 2))) }
    backend?.trim()
    backend = nil
    #expect(result?.values.first == 0)
    #expect(result?.storage.pool.freeBlocks == 0)
  }

  #if os(Linux)
    /// The blocks are of a size that the allocator serves from memory that it keeps, once it has
    /// seen such a block freed.
    @Test func trimmedMemoryIsNoLongerResident() throws {
      let pool = StoragePool()
      let count = 2 << 20
      func touchAll() {
        let blocks = (0..<16).map { _ in pool.take(count: count) }
        for block in blocks { block.pointer.update(repeating: 1, count: count) }
        for block in blocks { pool.giveBack(block) }
      }
      touchAll()
      pool.trim()
      touchAll()
      let before = try Self.residentBytes()
      pool.trim()
      // Other tests may take some meanwhile.
      #expect(try Self.residentBytes() < before - (64 << 20))
    }

    private static func residentBytes() throws -> Int {
      let fields = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(
        separator: " ")
      return try #require(Int(fields[1])) * Int(getpagesize())
    }
  #endif
}
