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

  @Test func twoLayersAtOnePlace() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = NetworkSpecification([(3, Tanh()), (3, Tanh())])
    }
    expectWords("two layers have one place", result)
  }

  @Test func aRandomIntegerOfNoRange() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = RandomStream(seed: 0, stream: 0).integer(below: 0, at: 0)
    }
    expectWords("no integer lies in 0 ..< 0", result)
  }

  @Test func aSecondPassBackOverATape() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let (tape, y) = Self.recorded()
      tape.backward(from: y, gradient: Tensor(repeating: 1, shape: y.value.shape))
      tape.backward(from: y, gradient: Tensor(repeating: 1, shape: y.value.shape))
    }
    expectWords("a tape serves one backward pass", result)
  }

  @Test func anOperationOnAUsedTape() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let (tape, y) = Self.recorded()
      tape.backward(from: y, gradient: Tensor(repeating: 1, shape: y.value.shape))
      _ = tape.tanh(y)
    }
    expectWords("a tape serves one backward pass", result)
  }

  @Test func aVariableOfAnotherTape() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Self.recorded().tape.tanh(Self.recorded().result)
    }
    expectWords("a variable of another tape", result)
  }

  @Test func aPassBackFromAnotherTapesVariable() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let y = Self.recorded().result
      Self.recorded().tape.backward(
        from: y, gradient: Tensor(repeating: 1, shape: y.value.shape))
    }
    expectWords("a variable of another tape", result)
  }

  @Test func theGradientOfAnotherTapesVariable() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Self.recorded().tape.gradient(of: Self.recorded().result)
    }
    expectWords("a variable of another tape", result)
  }

  @Test func anEpochWithoutSteps() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = TrainingPosition(stepsPerEpoch: 0)
    }
    expectWords("step 0 of epochs of 0 steps", result)
  }

  /// A tape with one operation, and its result.
  private static func recorded() -> (tape: Tape, result: Variable) {
    let tape = Tape(backend: Backend(variant: .baseline, threads: 1))
    let x = tape.input(Tensor(repeating: 1, shape: Shape(vector: 2)))
    return (tape, tape.tanh(x))
  }

  private func expectWords(
    _ words: String, _ result: ExitTest.Result?,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains(words), sourceLocation: sourceLocation)
  }
}
