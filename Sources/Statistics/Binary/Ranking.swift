/// Cases of two kinds by rising score, in runs of equal score.
///
/// The order within a run has no influence on any figure.
struct Ranking: Sendable {
  /// The cases, of the lowest score first.
  let order: [Int]
  /// Whether each case of `order` is positive: 1, or 0 where it is negative.
  let kinds: [Int]
  /// Where each run of equal scores ends in `order`; the next begins there.
  let ends: [Int]

  /// Sorts cases.
  init(scores: [Double], isPositive: [Bool]) {
    let order = scores.indices.sorted { scores[$0] < scores[$1] }
    self.order = order
    kinds = order.map { isPositive[$0] ? 1 : 0 }
    ends = order.indices.map { $0 + 1 }.filter {
      $0 == order.count || scores[order[$0]] != scores[order[$0 - 1]]
    }
  }

  /// The runs of equal score, the lowest first.
  var runs: [Range<Int>] {
    zip([0] + ends.dropLast(), ends).map { $0..<$1 }
  }

  /// Returns the numbers of positive and negative cases in a run.
  func counts(in run: Range<Int>) -> (positives: Int, negatives: Int) {
    let positives = kinds[run].reduce(0, +)
    return (positives, run.count - positives)
  }

  /// Returns the area under the ROC curve of a list that holds case i `weights[i]` times.
  ///
  /// The pairs are counted in whole numbers, so the result is that of the list written out, to the
  /// bit: Σ over runs of positives · (negatives below + half of those in the run), over all pairs.
  ///
  /// - Returns: NaN where the weights leave one of the kinds out.
  /// - Complexity: O(n).
  func weightedAUROC(_ weights: UnsafeBufferPointer<Int32>) -> Double {
    var (twiceWon, positives, negatives, start) = (0, 0, 0, 0)
    order.withUnsafeBufferPointer { order in
      kinds.withUnsafeBufferPointer { kinds in
        for end in ends {
          var (all, positive) = (0, 0)
          for index in start..<end {
            let weight = Int(weights[order[index]])
            all += weight
            positive += weight & -kinds[index]
          }
          twiceWon += positive * (2 * negatives + all - positive)
          positives += positive
          negatives += all - positive
          start = end
        }
      }
    }
    return Double(twiceWon) / Double(2 * positives * negatives)
  }
}
