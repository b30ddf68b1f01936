import Support
import Tensor

/// Something that must be the same on all ranks before they begin.
public struct RankFact: Equatable, Sendable {
  /// What it is, as it appears in a message after "differ in".
  public let name: String
  /// What it is here.
  public let value: String
  /// What to do where it differs.
  public let advice: String

  /// Joins what is to be compared with the words for it.
  public init(_ name: String, _ value: String, advice: String) {
    self.name = name
    self.value = value
    self.advice = advice
  }
}

/// A rank that differs from the first in what must be the same on all.
public struct RankDifference: MessageError, Equatable {
  /// The rank that differs.
  public let rank: Int
  /// The names of the machines of that rank and of rank 0.
  public let hosts: [String]
  /// The fact in question, as it is on rank 0.
  public let fact: RankFact
  /// The value of the rank that differs.
  public let found: String

  /// Compares what each rank says, in the order of the ranks; nil where all say the same.
  ///
  /// - Parameters:
  ///   - facts: What rank 0 says, with the words for it.
  ///   - values: The values of each rank, in the order of the facts.
  ///   - hosts: The name of each rank's machine.
  package init?(_ facts: [RankFact], values: [[String]], hosts: [String]) {
    for (rank, own) in values.enumerated() {
      for (index, fact) in facts.enumerated() {
        let first = values[0].indices.contains(index) ? values[0][index] : ""
        let found = own.indices.contains(index) ? own[index] : ""
        guard found != first else { continue }
        self.rank = rank
        self.hosts = [hosts[rank], hosts[0]]
        self.fact = RankFact(fact.name, first, advice: fact.advice)
        self.found = found
        return
      }
    }
    return nil
  }

  /// Who differs in what, and what to do.
  public var message: Message {
    let (there, here) = Self.withoutCommonStart(found, fact.value)
    return """
      rank \(rank) on \(hosts[0]) and rank 0 on \(hosts[1]) differ in \(fact.name): \(quoted(there)) \
      and \(quoted(here)); \(fact.advice)
      """
  }

  /// Drops the words that two texts begin with in common, as a message shows the beginnings alone.
  private static func withoutCommonStart(_ one: String, _ other: String) -> (String, String) {
    let words = [one, other].map { $0.split(separator: " ", omittingEmptySubsequences: false) }
    let common = zip(words[0], words[1]).prefix { $0 == $1 }.count
    let rest = words.map { $0.dropFirst(common).joined(separator: " ") }
    return (rest[0], rest[1])
  }
}

extension ProcessGroup {
  /// Compares with the other ranks what must be the same on all; throws `RankDifference`, the same on all ranks.
  public func agree(on facts: [RankFact]) throws {
    let own = ([host] + facts.map(\.value)).map { printable($0) }.joined(separator: "\n")
    let lines = gather(text: own).map {
      $0.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
    let difference = RankDifference(
      facts, values: lines.map { Array($0.dropFirst()) }, hosts: lines.map { $0[0] })
    if let difference { throw difference }
  }
}
