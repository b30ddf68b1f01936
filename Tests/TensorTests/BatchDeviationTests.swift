import Tensor
import TestSupport
import Testing

@Suite struct BatchDeviationTests {
  private let shape = Shape(5, 2, 3, 7)
  private let backend = Backend(threads: 2)
  private var x: Tensor { Tensor.random(shape, seed: 41) }

  /// The definition, point by point and channel by channel.
  private func deviation(_ values: [Double]) -> Double {
    let (images, places) = (shape.batch, shape.count / shape.batch)
    return (0..<places).reduce(0.0) { sum, place in
      let column = (0..<images).map { values[$0 * places + place] }
      let mean = column.reduce(0, +) / Double(images)
      let variance = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(images)
      return sum + (variance + 1e-8).squareRoot() / Double(places)
    }
  }

  @Test func isTheMeanOfTheDeviationsOverTheBatch() {
    let expected = deviation(x.values.map(Double.init))
    #expect(expected > 0.5)
    #expect(abs(Double(backend.batchDeviation(x)) - expected) < 1e-7)
  }

  @Test func aKnownBatchHasAKnownDeviation() {
    // Two channels: one of −3 and 3, whose deviation is 3, and one of 1 and 2, whose is a half.
    let batch = Tensor([-3, 1, 3, 2], shape: Shape(2, 1, 1, 2))
    #expect(abs(backend.batchDeviation(batch) - 1.75) < 1e-6)
    let alike = Tensor(repeating: 4, shape: shape)
    #expect(abs(backend.batchDeviation(alike) - 1e-4) < 1e-10)
    #expect(backend.batchDeviationGradient(alike, 1).values.allSatisfy { $0 == 0 })
  }

  /// Differences of the definition in Double, in every element.
  @Test func theGradientIsTheSlope() {
    let values = x.values.map(Double.init)
    let found = backend.batchDeviationGradient(x, 2).values
    for index in values.indices {
      func moved(_ distance: Double) -> Double {
        var values = values
        values[index] += distance
        return deviation(values)
      }
      let slope = 2 * (moved(1e-5) - moved(-1e-5)) / 2e-5
      #expect(abs(Double(found[index]) - slope) < 1e-8, "element \(index)")
    }
  }

  @Test func aChannelIsAddedAndTakenOff() {
    let result = backend.appendChannel(9, to: x)
    #expect(result.shape == Shape(5, 2, 3, 8))
    for (index, value) in result.values.enumerated() {
      let (row, channel) = index.quotientAndRemainder(dividingBy: 8)
      #expect(value == (channel == 7 ? 9 : x.values[row * 7 + channel]))
    }
    let gradients = backend.appendChannelGradient(result)
    #expect(gradients.input.values == x.values && gradients.value == 9 * 30)
  }

  @Test func theBitsDoNotDependOnTheThreads() {
    let one = Backend(threads: 1)
    #expect(one.batchDeviation(x) == backend.batchDeviation(x))
    #expect(
      one.batchDeviationGradient(x, 3).values == backend.batchDeviationGradient(x, 3).values)
  }
}
