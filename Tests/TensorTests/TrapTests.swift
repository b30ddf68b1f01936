import Tensor
import Testing

/// Shapes that do not fit stop the program with words, in release builds too.
@Suite struct TrapTests {
  @Test func aJobWithinAJob() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let pool = ThreadPool(threadCount: 2)
      pool.parallelFor(1) { _, _ in }
      pool.parallelFor(2) { _, _ in pool.parallelFor(2) { _, _ in } }
    }
    expectWords("a pool runs one job at a time", result)
  }

  @Test func anExtentOfZero() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Shape(1, 2, 0, 3)
    }
    expectWords("a shape's extents are positive, found [1, 2, 0, 3]", result)
  }

  @Test func aShapeOfTooManyElements() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Shape(1 << 32, 1, 1 << 31, 1)
    }
    expectWords("[4294967296, 1, 2147483648, 1] has more elements than can be counted", result)
  }

  @Test func twoShapesThatShouldBeEqual() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      Backend(variant: .baseline, threads: 1).add(
        Tensor(repeating: 0, shape: Shape(1, 2, 3, 4)),
        to: Tensor(repeating: 0, shape: Shape(1, 2, 4, 3)))
    }
    expectWords("add: expected shape [1, 2, 4, 3], found [1, 2, 3, 4]", result)
  }

  @Test func aFilterOfOtherChannels() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Backend(variant: .baseline, threads: 1).convolve(
        Tensor(repeating: 0, shape: Shape(1, 8, 8, 3)),
        Tensor(repeating: 0, shape: Shape(4, 4, 2, 5)), .halving)
    }
    expectWords("a filter [4, 4, 2, 5] for 2 channels on a map [1, 8, 8, 3]", result)
  }

  @Test func aMapSmallerThanTheWindow() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Backend(variant: .baseline, threads: 1).convolve(
        Tensor(repeating: 0, shape: Shape(1, 3, 3, 2)),
        Tensor(repeating: 0, shape: Shape(4, 4, 2, 5)), .whole(4))
    }
    expectWords("does not fit a map of 3", result)
  }

  @Test func aViewBeyondTheEnd() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Tensor(repeating: 0, shape: Shape(vector: 10)).view(Shape(1, 2, 2, 2), at: 3)
    }
    expectWords("[1, 2, 2, 2] at 3 of [1, 1, 1, 10]", result)
  }

  @Test func imagesBeyondTheBatch() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Tensor(repeating: 0, shape: Shape(2, 3, 3, 1)).batch(1..<3)
    }
    expectWords("images 1..<3 of [2, 3, 3, 1]", result)
  }

  @Test func aShapeOfAnotherCount() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Tensor(repeating: 0, shape: Shape(2, 3, 3, 1)).reshaped(to: Shape(vector: 17))
    }
    expectWords("cannot see [2, 3, 3, 1] as [1, 1, 1, 17]: the counts differ", result)
  }

  @Test func tooFewValues() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Tensor([1, 2], shape: Shape(vector: 3))
    }
    expectWords("2 values for the shape [1, 1, 1, 3]", result)
  }

  @Test func aSlopeBelowZero() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let y = Tensor([1, 2], shape: Shape(vector: 2))
      _ = Backend(variant: .baseline, threads: 1)
        .leakyRectifierGradient(output: y, y, slope: -0.5)
    }
    expectWords("a rectifier's slope is not below zero, found -0.5", result)
  }

  private func expectWords(
    _ words: String, _ result: ExitTest.Result?,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains(words), "\(text)", sourceLocation: sourceLocation)
  }
}
