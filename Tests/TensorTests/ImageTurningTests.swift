import Foundation
import Tensor
import TestSupport
import Testing

@Suite struct ImageTurningTests {
  private static let turns = [
    ImageTurn(angle: 0.12, zoom: 0.9), ImageTurn(),
    ImageTurn(angle: -0.05, zoom: 1.1, down: 1.25, right: -0.5),
    ImageTurn(angle: 3, zoom: 0.5, right: 2),
  ]
  private static let shape = Shape(4, 9, 6, 3)

  @Test(arguments: [1, 3])
  func everyPixelIsTheBlendOfTheFourWhereItComesFrom(threads: Int) {
    let x = Tensor.random(Self.shape, seed: 5)
    let y = Backend(threads: threads).turn(x, by: Self.turns)
    var expected: [Double] = []
    for image in 0..<4 {
      for row in 0..<9 {
        for column in 0..<6 {
          for channel in 0..<3 { expected.append(Self.sample(x, image, row, column, channel)) }
        }
      }
    }
    // Three interpolations between numbers of which none is beyond 8.
    expectClose(y.values, expected, within: { _ in 64 * unitRoundoff })
  }

  @Test func nothingChangesNothing() {
    let x = Tensor.random(Self.shape, seed: 6)
    let still = Array(repeating: ImageTurn(), count: 4)
    #expect(Backend(threads: 2).turn(x, by: still).values == x.values)
  }

  @Test func aQuarterOfATurnGoesWithTheClock() {
    let x = Tensor([1, 2, 3, 4], shape: Shape(1, 2, 2, 1))
    let y = Backend(threads: 1).turn(x, by: [ImageTurn(angle: .pi / 2)])
    expectClose(y.values, [3, 1, 4, 2], within: { _ in 1e-6 })
  }

  @Test func aMoveBringsTheBorderIn() {
    let x = Tensor([1, 2, 3, 4, 5], shape: Shape(1, 1, 5, 1))
    let backend = Backend(threads: 1)
    #expect(backend.turn(x, by: [ImageTurn(right: 2)]).values == [1, 1, 1, 2, 3])
    #expect(backend.turn(x, by: [ImageTurn(right: -0.5)]).values == [1.5, 2.5, 3.5, 4.5, 5])
    #expect(backend.turn(x, by: [ImageTurn(down: 3)]).values == x.values)
  }

  @Test func zoomingInRepeatsTheMiddleAndZoomingOutTheBorder() {
    let x = Tensor([1, 2, 3, 4, 5], shape: Shape(1, 1, 5, 1))
    let backend = Backend(threads: 1)
    #expect(backend.turn(x, by: [ImageTurn(zoom: 2)]).values == [2, 2.5, 3, 3.5, 4])
    #expect(backend.turn(x, by: [ImageTurn(zoom: 0.5)]).values == [1, 1, 3, 5, 5])
  }

  @Test func theResultDoesNotDependOnThreads() {
    let x = Tensor.random(Self.shape, seed: 7)
    let one = Backend(threads: 1).turn(x, by: Self.turns)
    #expect(one.values == Backend(threads: 4).turn(x, by: Self.turns).values)
  }

  /// One number of the result in double precision, by its definition.
  private static func sample(
    _ x: Tensor, _ image: Int, _ row: Int, _ column: Int, _ channel: Int
  ) -> Double {
    let turn = turns[image]
    let (down, right) = (Double(row) - 4 - turn.down, Double(column) - 2.5 - turn.right)
    let place = (
      min(max(4 + (cos(turn.angle) * down - sin(turn.angle) * right) / turn.zoom, 0), 8),
      min(max(2.5 + (sin(turn.angle) * down + cos(turn.angle) * right) / turn.zoom, 0), 5)
    )
    let values = x.values
    var sum = 0.0
    for r in 0..<9 {
      for c in 0..<6 {
        let weight =
          max(0, 1 - abs(place.0 - Double(r))) * max(0, 1 - abs(place.1 - Double(c)))
        sum += weight * Double(values[((image * 9 + r) * 6 + c) * 3 + channel])
      }
    }
    return sum
  }
}
