import Support
import Tensor

/// Where the time of a training step goes.
package struct StepProfile: Equatable, Sendable {
  /// An operation's part of a step.
  package struct Row: Equatable, Sendable {
    /// The operation and its shapes.
    package let operation: OperationRecorder.Operation
    /// Runs in a step.
    package let calls: Double
    /// Seconds of a step.
    package let seconds: Double
    /// The part of the whole step, 0 to 1.
    package let share: Double
  }

  /// The mean of the steps, in seconds.
  package let stepSeconds: Double
  /// Blocks for tensors that all the steps took from the system, none once training has settled.
  package let freshBlocks: Int
  /// The operations, those that take longest first.
  package let rows: [Row]

  /// Divides what a recorder saw, and how long it took altogether, among the steps; traps where
  /// there are none or they took no time. `freshBlocks` is that of all steps.
  package init(
    _ totals: [OperationRecorder.Operation: OperationRecorder.Total], seconds: Double, steps: Int,
    freshBlocks: Int
  ) {
    require(steps >= 1 && seconds > 0, "a profile of \(steps) steps in \(seconds) s")
    let count = Double(steps)
    stepSeconds = seconds / count
    self.freshBlocks = freshBlocks
    rows = totals.map { operation, total in
      Row(
        operation: operation, calls: Double(total.calls) / count,
        seconds: total.seconds / count, share: total.seconds / seconds)
    }.sorted {
      $0.seconds != $1.seconds
        ? $0.seconds > $1.seconds
        : "\($0.operation.name) \($0.operation.shapes)"
          < "\($1.operation.name) \($1.operation.shapes)"
    }
  }

  /// Seconds of a step in no operation: losses, running statistics, memory, the tape.
  package var otherSeconds: Double { stepSeconds - rows.reduce(0) { $0 + $1.seconds } }

  /// The part of the step in no operation.
  package var otherShare: Double { otherSeconds / stepSeconds }
}
