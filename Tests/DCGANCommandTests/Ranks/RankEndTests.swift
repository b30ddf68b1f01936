import DCGANCommand
import Distribution
import Tensor
import Testing

@Suite struct RankEndTests {
  private let done = RankEnd(code: .done, error: nil)
  private let silent = RankEnd(code: .failed, error: nil)
  private let loud = RankEnd(code: .failed, error: "images: no such folder")

  @Test func `what all ranks say is said once`() {
    let same = RankEnd(code: .usage, error: "--batch: too large")
    #expect(same.conclusion(of: 0, among: [same, same]) == .leave(.program))
    #expect(same.conclusion(of: 1, among: [same, same]) == .leave(.nobody))
  }

  @Test func `what one rank says has its name`() {
    #expect(loud.conclusion(of: 1, among: [silent, loud, silent]) == .leave(.rank))
    #expect(silent.conclusion(of: 0, among: [silent, loud, silent]) == .leave(.nobody))
    #expect(loud.conclusion(of: 0, among: [loud, silent]) == .leave(.program))
    let other = RankEnd(code: .failed, error: "images: permission denied")
    #expect(other.conclusion(of: 1, among: [loud, other]) == .leave(.rank))
  }

  @Test func `ranks that are done leave without a word`() {
    #expect(done.conclusion(of: 0, among: [done, done]) == .leave(.nobody))
    #expect(done.conclusion(of: 1, among: [done, done]) == .leave(.nobody))
  }

  @Test func `a rank that fails alone says so and ends all`() {
    #expect(loud.conclusion(of: 1, among: nil) == .endAll(.failedAlone))
    #expect(loud.conclusion(of: 0, among: [loud, done]) == .endAll(.failedAlone))
    let usage = RankEnd(code: .usage, error: "--batch: too large")
    #expect(usage.conclusion(of: 1, among: [loud, usage]) == .endAll(.failedAlone))
  }

  @Test func `a rank that is done ends those that are not, in the end`() {
    #expect(done.conclusion(of: 0, among: nil) == .endAll(.othersAtWork))
    #expect(silent.conclusion(of: 1, among: nil) == .endAll(.othersAtWork))
    #expect(done.conclusion(of: 0, among: [done, loud]) == .endAll(.othersFailed))
  }

  @Test func `threads change no bytes and are not compared`() {
    #expect(
      RankFact.withoutThreads(["train", "--threads", "2", "--run", "a", "--threads=4", "--quiet"])
        == ["train", "--run", "a", "--quiet"])
  }

  @Test func `cores that mpirun leaves idle are pointed out`() {
    let bound = ["OMPI_MCA_orte_bound_at_launch": "1"]
    #expect(
      JoinedRun.bindingWarning(bound, cores: 1, ofHost: 64)
        == "mpirun lets its processes use 1 of the 64 cores of this host; give it --bind-to none")
    #expect(JoinedRun.bindingWarning(bound, cores: 64, ofHost: 64) == nil)
    #expect(JoinedRun.bindingWarning(bound, cores: nil, ofHost: 64) == nil)
    #expect(JoinedRun.bindingWarning([:], cores: 1, ofHost: 64) == nil)
  }

  @Test(
    "a rank takes its part of the cores of its host",
    arguments: [
      (8, 8, 2, 4), (1, 2, 2, 1), (2, 2, 4, 1), (32, 64, 4, 16), (8, nil, 3, 2), (4, 4, 1, 4),
    ] as [(Int, Int?, Int, Int)])
  func cores(own: Int, all: Int?, ranks: Int, threads: Int) {
    #expect(Backend.threads(cores: own, ofHost: all, ranksOnHost: ranks) == threads)
  }
}
