/// Counts the insertions, deletions, replacements and swaps of neighbours that turn one text into
/// the other: the Damerau–Levenshtein distance in its "optimal string alignment" form, in which no
/// part is edited twice.
///
/// - Complexity: O(m·n) for texts of m and n characters.
package func editDistance(_ first: String, _ second: String) -> Int {
  let a = Array(first)
  let b = Array(second)
  var beforeLast = [Int](repeating: 0, count: b.count + 1)
  var last = Array(0...b.count)
  for i in 0..<a.count {
    var row = [i + 1]
    row.reserveCapacity(b.count + 1)
    for j in 0..<b.count {
      var best = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        best = min(best, beforeLast[j - 1] + 1)
      }
      row.append(best)
    }
    beforeLast = last
    last = row
  }
  return last[b.count]
}

/// Finds the name that the user most likely meant, or nil where none is near.
///
/// Near is, in this order: at most a third of the longer text edited (one character at least); one
/// begins with the other (`batch-size` and `batch`); one contains the other; the name is the given
/// words' initials (`learning-rate` and `lr`). Among equals the first of `names` wins.
package func nearestName(to given: String, among names: [String]) -> String? {
  let ranked = names.map { (name: $0, distance: editDistance(given, $0)) }
  func nearest(where isNear: (String, Int) -> Bool) -> String? {
    ranked.filter { isNear($0.name, $0.distance) }.min { $0.distance < $1.distance }?.name
  }
  func overlaps(_ name: String, _ contains: (String, String) -> Bool) -> Bool {
    min(given.count, name.count) >= 2 && (contains(name, given) || contains(given, name))
  }
  return nearest { name, distance in distance <= max(1, max(given.count, name.count) / 3) }
    ?? nearest { name, _ in overlaps(name) { $0.hasPrefix($1) } }
    ?? nearest { name, _ in overlaps(name) { $0.contains($1) } }
    ?? names.first { $0.count >= 2 && $0 == initials(of: given) }
}

private func initials(of text: String) -> String {
  String(text.split { "-_".contains($0) }.compactMap(\.first))
}

/// Returns `names` by their distance from `name`, the nearest first, equals in order of their bytes.
/// Letters that differ only in case do not count as different.
package func nearestFirst(_ names: some Sequence<String>, to name: String) -> [String] {
  names.map { (name: $0, distance: editDistance($0.lowercased(), name.lowercased())) }
    .sorted {
      $0.distance != $1.distance
        ? $0.distance < $1.distance : $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
    }
    .map(\.name)
}

/// Names at most ten of `names` and counts the others.
package func shortList(_ names: [String]) -> String {
  let shown = names.prefix(10).joined(separator: ", ")
  return names.count > 10 ? "\(shown) and \(names.count - 10) more" : shown
}
