import Foundation

/// Asks in every cell of a partition whether generated pictures lie nearer to the training pictures than
/// unseen real ones do: the statistic C_T of Meehan, Chaudhuri and Dasgupta 2020 (arXiv 2004.05675).
///
/// With P(π) the share of the held-out pictures that lie in cell π, and z(π) the rank test's z of the
/// distances of the generated pictures in π against those of the held-out ones in π,
///
///     C_T = Σ P(π) z(π) / Σ P(π)
///
/// over the cells that hold enough of both. A generator that copies some kinds of pictures and is far off
/// at others does not show in the z of all pictures together.
package struct CellwiseCopying: Equatable, Sendable {
  /// The fewest pictures of a kind with which a cell counts: the normal distribution is near enough to
  /// that of U from about eight on (Mann and Whitney 1947).
  package static let least = 8

  /// The distances of pictures to the training picture nearest to them, and the cells they lie in.
  package struct Sample: Sendable {
    /// A distance for each picture.
    package let distances: [Float]
    /// A cell for each picture, from 0 on.
    package let cells: [Int]

    /// Joins the two, which have the same length.
    package init(distances: [Float], cells: [Int]) {
      (self.distances, self.cells) = (distances, cells)
    }

    /// Returns some of the pictures.
    func part(_ range: Range<Int>) -> Sample {
      Sample(distances: Array(distances[range]), cells: Array(cells[range]))
    }

    fileprivate func distances(in cell: Int) -> [Float] {
      zip(distances, cells).filter { $0.1 == cell }.map(\.0)
    }
  }

  /// The cells.
  package let cells: [EvaluationResult.CopyingCell]
  /// C_T; nil where no cell holds enough pictures.
  package let statistic: Double?

  /// Compares pictures in `count` cells.
  ///
  /// - Parameter least: the fewest of a kind with which a cell counts, at least 1.
  package init(generated: Sample, heldOut: Sample, count: Int, least: Int = least) {
    cells = (0..<count).map { cell in
      let (made, unseen) = (generated.distances(in: cell), heldOut.distances(in: cell))
      return EvaluationResult.CopyingCell(
        generated: made.count, heldOut: unseen.count,
        z: min(made.count, unseen.count) >= least ? RankTest.z(made, unseen) : nil)
    }
    let counted = cells.compactMap { cell in cell.z.map { (z: $0, weight: Double(cell.heldOut)) } }
    statistic =
      counted.isEmpty
      ? nil
      : counted.reduce(0) { $0 + $1.weight * $1.z } / counted.reduce(0) { $0 + $1.weight }
  }
}

extension [EvaluationResult.CopyingCell] {
  /// The z of C_T: the cells' z are independent, so their weighted mean varies by `√(Σw²) / Σw`, less
  /// than a single one does. Nil where no cell counts.
  package var jointZ: Double? {
    let counted = compactMap { cell in cell.z.map { (z: $0, weight: Double(cell.heldOut)) } }
    guard !counted.isEmpty else { return nil }
    return counted.reduce(0) { $0 + $1.weight * $1.z }
      / counted.reduce(0) { $0 + $1.weight * $1.weight }.squareRoot()
  }

  /// The z of the cells that alone speak for copies, the least first: each is held to the chance of
  /// `Evaluation.copyingThreshold` divided by the number of cells, so that all together have no more
  /// than that (Bonferroni).
  package var copied: [Double] {
    let counted = compactMap(\.z)
    let chance = Self.chance(below: EvaluationResult.copyingThreshold)
    return counted.filter { Self.chance(below: $0) * Double(counted.count) < chance }.sorted()
  }

  /// The chance that a normally distributed number is below `z`.
  private static func chance(below z: Double) -> Double { erfc(-z / 2.0.squareRoot()) / 2 }
}
