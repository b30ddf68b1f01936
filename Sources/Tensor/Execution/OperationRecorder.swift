/// Adds up how long a backend's operations take, by operation and shapes.
package final class OperationRecorder {
  /// An operation and the shapes of its arguments.
  package struct Operation: Hashable, Sendable {
    /// What it does, in words.
    package let name: String
    /// The shapes that its time depends on.
    package let shapes: [Shape]

    /// Names an operation.
    package init(_ name: String, _ shapes: [Shape]) {
      self.name = name
      self.shapes = shapes
    }
  }

  /// What an operation took so far.
  package struct Total: Equatable, Sendable {
    /// How often it ran.
    package var calls = 0
    /// The seconds of all runs together.
    package var seconds = 0.0

    /// Makes a total.
    package init(calls: Int = 0, seconds: Double = 0) {
      self.calls = calls
      self.seconds = seconds
    }
  }

  /// The totals of all operations that ran.
  package private(set) var totals: [Operation: Total] = [:]

  /// Makes a recorder that has seen nothing.
  package init() {}

  /// Adds one run.
  package func add(_ operation: Operation, seconds: Double) {
    totals[operation, default: Total()].calls += 1
    totals[operation, default: Total()].seconds += seconds
  }
}

extension Backend {
  /// The time at which an operation begins, or nil where nobody asks.
  var operationStart: ContinuousClock.Instant? { recorder == nil ? nil : .now }

  /// Tells the recorder, if there is one, that an operation ends.
  func report(
    _ name: StaticString, since start: ContinuousClock.Instant?,
    _ shapes: @autoclosure () -> [Shape]
  ) {
    guard let recorder, let start else { return }
    recorder.add(
      OperationRecorder.Operation("\(name)", shapes()),
      seconds: (ContinuousClock.now - start) / .seconds(1))
  }
}
