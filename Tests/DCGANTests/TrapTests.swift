import DCGAN
import Tensor
import Testing

/// Broken rules of callers stop the program with words, in release builds too.
@Suite struct TrapTests {
  @Test func aSizeThatNoNetworkHas() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = ModelSettings(size: 33)
    }
    expectWords("images are one of [32, 64, 128, 256] wide, found 33", result)
  }

  @Test func aLayerOutsideANetwork() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let backend = Backend(variant: .baseline, threads: 1)
      let layer = Convolution(.down, largeChannels: 1, smallChannels: 1, .halving)
      let pass = ForwardPass.evaluation(backend)
      _ = layer(pass.tape.constant(Tensor(repeating: 0, shape: Shape(1, 4, 4, 1))), pass)
    }
    expectWords("a layer is used before a network laid it out", result)
  }

  @Test func aRandomIntegerOfNoRange() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = RandomStream(seed: 0, stream: 0).integer(below: 0, at: 0)
    }
    expectWords("no integer lies in 0 ..< 0", result)
  }

  @Test func aBatchBeyondTheEpoch() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = BatchSchedule(order: Array(0..<8), batchSize: 4).batch(at: 2)
    }
    expectWords("batch 2 of 2 does not exist", result)
  }

  private func expectWords(
    _ words: String, _ result: ExitTest.Result?,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains(words), sourceLocation: sourceLocation)
  }
}
