import Arguments
import CommandTestSupport
import DCGANCommand
import Testing

@Suite struct SharedBenchTests {
  /// Returns what is said to a command line with so many ranks.
  private func refusal(of words: [String], ranks: Int) throws -> String? {
    let options = try BenchOptions(parsed(["bench"] + words))
    do {
      try options.check(ranks: ranks)
      return nil
    } catch {
      return error.message
    }
  }

  @Test func `ranks that divide the batch are taken, the nearest of others are named`() throws {
    let batch = ["--batch", "12"]
    for ranks in [1, 2, 3, 4, 6, 12] { #expect(try refusal(of: batch, ranks: ranks) == nil) }
    #expect(
      try refusal(of: batch, ranks: 5)
        == "5 processes cannot share the 12 images of --batch equally; start 4 or 6, or give another "
        + "--batch")
    #expect(
      try refusal(of: batch, ranks: 16)?.contains("; start 12, or give another") == true)
  }

  @Test func `what one process measures is refused`() throws {
    #expect(
      try refusal(of: ["--kernels"], ranks: 2)
        == "--kernels measures one process, but 2 were started; start it once")
    #expect(
      try refusal(of: ["--images", "images"], ranks: 2)?.hasPrefix("--images measures one process")
        == true)
  }
}
