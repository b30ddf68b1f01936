import DCGAN
import Tensor

/// Draws from a seed what keeps a review blind: which images are shown, in which order, under which
/// names.
///
/// Who knows the seed can draw the same again and so knows what every image is. Nothing that is drawn
/// may say more of the seed than its own value: names come from a stream that decides nothing else.
struct BlindDraw {
  private enum Part: UInt32 {
    case order = 0
    case names = 1
    case samples = 2
    case realImages = 3
    case review = 4
    case frames = 5
  }

  /// Consonants: a name of them is no word, and no number to a spreadsheet.
  private static let letters = Array("bcdfghjkmnpqrstvwxz")
  private static let lettersInName = 8

  private let seed: UInt64

  init(seed: UInt64) { self.seed = seed }

  /// Returns the places 0 ..< `count` in the order in which they are shown.
  func order(_ count: Int) -> [Int] { stream(.order).permutation(of: count) }

  /// Returns the places of the samples in the order in which they are chosen.
  func samples(_ count: Int) -> [Int] { stream(.samples).permutation(of: count) }

  /// Returns the places of the real images in the order in which they are chosen.
  func realImages(_ count: Int) -> [Int] { stream(.realImages).permutation(of: count) }

  /// Returns which of so many frames of the real file at a place is shown, counted from 0.
  func frame(of count: Int, ofFile place: Int) -> Int {
    stream(.frames).integer(below: count, at: UInt64(place))
  }

  /// Returns different names for the images in the order in which they are shown.
  func names(_ count: Int) -> [String] {
    var names: [String] = []
    var taken: Set<String> = []
    var number: UInt64 = 0
    while names.count < count {
      let name = Self.name(number, stream(.names))
      if taken.insert(name).inserted { names.append(name) }
      number += 1
    }
    return names
  }

  /// Returns the name of the review that shows what sums up to `checksum`.
  static func reviewName(checksum: UInt32) -> String {
    name(0, BlindDraw(seed: UInt64(checksum)).stream(.review))
  }

  private static func name(_ number: UInt64, _ stream: RandomStream) -> String {
    String(
      (0..<lettersInName).map { place in
        letters[
          stream.integer(
            below: letters.count, at: number * UInt64(lettersInName) + UInt64(place))]
      })
  }

  private func stream(_ part: Part) -> RandomStream {
    RandomUse.review.stream(seed: seed, part: part.rawValue)
  }
}
