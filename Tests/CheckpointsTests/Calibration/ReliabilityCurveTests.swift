import Checkpoints
import Testing

@Suite struct ReliabilityCurveTests {
  @Test func predictionsFallIntoTenBins() {
    let curve = ReliabilityCurve(
      real: [0, 0.25, 0.75, 0.875, 1], fakes: [0.0625, 0.21875, 0.75, 0.5])
    #expect(curve.bins.map(\.real) == [1, 0, 1, 0, 0, 0, 0, 1, 1, 1])
    #expect(curve.bins.map(\.fakes) == [1, 0, 1, 0, 0, 1, 0, 1, 0, 0])
    #expect(
      curve.bins.map(\.meanPrediction)
        == [0.03125, nil, 0.234375, nil, nil, 0.5, nil, 0.75, 0.875, 1])
    #expect(curve.bins[7].observed.share == 0.5 && curve.bins[1].observed.share == nil)
    #expect(curve.bins[0].count == 2)
  }

  @Test func aCurveHasTenBins() {
    let bin = ReliabilityCurve.Bin(real: 0, fakes: 0, meanPrediction: nil)
    #expect(ReliabilityCurve(bins: Array(repeating: bin, count: 9)) == nil)
    #expect(
      ReliabilityCurve(bins: Array(repeating: bin, count: 10))
        == ReliabilityCurve(real: [], fakes: []))
  }
}
