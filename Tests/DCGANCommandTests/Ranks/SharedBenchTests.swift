import Arguments
import DCGANCommand
import Testing

@Suite struct SharedBenchTests {
  private func refusal(of options: BenchOptions, ranks: Int) -> String? {
    do {
      try options.check(ranks: ranks)
      return nil
    } catch {
      return error.message
    }
  }

  @Test func `ranks that divide the batch are taken, the nearest of others are named`() {
    var options = BenchOptions()
    options.batch = 12
    for ranks in [1, 2, 3, 4, 6, 12] { #expect(refusal(of: options, ranks: ranks) == nil) }
    #expect(
      refusal(of: options, ranks: 5)
        == "expected a number of processes that divides the 12 images of --batch evenly, but 5 were "
        + "started; start 4 or 6, or give another --batch")
    #expect(refusal(of: options, ranks: 16)?.contains("; start 12, or give another") == true)
  }

  @Test func `what one process measures is refused`() {
    var options = BenchOptions()
    options.kernels = true
    #expect(
      refusal(of: options, ranks: 2)
        == "--kernels measures one process, but 2 were started; start it once")
    options = BenchOptions()
    options.images = "images"
    #expect(refusal(of: options, ranks: 2)?.hasPrefix("--images measures one process") == true)
  }
}
