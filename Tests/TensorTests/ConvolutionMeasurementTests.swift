import Tensor
import Testing

@Suite struct ConvolutionMeasurementTests {
  private let shape = ConvolutionCase(
    name: "x", use: .both, large: Shape(2, 8, 8, 32), filter: Shape(4, 4, 32, 16),
    geometry: .halving)

  @Test(arguments: Variant.supported)
  func everyOperationIsMeasuredAndRight(_ variant: Variant) {
    let backend = Backend(variant: variant, threads: 2)
    let direct = ConvolutionCase(
      name: "y", use: .both, large: Shape(1, 3, 3, 2), filter: Shape(3, 3, 2, 5),
      geometry: .whole(3))
    for shape in [shape, direct] {
      let found = backend.measure(shape, runs: 1)
      #expect(found.map(\.operation) == [.convolution, .transposed, .filterGradient])
      #expect(found.allSatisfy { $0.shape == shape && $0.isCorrect && $0.seconds > 0 })
      #expect(found.allSatisfy { $0.isWinograd == shape.isWinograd })
    }
  }

  @Test(
    arguments: zip(ConvolutionMethod.allCases, [[true, false], [false, false], [true, true]]))
  func theMethodIsTheOneAskedFor(_ method: ConvolutionMethod, _ expected: [Bool]) {
    let backend = Backend(threads: 1)
    backend.convolutionMethod = method
    let thin = ConvolutionCase(
      name: "thin", use: .both, large: Shape(2, 8, 8, 5), filter: Shape(4, 4, 5, 7),
      geometry: .halving)
    for (shape, isWinograd) in zip([shape, thin], expected) {
      let found = backend.measure(shape, runs: 1)
      #expect(found.allSatisfy { $0.isWinograd == isWinograd && $0.isCorrect })
    }
  }

  @Test(arguments: [(false, 1_048_576.0), (true, 409_600)])
  func speedsFollowFromTheShapeTheMethodAndTheTime(_ isWinograd: Bool, _ speed: Double) {
    let measurement = ConvolutionMeasurement(
      shape: shape, operation: .convolution, isWinograd: isWinograd, seconds: 0.5,
      largestError: 0.25)
    #expect(measurement.directSpeed == 1_048_576)
    #expect(measurement.speed == speed)
    #expect(measurement.isCorrect)
  }

  @Test(arguments: [0, 4])
  func anElementThatIsWrongIsFound(_ wrong: Int) {
    let ones = Tensor(repeating: 1, shape: Shape(vector: 5))
    let reference = { (_: Int) in
      Reference.convolvePoint(
        Tensor(repeating: 1, shape: Shape(1, 1, 1, 1)),
        Tensor(repeating: 1, shape: Shape(1, 1, 1, 1)), .whole(1), at: 0)
    }
    func error(isNormwise: Bool = false) -> Double {
      largestError(of: ones, terms: 1, isNormwise: isNormwise, reference: reference)
    }
    #expect(error() == 0)
    // Four units in the last place of 1, where two roundings allow one.
    ones.withUnsafeMutablePointer { $0[wrong] = 1 + 4 * 0x1p-23 }
    #expect(error() == 4)
    #expect(error(isNormwise: true) == 2)
    ones.withUnsafeMutablePointer { $0[wrong] = .nan }
    #expect(error() == .infinity)
  }

  /// The sums of so many products of numbers spread over −1 ..< 1 scatter by √terms / 3.
  @Test(arguments: [(262_144, false), (65_536, true)])
  func aLongSumThatIsMissingIsFound(_ terms: Int, _ isNormwise: Bool) {
    let count = Double(terms)
    let scatter = count.squareRoot() / 3
    func error(of missing: Double) -> Double {
      largestError(
        of: Tensor(repeating: 0, shape: Shape(vector: 3)), terms: terms, isNormwise: isNormwise
      ) { _ in ReferencePoint(value: missing, magnitude: count / 4) }
    }
    #expect(error(of: scatter) > 1)
    // One image of a batch of 64.
    #expect(error(of: 3 * scatter / 8) > 1)
    #expect(error(of: 0x1p-24 * scatter) < 1)
  }
}
