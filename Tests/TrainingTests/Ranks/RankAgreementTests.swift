import Foundation
import Support
import Tensor
import TestSupport
import Testing
import Training

/// What ranks decide together.
@Suite struct RankAgreementTests {
  private struct Failure: Error, Equatable { let rank: Int }

  /// Returns what each rank's error says; nil for those without.
  private func errors<Value>(_ endings: [LocalRanks.Ending<Value>]) -> [String?] {
    endings.map { ending in
      guard case .failure(let error)? = ending else { return nil }
      return "\(error)"
    }
  }

  @Test(arguments: [1, 2, 3, 4])
  func `a gather collects the blocks of all ranks, in any order of finishing`(count: Int) throws {
    let found = try LocalRanks.run(count) { group, _ in
      var first = Array(repeating: 0, count: count)
      first[group.rank] = group.rank + 1
      var second = Array(repeating: 0, count: count)
      second[group.rank] = 10 * (group.rank + 1)
      first.withUnsafeMutableBytes { first in
        second.withUnsafeMutableBytes { second in
          let size = MemoryLayout<Int>.stride
          let earlier = group.beginGather(first.baseAddress!, bytesPerRank: size)
          let later = group.beginGather(second.baseAddress!, bytesPerRank: size)
          later.finish()
          earlier.finish()
        }
      }
      return first + second
    }
    let expected = (1...count).map { $0 } + (1...count).map { 10 * $0 }
    #expect(found == Array(repeating: expected, count: count))
  }

  @Test func `a backend knows ranks where there are several`() throws {
    #expect(try LocalRanks.run(1) { _, backend in backend.ranks == nil } == [true])
    #expect(try LocalRanks.run(2) { _, backend in backend.isFirstRank } == [true, false])
    #expect(
      try LocalRanks.run(2) { _, backend in backend.withoutRanks { backend.ranks == nil } } == [
        true, true,
      ])
  }

  @Test func `any rank's yes is everybody's`() throws {
    for asking in [0, 1, 2] {
      let answers = try LocalRanks.run(3) { group, backend in
        try backend.onAnyRank { group.rank == asking }
      }
      #expect(answers == [true, true, true])
    }
    #expect(try LocalRanks.run(2) { try $1.onAnyRank { false } } == [false, false])
    #expect(try Backend(threads: 1).onAnyRank { true })
  }

  @Test func `a failure is said by the first rank that has one`() {
    let endings = LocalRanks.endings(3) { group, backend in
      try backend.together {
        if group.rank > 0 { throw Failure(rank: group.rank) }
        return group.rank
      }
    }
    #expect(
      errors(endings) == [
        "rank 1 of this training failed", "Failure(rank: 1)", "rank 1 of this training failed",
      ])
    #expect(throws: Failure(rank: 7)) {
      try Backend(threads: 1).together { throw Failure(rank: 7) }
    }
  }

  @Test func `whoever waits for a rank that failed is left waiting`() {
    let endings = LocalRanks.endings(3) { group, _ in
      if group.rank == 1 { throw Failure(rank: 1) }
      return group.gather(group.rank)
    }
    #expect(errors(endings) == [nil, "Failure(rank: 1)", nil])
    #expect(endings[0] == nil && endings[2] == nil)
  }

  @Test func `rank 0's values and texts are everybody's`() throws {
    let found = try LocalRanks.run(3) { group, backend in
      let text = group.rank == 0 ? "größer" : "another, longer one"
      return "\(backend.ofFirstRank(group.rank + 5)) \(backend.ofFirstRank(text))"
    }
    #expect(found == Array(repeating: "5 größer", count: 3))
    #expect(try LocalRanks.run(2) { $1.ofFirstRank($0.rank == 0 ? "" : "x") } == ["", ""])
    #expect(Backend(threads: 1).ofFirstRank("alone") == "alone")
  }

  @Test func `another value than rank 0's is told by the first rank that has it`() throws {
    let endings = LocalRanks.endings(4) { group, backend in
      try backend.requireSame(group.rank / 2) { first, rank in
        "rank \(rank) has another than \(first)"
      }
    }
    let others = "rank 2 of this training failed"
    #expect(errors(endings) == [others, others, "rank 2 has another than 0", others])
    _ = try LocalRanks.run(2) { try $1.requireSame(5) { _, _ in "never" } }
  }

  @Test func `rank 0 works while the others wait`() throws {
    let order = Locked<[Int]>([])
    let found = try LocalRanks.run(3) { group, backend in
      try backend.onFirstRank {
        Thread.sleep(forTimeInterval: 0.05)
        order.withLock { $0.append(group.rank) }
        return "made by \(group.rank)"
      }
    }
    #expect(found == ["made by 0", nil, nil])
    #expect(order.withLock { $0 } == [0])
    #expect(try Backend(threads: 1).onFirstRank { 3 } == 3)
  }

  @Test func `where rank 0 fails at that the others do too`() {
    let endings = LocalRanks.endings(2) { group, backend in
      try backend.onFirstRank { throw Failure(rank: group.rank) }
    }
    #expect(errors(endings) == ["Failure(rank: 0)", "rank 0 of this training failed"])
  }

  @Test func `threads of one process share its host`() throws {
    #expect(try LocalRanks.run(3) { $1.ranksOfAHost() } == [3, 3, 3])
    #expect(Backend(threads: 1).ranksOfAHost() == 1)
  }

  @Test(arguments: [
    (3, 16, "2 or 4"), (5, 6, "3 or 6"), (32, 16, "16"), (2, 1, "1"), (7, 64, "4 or 8"),
  ])
  func `ranks that do not divide the batch are refused with the nearest counts`(
    count: Int, batch: Int, nearest: String
  ) {
    let endings = LocalRanks.endings(count) { _, backend in
      try Trainer.checkRanks(of: backend, batch: batch)
    }
    #expect(
      errors(endings)
        == Array(
          repeating:
            "\(count) ranks cannot share batches of \(batch) images equally; start "
            + "\(nearest), or begin a run with another 'batch'", count: count))
  }

  @Test func `ranks that divide the batch are welcome`() throws {
    for count in [1, 2, 4, 8] {
      _ = try LocalRanks.run(count) { try Trainer.checkRanks(of: $1, batch: 16) }
    }
  }
}
