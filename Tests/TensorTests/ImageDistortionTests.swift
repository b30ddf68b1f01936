import Tensor
import TestSupport
import Testing

@Suite struct ImageDistortionTests {
  private let backend = Backend(threads: 2)
  /// Numbers 1 to 9 in three rows, of mean 5.
  private let square = Tensor((1...9).map(Float.init), shape: Shape(1, 3, 3, 1))

  private func distorted(_ distortion: ImageDistortion) -> [Float] {
    backend.distort(square, by: [distortion]).values
  }

  @Test func nothingChangesNothing() {
    #expect(distorted(ImageDistortion()) == square.values)
  }

  @Test func brightnessIsAddedAndContrastStretchesAboutTheMean() {
    #expect(distorted(ImageDistortion(brightness: 0.5)) == square.values.map { $0 + 0.5 })
    #expect(
      distorted(ImageDistortion(contrast: 0.5)) == [3, 3.5, 4, 4.5, 5, 5.5, 6, 6.5, 7])
    #expect(
      distorted(ImageDistortion(brightness: -1, contrast: 1.5))
        == [-2, -0.5, 1, 2.5, 4, 5.5, 7, 8.5, 10])
  }

  @Test func aMoveBringsZerosIn() {
    #expect(distorted(ImageDistortion(down: 1)) == [0, 0, 0, 1, 2, 3, 4, 5, 6])
    #expect(distorted(ImageDistortion(down: -1, right: 1)) == [0, 4, 5, 0, 7, 8, 0, 0, 0])
    #expect(distorted(ImageDistortion(right: -2)) == [3, 0, 0, 6, 0, 0, 9, 0, 0])
    #expect(distorted(ImageDistortion(down: 3)) == Array(repeating: 0, count: 9))
    #expect(distorted(ImageDistortion(right: -4)) == Array(repeating: 0, count: 9))
  }

  @Test func theHoleIsCutLast() {
    let hole = ImageDistortion.Hole(rows: 1..<3, columns: 0..<2)
    #expect(distorted(ImageDistortion(hole: hole)) == [1, 2, 3, 0, 0, 6, 0, 0, 9])
    #expect(
      distorted(ImageDistortion(brightness: 1, down: 1, hole: hole)) == [0, 0, 0, 0, 0, 4, 0, 0, 7])
    let corner = ImageDistortion.Hole(rows: -2..<1, columns: 2..<9)
    #expect(distorted(ImageDistortion(hole: corner)) == [1, 2, 0, 4, 5, 6, 7, 8, 9])
    let outside = ImageDistortion.Hole(rows: 3..<5, columns: -4..<0)
    #expect(distorted(ImageDistortion(hole: outside)) == square.values)
  }

  @Test func eachImageHasItsOwnAndColoursMoveTogether() {
    let pair = Tensor((1...16).map(Float.init), shape: Shape(2, 2, 2, 2))
    let result = backend.distort(
      pair, by: [ImageDistortion(right: 1), ImageDistortion(brightness: 1)])
    #expect(result.values == [0, 0, 1, 2, 0, 0, 5, 6] + (10...17).map(Float.init))
  }

  static let distortions = [
    ImageDistortion(brightness: 0.25, contrast: 0.5),
    ImageDistortion(brightness: -0.5, contrast: 1.5, down: 2, right: -1),
    ImageDistortion(down: -3, right: 2, hole: .init(rows: 1..<4, columns: -1..<2)),
    ImageDistortion(
      contrast: 0.75, down: 1, right: 1, hole: .init(rows: 0..<2, columns: 3..<9)),
  ]

  /// A distortion D is affine, so that ⟨D(x) − D(0), y⟩ = ⟨x, Dᵀ(y)⟩ for its gradient Dᵀ.
  @Test(arguments: distortions)
  func theGradientIsTheAdjoint(_ distortion: ImageDistortion) {
    let shape = Shape(1, 6, 5, 3)
    let (x, y) = (Tensor.random(shape, seed: 31), Tensor.random(shape, seed: 32))
    let zero = backend.distort(Tensor(repeating: 0, shape: shape), by: [distortion]).values
    let moved = zip(backend.distort(x, by: [distortion]).values, zero).map { $0 - $1 }
    let left = zip(moved, y.values).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    let gradient = backend.distortGradient(y, by: [distortion]).values
    let right = zip(x.values, gradient).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    // Each product is rounded a few times on the way; they add up to less than 90 · 9.
    #expect(abs(left - right) < 4 * 810 * unitRoundoff)
    #expect(abs(left) > 0.1)
  }

  /// Column by column the gradient is what the result changes by.
  @Test func theGradientOfTheContrastReachesEveryPixel() {
    let one = Tensor([1, 0, 0, 0, 0, 0, 0, 0, 0], shape: Shape(1, 3, 3, 1))
    let gradient = backend.distortGradient(one, by: [ImageDistortion(contrast: 0.1)]).values
    expectClose(gradient, [0.2] + Array(repeating: 0.1, count: 8), within: { _ in 1e-7 })
  }

  @Test func threadsChangeNothing() {
    let shape = Shape(4, 6, 5, 3)
    let x = Tensor.random(shape, seed: 33)
    let results = [1, 3].map {
      Backend(threads: $0).distort(x, by: Self.distortions).values
    }
    #expect(results[0] == results[1])
  }
}

@Suite struct NoiseTests {
  @Test func elementsTakeTheStreamsNumbersFromTheIndexOn() {
    let x = Tensor.random(Shape(vector: 40_001), seed: 34)
    let stream = RandomStream(seed: 9, stream: 4)
    for (threads, index) in [(1, UInt64(0)), (3, 7)] {
      let y = Backend(threads: threads).addNoise(
        to: x, from: stream, startingAt: index, standardDeviation: 0.5)
      let expected = x.values.enumerated().map { place, value in
        value + Float(0.5 * stream.normal(at: index + UInt64(place)))
      }
      #expect(y.values == expected)
    }
  }
}
