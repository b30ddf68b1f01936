import Foundation
import Support

/// Lets several workers have so much of something at a time, and no more.
package final class Allowance: Sendable {
  private let total: Int
  private let condition = NSCondition()
  /// Only touched while `condition` is locked.
  nonisolated(unsafe) private var taken = 0

  /// Makes an allowance of `total`; traps where it is negative.
  package init(_ total: Int) {
    require(total >= 0, "an allowance of \(total)")
    self.total = total
  }

  /// Waits until `amount`, or all where it is more than that, is to be had, and takes it.
  package func take(_ amount: Int) {
    condition.withLock {
      while taken + min(amount, total) > total { condition.wait() }
      taken += min(amount, total)
    }
  }

  /// Gives back what was taken with the same `amount`.
  package func giveBack(_ amount: Int) {
    condition.withLock {
      taken -= min(amount, total)
      condition.broadcast()
    }
  }
}
