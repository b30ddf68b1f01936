import Checkpoints
import Testing

@Suite struct CheckpointLayoutsTests {
  @Test func reordersASmallFilterByHand() {
    // [A, B, kh, kw] = [2, 3, 1, 2]: value abx is at row a, column b, place x.
    let torch: [Float] = [
      000, 001, 010, 011, 020, 021,
      100, 101, 110, 111, 120, 121,
    ]
    let filter: [Float] = [
      000, 100, 010, 110, 020, 120,
      001, 101, 011, 111, 021, 121,
    ]
    #expect(Layouts.fromPyTorch(torch, shape: [2, 3, 1, 2]) == filter)
    #expect(Layouts.toPyTorch(filter, shape: [2, 3, 1, 2]) == torch)
  }

  @Test func reordersASmallImageByHand() {
    // [N, C, H, W] = [2, 3, 2, 1]: value ncy.
    let planes: [Float] = [
      000, 001, 010, 011, 020, 021,
      100, 101, 110, 111, 120, 121,
    ]
    let pixels: [Float] = [
      000, 010, 020, 001, 011, 021,
      100, 110, 120, 101, 111, 121,
    ]
    #expect(Layouts.toChannelsLast(planes, shape: [2, 3, 2, 1]) == pixels)
    #expect(Layouts.toChannelsFirst(pixels, shape: [2, 3, 2, 1]) == planes)
  }

  @Test(arguments: [[5, 3, 4, 4], [1, 7, 2, 2], [6, 1, 8, 8], [2, 3, 5, 4], [1, 1, 1, 1]])
  func followsTheDefinitionsAndReturns(_ shape: [Int]) {
    let (a, b, h, w) = (shape[0], shape[1], shape[2], shape[3])
    let values = (0..<a * b * h * w).map(Float.init)
    let filter = Layouts.fromPyTorch(values, shape: shape)
    let pixels = Layouts.toChannelsLast(values, shape: shape)
    for i in 0..<a {
      for j in 0..<b {
        for y in 0..<h {
          for x in 0..<w {
            let value = values[((i * b + j) * h + y) * w + x]
            #expect(filter[((y * w + x) * b + j) * a + i] == value)
            #expect(pixels[((i * h + y) * w + x) * b + j] == value)
          }
        }
      }
    }
    #expect(Layouts.toPyTorch(filter, shape: shape) == values)
    #expect(Layouts.toChannelsFirst(pixels, shape: shape) == values)
  }

  @Test func trapsInWords() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Layouts.fromPyTorch([1, 2, 3], shape: [1, 2, 1, 1])
    }
    let shown = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(shown.contains("expected values that fill the four axes [1, 2, 1, 1], found 3 values"))
  }
}
