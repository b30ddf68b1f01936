import DataSets
import Imaging
import Tensor
import Testing

/// Broken rules of callers stop the program with words, in release builds too.
@Suite struct TrapTests {
  @Test func aBatchBeyondTheEpoch() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = BatchSchedule(order: Array(0..<8), batchSize: 4).batch(at: 2)
    }
    expectWords("batch 2 of 2 does not exist", result)
  }

  @Test func twoChannels() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let image = PixelImage(width: 4, height: 4, channels: 1, repeating: 7)
      _ = Tensor(networkImages: [image], size: 4, channels: 2)
    }
    expectWords("images of 2 channels, which are 1 or 3", result)
  }

  private func expectWords(
    _ words: String, _ result: ExitTest.Result?,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains(words), sourceLocation: sourceLocation)
  }
}
