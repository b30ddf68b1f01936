import DCGAN
import Support
import Tensor
import TestSupport
import Testing
import Training

@Suite struct StepProfileTests {
  typealias Operation = OperationRecorder.Operation

  @Test func operationsAndTheRestMakeTheWhole() {
    let small = Operation("addition", [Shape(vector: 4)])
    let large = Operation("convolution", [Shape(1, 2, 2, 3), Shape(1, 1, 3, 4)])
    let profile = StepProfile(
      [
        small: OperationRecorder.Total(calls: 8, seconds: 0.5),
        large: OperationRecorder.Total(calls: 2, seconds: 2),
      ], seconds: 4, steps: 2, freshBlocks: 3)
    #expect(profile.stepSeconds == 2)
    #expect(profile.rows.map(\.operation) == [large, small])
    #expect(profile.rows.map(\.calls) == [1, 4])
    #expect(profile.rows.map(\.seconds) == [1, 0.25])
    #expect(profile.rows.map(\.share) == [0.5, 0.125])
    #expect(profile.freshBlocks == 3)
    #expect(profile.otherSeconds == 0.75)
    #expect(profile.otherShare == 0.375)
  }

  @Test func equalTimesAreInTheOrderOfTheNames() {
    let operations = ["b", "a"].map { Operation($0, []) }
    let totals = operations.map { ($0, OperationRecorder.Total(calls: 1, seconds: 1)) }
    let profile = StepProfile(
      Dictionary(uniqueKeysWithValues: totals), seconds: 2, steps: 1, freshBlocks: 0)
    #expect(profile.rows.map(\.operation.name) == ["a", "b"])
    #expect(profile.otherSeconds == 0)
  }

  @Test func aBackendReportsOnlyWhileItIsAsked() {
    let backend = Backend(threads: 1)
    let x = Tensor(repeating: 1, shape: Shape(2, 2, 2, 3))
    _ = backend.tanh(x)
    let recorder = OperationRecorder()
    backend.recorder = recorder
    backend.add(x, to: backend.tanh(x))
    _ = backend.tanh(x)
    backend.recorder = nil
    _ = backend.tanh(x)
    #expect(
      recorder.totals.mapValues(\.calls) == [
        Operation("tanh", [x.shape]): 2, Operation("addition", [x.shape]): 1,
      ])
    #expect(recorder.totals.values.allSatisfy { $0.seconds >= 0 })
  }

  @Test(.slow) func `a benchmark has a profile only on request`() throws {
    let settings = ModelSettings(size: 32, channels: 1, nz: 2, ngf: 1, ndf: 1)
    let backend = Backend(threads: 1)
    #expect(Benchmark(settings, batch: 2, steps: 1, backend).profile == nil)
    let benchmark = Benchmark(settings, batch: 2, steps: 2, backend, isProfiled: true)
    let profile = try #require(benchmark.profile)
    #expect(profile.rows.filter { $0.operation.name == "Adam" }.map(\.calls).reduce(0, +) == 2)
    #expect(profile.otherSeconds > 0)
    #expect(backend.recorder == nil)
  }
}
