/// Chooses of every class by itself, so that the classes come out in given proportions whatever the cells
/// of one lack.
package struct ClassChoice {
  /// The choice of each class; nil for one that has no part.
  private var classes: [CellChoice?]
  /// The proportions of the classes.
  private let weights: [Double]
  private let share: Double

  /// Begins without candidates.
  ///
  /// - Parameters:
  ///   - cellWeights: For each class the proportions of its cells; all 0 or none for one that has no part.
  ///   - share: The highest part of the candidates of a cell that is chosen.
  package init(cellWeights: [[Double]], share: Double) {
    weights = cellWeights.map { $0.reduce(0, +) }
    classes = zip(cellWeights, weights).map { cells, weight in
      weight > 0 ? CellChoice(weights: cells, share: share) : nil
    }
    self.share = share
  }

  /// How many candidates there are.
  package var count: Int { classes.reduce(0) { $0 + ($1?.count ?? 0) } }

  /// Adds a candidate of a class, in the order in which they are drawn.
  package mutating func add(_ candidate: CellChoice.Candidate, of index: Int) {
    classes[index]?.add(candidate)
  }

  /// Returns how many cells hold too few candidates to fill their places among `count`.
  package func shortCells(for count: Int) -> Int {
    parts(count).reduce(0) { $0 + $1.choice.shortCells(for: $1.count).count }
  }

  /// Returns whether `count` can be chosen of no cell more than its share.
  package func isComplete(for count: Int) -> Bool {
    shortCells(for: count) == 0
      && parts(count).allSatisfy {
        $0.choice.count >= CellChoice.needed(for: $0.count, share: share)
      }
  }

  /// Chooses `count` candidates, or fewer where a class has too few, as `CellChoice` does of each class; in
  /// the order of their numbers.
  package func chosen(_ count: Int) -> [CellChoice.Candidate] {
    parts(count).flatMap { $0.choice.chosen($0.count) }.sorted { $0.number < $1.number }
  }

  /// Returns the choices with their places among `count`.
  private func parts(_ count: Int) -> [(choice: CellChoice, count: Int)] {
    zip(classes, CellChoice.places(count, among: weights)).compactMap { choice, count in
      choice.map { ($0, count) }
    }
  }
}
