import DCGANCommand
import Distribution
import Tensor
import Testing

@Suite struct RankEndTests {
  @Test func `what all ranks say is said once`() {
    let same = RankEnd(code: .usage, error: "--batch: too large")
    #expect(RankEnd.speaker(for: 0, of: [same, same]) == .program)
    #expect(RankEnd.speaker(for: 1, of: [same, same]) == .nobody)
  }

  @Test func `what one rank says has its name`() {
    let silent = RankEnd(code: .failed, error: nil)
    let loud = RankEnd(code: .failed, error: "images: no such folder")
    #expect(RankEnd.speaker(for: 1, of: [silent, loud, silent]) == .rank)
    #expect(RankEnd.speaker(for: 0, of: [loud, silent]) == .program)
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
