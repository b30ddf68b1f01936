extension PatientGroups {
  /// Returns the number of the patient of each image that was read from the files of some listings of one
  /// folder, listing by listing; the frames of a file have the same. Traps where an image is of none of
  /// the files.
  package static func numbers(
    of sets: [(listing: ImageFolder, paths: [String])]
  ) -> [[Int]] {
    guard let root = sets.first?.listing.root else { return [] }
    let numbers = PatientGroups(of: sets.flatMap { $0.listing.files.map(\.path) }, in: root).numbers
    var first = 0
    return sets.map { set in
      defer { first += set.listing.files.count }
      return set.listing.places(ofImages: set.paths).map { numbers[first + $0] }
    }
  }
}
