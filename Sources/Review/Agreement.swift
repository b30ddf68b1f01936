/// How far two readers agree on the images that both have judged.
public struct Agreement: Equatable, Sendable {
  /// The two readers.
  public let readers: [String]
  /// The images that both have judged.
  public let images: Int
  /// Cohen's κ; nil where it is not defined.
  public let kappa: Double?

  /// Compares the verdicts of two readers, each by the image.
  init(_ first: ReaderVerdicts, _ second: ReaderVerdicts) {
    readers = [first.reader, second.reader]
    let pairs = first.verdicts.compactMap { image, verdict in
      second.verdicts[image].map { (verdict, $0) }
    }
    images = pairs.count
    kappa = Self.kappa(pairs)
  }

  /// Returns Cohen's κ = (p₀ − pₑ) / (1 − pₑ), J. Cohen, "A Coefficient of Agreement for Nominal
  /// Scales" (1960): p₀ is the share of pairs that agree, pₑ the share that would by chance, the sum
  /// over the categories of the product of both sides' shares. 1 is full agreement, 0 that of chance.
  ///
  /// Nil where there are no pairs, or both sides only ever chose the same one category: then pₑ is 1.
  package static func kappa<Category: Hashable>(_ pairs: [(Category, Category)]) -> Double? {
    guard !pairs.isEmpty else { return nil }
    var left: [Category: Int] = [:]
    var right: [Category: Int] = [:]
    for (one, other) in pairs {
      left[one, default: 0] += 1
      right[other, default: 0] += 1
    }
    // In whole numbers, so that no order of summation shows.
    let agreed = pairs.count { $0 == $1 } * pairs.count
    let byChance = left.reduce(0) { $0 + $1.value * right[$1.key, default: 0] }
    let all = pairs.count * pairs.count
    return byChance == all ? nil : Double(agreed - byChance) / Double(all - byChance)
  }
}
