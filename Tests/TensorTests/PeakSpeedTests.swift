import Tensor
import Testing

@Suite struct PeakSpeedTests {
  /// After r rounds of `x = x/2 + 1` from i: `2 + (i − 2) / 2ʳ`, exact for so few rounds.
  @Test(arguments: Variant.supported, [0, 1, 5])
  func theKernelDoesEveryRound(_ variant: Variant, rounds: Int) {
    let backend = Backend(variant: variant, threads: 2)
    let values = backend.peakMultiplyAdds(rounds: rounds, pieces: 3).values
    let power = Float(1 << rounds)
    #expect(values == values.indices.map { 2 + (Float($0) - 2) / power })
    #expect(values.count >= 48)
  }
}
