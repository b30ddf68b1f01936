import Checkpoints

extension Checkpoint {
  /// Whether every number is finite.
  var isFinite: Bool { tensors.entries.allSatisfy { $0.firstNonFinite == nil } }

  /// The first tensor that holds NaN or an infinity, weights before running statistics and
  /// those before the optimizer's moments, and counts the others.
  var nonFiniteSummary: String {
    let broken = tensors.entries.compactMap { entry in
      entry.firstNonFinite.map { (name: entry.name, value: $0) }
    }
    func rank(_ name: String) -> Int {
      name.hasPrefix("optimizer.") ? 2 : CheckpointShapes.isParameter(name) ? 0 : 1
    }
    // `min` takes the first of equals, which is the first layer.
    guard let first = broken.min(by: { rank($0.name) < rank($1.name) }) else {
      return "every weight is finite, so a layer's result was too large"
    }
    let others = broken.count - 1
    return "\(first.name) holds \(first.value.text)"
      + (others > 0 ? ", and so \(others == 1 ? "does" : "do") \(others) more" : "")
  }
}

extension SafeTensors.Entry {
  /// The first value that is NaN or infinite, or nil.
  var firstNonFinite: Float? { values.first { !$0.isFinite } }
}

extension Float {
  /// Prints the number; NaN without its sign, which says nothing.
  var text: String { isNaN ? "nan" : "\(self)" }
}
