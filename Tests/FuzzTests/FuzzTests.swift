import Foundation
import FuzzTargets
import TestSupport
import Testing

/// Runs what reads foreign bytes on whole inputs, on former crashes, and on inputs that are made
/// from whole ones by chance. `Scripts/fuzz` goes further than that.
@Suite(.slow) struct FuzzTests {
  @Test(arguments: FuzzTarget.allCases)
  func wholeInputsAndFormerCrashes(_ target: FuzzTarget) throws {
    let seeds = try target.seeds()
    #expect(seeds.count >= 3)
    for input in try seeds + target.formerCrashes() {
      #expect(target.complaint(about: input) == nil)
    }
  }

  /// `DCGAN_FUZZ_COUNT` makes it longer, `DCGAN_FUZZ_SEED` another run.
  @Test(arguments: FuzzTarget.allCases)
  func mutatedInputs(_ target: FuzzTarget) throws {
    let environment = ProcessInfo.processInfo.environment
    let count = environment["DCGAN_FUZZ_COUNT"].flatMap { Int($0) } ?? 4_000
    let seed = environment["DCGAN_FUZZ_SEED"].flatMap { UInt64($0) } ?? 1
    var mutator = Mutator(seeds: try target.seeds(), seed: seed)
    for _ in 0..<count {
      let input = mutator.input()
      guard let complaint = target.complaint(about: input) else { continue }
      let path = FileManager.default.temporaryDirectory.appending(path: "\(target)-\(seed)").path
      try Data(input).write(to: URL(filePath: path))
      Issue.record("\(complaint); the input is kept as \(path)")
      return
    }
  }

  /// The mutator reaches what it should, and always the same way.
  @Test func mutationsVaryAndRepeat() {
    let seeds: [[UInt8]] = [Array("first input".utf8), Array("second".utf8)]
    var first = Mutator(seeds: seeds, seed: 5)
    var second = Mutator(seeds: seeds, seed: 5)
    let inputs = (0..<1_000).map { _ in first.input() }
    #expect(inputs == (0..<1_000).map { _ in second.input() })
    #expect(Set(inputs).count > 700)
    #expect(inputs.contains { $0.count > 20 } && inputs.contains { $0.count < 4 })
  }
}
