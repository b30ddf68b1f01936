import Foundation
import Testing

extension Trait where Self == ConditionTrait {
  /// What runs processes, trains, or takes several seconds: `Scripts/test --quick` skips it and says
  /// so.
  public static var slow: Self {
    .enabled(
      if: ProcessInfo.processInfo.environment["DCGAN_QUICK"] == nil,
      "slow: Scripts/test without --quick runs it")
  }
}
