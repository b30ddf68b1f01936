/// Returns `names` by their distance from `name`, the nearest first, equals in order of their bytes.
/// Letters that differ only in case do not count as different.
func nearestFirst(_ names: some Sequence<String>, to name: String) -> [String] {
  names.map { (name: $0, distance: editDistance($0.lowercased(), name.lowercased())) }
    .sorted {
      $0.distance != $1.distance
        ? $0.distance < $1.distance : $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
    }
    .map(\.name)
}

/// Counts the insertions, deletions and replacements that turn one text into the other
/// (Levenshtein 1966).
func editDistance(_ first: String, _ second: String) -> Int {
  let second = Array(second)
  var distances = Array(0...second.count)
  for (row, character) in first.enumerated() {
    var diagonal = distances[0]
    distances[0] = row + 1
    for column in second.indices {
      let replaced = diagonal + (second[column] == character ? 0 : 1)
      diagonal = distances[column + 1]
      distances[column + 1] = min(replaced, diagonal + 1, distances[column] + 1)
    }
  }
  return distances[second.count]
}

/// Names at most ten of `names` and counts the others.
func shortList(_ names: [String]) -> String {
  let shown = names.prefix(10).joined(separator: ", ")
  return names.count > 10 ? "\(shown) and \(names.count - 10) more" : shown
}
