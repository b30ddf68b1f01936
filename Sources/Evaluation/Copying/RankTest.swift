import Support
import Tensor

/// Compares two samples of numbers by their ranks: the test of Mann and Whitney (1947).
package enum RankTest {
  /// Returns how many standard deviations U lies from what it would be if both samples came from one
  /// distribution: below 0 where the numbers of `a` are the smaller ones.
  ///
  /// U counts the pairs with a > b, ties as a half; with n and m numbers, N = n + m and groups of t
  /// equal numbers, its mean is nm/2 and its variance `nm/12 · (N + 1 − Σ(t³ − t) / (N(N − 1)))`.
  /// Returns 0 where all numbers are equal. Traps where a sample is empty.
  ///
  /// - Complexity: O(N log N).
  package static func z(_ a: [Float], _ b: [Float]) -> Double {
    require(!a.isEmpty && !b.isEmpty, "a rank test of \(a.count) and \(b.count) numbers")
    let all = (a.map { ($0, 1) } + b.map { ($0, 0) }).sorted { $0.0 < $1.0 }
    let (n, m, total) = (Double(a.count), Double(b.count), Double(all.count))
    var (rankSum, ties) = (0.0, 0.0)
    var start = 0
    while start < all.count {
      let end = all[start...].firstIndex { $0.0 != all[start].0 } ?? all.count
      let tied = Double(end - start)
      let ofA = all[start..<end].reduce(0) { $0 + $1.1 }
      // The ranks of the group are start + 1 to end; each takes their mean.
      rankSum += Double(ofA) * Double(start + 1 + end) / 2
      ties += tied * (tied * tied - 1)
      start = end
    }
    let u = rankSum - n * (n + 1) / 2
    let variance = n * m / 12 * (total + 1 - ties / (total * (total - 1)))
    return variance > 0 ? (u - n * m / 2) / variance.squareRoot() : 0
  }
}
