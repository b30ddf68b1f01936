import Support
import Tensor

/// The classes of images that a conditional pair of networks tells apart, and how many images of each
/// there were in training.
public struct ModelClasses: Equatable, Hashable, Sendable {
  /// The names, in the order of the labels that the networks are given.
  public let names: [String]
  /// The training images of each, which say how often a class is drawn where none is asked for.
  public let images: [Int]

  /// Joins them; traps where the counts differ, a class has no image, or there are too few or too many.
  public init(names: [String], images: [Int]) {
    require(
      Self.allows(names: names, images: images), "\(images) images of the classes \(names)")
    (self.names, self.images) = (names, images)
  }

  /// Makes so many classes of which nothing else is known, named `1`, `2` and so on.
  public init(unnamed count: Int) {
    self.init(
      names: (1...count).map { "\($0)" }, images: Array(repeating: 1, count: count))
  }

  /// Returns whether there can be such classes: neither too few nor too many, each of its own name and
  /// with an image or more.
  public static func allows(names: [String], images: [Int]) -> Bool {
    SettingBounds.classes.contains(names.count) && Set(names).count == names.count
      && images.count == names.count
      && images.allSatisfy { (1...SettingBounds.count.upperBound).contains($0) }
  }

  /// The number of classes.
  public var count: Int { names.count }

  /// Returns the label of a class; nil where there is none of that name.
  public func label(of name: String) -> Int? { names.firstIndex(of: name) }

  /// Draws the class of candidate `index` of a seed, each as often as there were images of it: it
  /// depends on the two, and the counts, alone.
  public func label(drawnFor index: Int, seed: UInt64) -> Int {
    let point = RandomUse.sampleClasses.stream(seed: seed).uniform(at: UInt64(index))
    let place = point * Double(images.reduce(0, +))
    var sum = 0.0
    for (label, count) in images.enumerated() {
      sum += Double(count)
      if place < sum { return label }
    }
    return count - 1
  }

  /// Returns the labels of training images that are evenly spread over a list sorted by class.
  public func labels(ofSpread count: Int) -> [Int] {
    let total = images.reduce(0, +)
    return (0..<count).map { index in
      var rest = index * total / count
      return images.firstIndex { images in
        rest -= images
        return rest < 0
      } ?? images.count - 1
    }
  }

  /// Returns labels for the pictures of a sheet of eight columns: whole columns of one class where the
  /// row has room for all, else one class after the other.
  public func sheetLabels(_ pictures: Int, columns: Int = 8) -> [Int] {
    (0..<pictures).map { count <= columns ? $0 % columns * count / columns : $0 % count }
  }
}
