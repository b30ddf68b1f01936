import Support

/// Chooses the highest share of what lies in each of some cells, so that the cells come out in given
/// proportions.
package struct CellChoice {
  /// Something that may be chosen.
  package struct Candidate: Equatable, Sendable {
    /// Its number; of two that are as high the lower number is chosen.
    package let number: Int
    /// The cell that it lies in.
    package let cell: Int
    /// What it is chosen by, the higher the better; no NaN.
    package let height: Float

    /// Collects the parts.
    package init(number: Int, cell: Int, height: Float) {
      (self.number, self.cell, self.height) = (number, cell, height)
    }
  }

  /// The candidates of each cell.
  private var cells: [[Candidate]]
  /// The proportions in which the cells come out.
  private let weights: [Double]
  /// The highest part of the candidates of a cell that is chosen.
  private let share: Double

  /// Begins without candidates; traps where a weight is negative, all are 0, or the share is not above 0
  /// and at most 1.
  package init(weights: [Double], share: Double) {
    require(0 < share && share <= 1, "a share of \(share)")
    require(
      weights.allSatisfy { $0 >= 0 } && weights.contains { $0 > 0 }, "cells of weights \(weights)")
    cells = Array(repeating: [], count: weights.count)
    self.weights = weights
    self.share = share
  }

  /// How many candidates there are.
  package var count: Int { cells.reduce(0) { $0 + $1.count } }

  /// Adds a candidate, in the order in which they are drawn.
  package mutating func add(_ candidate: Candidate) { cells[candidate.cell].append(candidate) }

  /// Returns how many candidates it takes, if none are too many in their cells, to choose `count`.
  package static func needed(for count: Int, share: Double) -> Int {
    Int((Double(count) / share).rounded(.up))
  }

  /// Returns the places that parts of some proportions have among `count`: what is left when each has the
  /// whole part of `count` times its proportion goes to the largest remainders (Hamilton's method).
  package static func places(_ count: Int, among weights: [Double]) -> [Int] {
    let total = weights.reduce(0, +)
    let exact = weights.map { Double(count) * $0 / total }
    var places = exact.map { Int($0) }
    let byRemainder = exact.indices.sorted {
      (exact[$1] - Double(places[$1]), $0) < (exact[$0] - Double(places[$0]), $1)
    }
    for part in byRemainder.prefix(count - places.reduce(0, +)) { places[part] += 1 }
    return places
  }

  /// Returns the cells that hold too few candidates to fill their places among `count` with the highest
  /// share of them.
  package func shortCells(for count: Int) -> [Int] {
    zip(Self.places(count, among: weights), cells.map(most)).enumerated().compactMap {
      $1.0 > $1.1 ? $0 : nil
    }
  }

  /// Chooses `count` candidates, or where there are too few for that, the share of what there is; in
  /// the order of their numbers.
  ///
  /// Every cell fills its places with the highest of its first candidates, as many as make the places their
  /// share: what is drawn for the sake of other cells does not make the choice stricter in this one. What a
  /// cell lacks comes from the highest of the other cells that are left, of no cell more than the share.
  package func chosen(_ count: Int) -> [Candidate] {
    let enough = self.count >= Self.needed(for: count, share: share)
    let count = enough ? count : Int(Double(self.count) * share)
    var (chosen, spare): ([Candidate], [Candidate]) = ([], [])
    for (candidates, places) in zip(cells, Self.places(count, among: weights)) {
      let competing = Self.needed(for: places, share: share)
      let ranked = candidates.prefix(competing).sorted(by: Self.isHigher)
      let first = ranked.prefix(min(places, most(of: candidates)))
      chosen += first
      spare += (ranked.dropFirst(first.count) + candidates.dropFirst(competing))
        .sorted(by: Self.isHigher).prefix(most(of: candidates) - first.count)
    }
    chosen += spare.sorted(by: Self.isHigher).prefix(count - chosen.count)
    return chosen.sorted { $0.number < $1.number }
  }

  /// Returns how many of a cell's candidates may be chosen.
  private func most(of candidates: [Candidate]) -> Int {
    Int((Double(candidates.count) * share).rounded(.up))
  }

  private static func isHigher(_ one: Candidate, _ other: Candidate) -> Bool {
    (other.height, one.number) < (one.height, other.number)
  }
}
