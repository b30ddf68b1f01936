import Support

/// Where a row of pictures can be cut in two without parting a patient.
///
/// Pictures of one patient are alike, and so are the frames of a file: with some on either side of a
/// comparison, real pictures would come out nearer to one another than strangers are.
package struct PatientCuts: Sendable {
  /// The number of pictures.
  package let count: Int
  /// The places at which a patient's pictures begin, and the end.
  private let places: [Int]

  /// Finds the cuts; each picture has the number of its patient, whose pictures follow one another.
  package init(_ numbers: [Int]) {
    count = numbers.count
    places =
      numbers.indices.filter { $0 == 0 || numbers[$0] != numbers[$0 - 1] } + [numbers.count]
  }

  /// Takes the cuts from a place on, counted from there.
  private init(_ other: PatientCuts, from place: Int) {
    count = other.count - place
    places = other.places.compactMap { $0 < place ? nil : $0 - place }
  }

  /// Returns the cuts of the same row without the pictures before one of its cuts.
  package func dropping(_ place: Int) -> PatientCuts { PatientCuts(self, from: place) }

  /// Returns the first cut that is not before a place; traps beyond the end.
  package func first(from place: Int) -> Int {
    requireValue(places.first { $0 >= place }, "a cut after \(place) of \(count) pictures")
  }

  /// The cut that is nearest to the middle, but for the ends; the middle itself where there is no other.
  package var middle: Int {
    places.dropFirst().dropLast().min { abs(2 * $0 - count) < abs(2 * $1 - count) } ?? count / 2
  }

  /// The most pictures that can be taken from the beginning, and again from the first cut after them.
  package var mostTwice: Int {
    // A later start lets fewer follow, an earlier one has fewer before it.
    places.map { min($0, count - $0) }.max() ?? 0
  }

  /// Returns an order with the pictures of a patient one after the other, patients as their pictures of the
  /// lowest places are in a given order of places.
  ///
  /// Patients in the order in which any picture of theirs comes first would begin with those that have many,
  /// and the two halves of a data set would be of other kinds: in some only the ill have several pictures.
  package static func grouping(_ order: [Int], by numbers: [Int]) -> [Int] {
    var groups: [Int: [Int]] = [:]
    for place in order { groups[numbers[place], default: []].append(place) }
    let lowest = groups.mapValues { $0.min() }
    return order.flatMap { place in
      lowest[numbers[place]] == place ? groups[numbers[place]] ?? [] : []
    }
  }
}
