import Support
import Testing

@Suite struct NearestNameTests {
  static let distances: [(String, String, Int)] = [
    ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("abc", "abc", 0), ("epoch", "epochs", 1),
    ("epohcs", "epochs", 1), ("sitting", "kitten", 3), ("trian", "train", 1), ("ab", "ba", 1),
    ("ca", "abc", 3), ("flaw", "lawn", 2),
  ]

  @Test(arguments: distances)
  func distance(_ first: String, _ second: String, _ expected: Int) {
    #expect(editDistance(first, second) == expected)
    #expect(editDistance(second, first) == expected)
  }

  static let names = ["batch", "epochs", "keep", "keep-every", "lr", "nz", "out"]
  static let guesses: [(String, String?)] = [
    ("epoch", "epochs"), ("epohcs", "epochs"), ("keepevery", "keep-every"), ("kep", "keep"),
    ("batch-size", "batch"), ("ep", "epochs"), ("output", "out"), ("learning-rate", "lr"),
    ("learning_rate", "lr"), ("n", "nz"), ("", nil), ("q", nil), ("discriminator", nil),
  ]

  @Test(arguments: guesses)
  func nearest(_ given: String, _ expected: String?) {
    #expect(nearestName(to: given, among: Self.names) == expected)
  }

  @Test func theFirstOfEqualsWins() {
    #expect(nearestName(to: "ndg", among: ["ngf", "ndf", "nde"]) == "ndf")
    #expect(nearestName(to: "x", among: []) == nil)
  }
}
