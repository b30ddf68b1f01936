import Checkpoints

/// What readers' verdicts come to.
public struct ReviewResult: Equatable, Sendable {
  /// How one reader, or all of them together, told the images apart.
  public struct Reading: Equatable, Sendable {
    /// The verdicts that were given.
    public let verdicts: Int
    /// How many of these do not decide; the shares below leave them out.
    public let unsure: Int
    /// The decided verdicts that are right.
    public let accuracy: Proportion
    /// The decided verdicts on synthetic images that say so.
    public let sensitivity: Proportion
    /// The decided verdicts on real images that say so.
    public let specificity: Proportion

    /// Counts verdicts, each with what the image is.
    init(_ pairs: [(verdict: Verdict, kind: ReviewKey.Kind)]) {
      func count(_ verdict: Verdict, _ kind: ReviewKey.Kind) -> Int {
        pairs.count { $0.verdict == verdict && $0.kind == kind }
      }
      let found = count(.synthetic, .synthetic)
      let believed = count(.real, .real)
      verdicts = pairs.count
      unsure = pairs.count { $0.verdict == .unsure }
      accuracy = Proportion(found + believed, of: verdicts - unsure)
      sensitivity = Proportion(found, of: found + count(.real, .synthetic))
      specificity = Proportion(believed, of: believed + count(.synthetic, .real))
    }
  }

  /// The number of verdicts on an image.
  public struct Tally: Codable, Equatable, Sendable {
    /// The readers who take it for real.
    public var real = 0
    /// The readers who take it for synthetic.
    public var synthetic = 0
    /// The readers who do not decide.
    public var unsure = 0

    /// Whether more than half of the verdicts say real.
    public var passes: Bool { real > synthetic + unsure }
  }

  /// What each reader did, in the order of the tables.
  public let readings: [(reader: String, reading: Reading)]
  /// What they did together.
  public let together: Reading
  /// What they did together with the images of each class; empty where images have none.
  public let byClass: [(name: String, reading: Reading)]
  /// How far each pair of readers agrees.
  public let agreements: [Agreement]
  /// The synthetic images that more than half of their verdicts call real, in the order of the page.
  public let passed: [(image: ReviewKey.Entry, tally: Tally)]

  /// Works out what verdicts come to.
  public init(_ table: VerdictTable, _ key: ReviewKey) {
    let kinds = Dictionary(uniqueKeysWithValues: key.images.map { ($0.id, $0.kind) })
    let readers = table.readers
    let pairs = readers.map { reader in
      reader.verdicts.compactMap { image, verdict in kinds[image].map { (verdict, $0) } }
    }
    readings = zip(readers, pairs).map { ($0.reader, Reading($1)) }
    together = Reading(pairs.flatMap { $0 })
    byClass = Set(key.images.compactMap(\.className)).sorted().map { name in
      let own = Set(key.images.filter { $0.className == name }.map(\.id))
      let verdicts = readers.flatMap { $0.verdicts.filter { own.contains($0.key) } }
      return (
        name, Reading(verdicts.compactMap { image, verdict in kinds[image].map { (verdict, $0) } })
      )
    }
    agreements = readers.indices.flatMap { first in
      readers[(first + 1)...].map { Agreement(readers[first], $0) }
    }
    passed = key.images(.synthetic).compactMap { image in
      let tally = Self.tally(image.id, readers)
      return tally.passes ? (image, tally) : nil
    }
  }

  private static func tally(_ image: String, _ readers: [ReaderVerdicts]) -> Tally {
    readers.reduce(into: Tally()) { tally, reader in
      switch reader.verdicts[image] {
      case .real: tally.real += 1
      case .synthetic: tally.synthetic += 1
      case .unsure: tally.unsure += 1
      case nil: break
      }
    }
  }

  /// Compares what verdicts come to.
  public static func == (left: ReviewResult, right: ReviewResult) -> Bool {
    left.readings.elementsEqual(right.readings, by: { $0 == $1 })
      && left.together == right.together
      && left.byClass.elementsEqual(right.byClass, by: { $0 == $1 })
      && left.agreements == right.agreements
      && left.passed.elementsEqual(right.passed, by: { $0 == $1 })
  }
}
