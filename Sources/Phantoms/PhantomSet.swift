import Support
import Tensor

/// Lists the files of a practice data set of phantoms, in the layout of the usual chest data set:
/// `train`, `test` and `val`, each with a folder a class.
public struct PhantomSet: Equatable, Sendable {
  /// An image of the set.
  public struct Entry: Equatable, Sendable {
    /// The file's path within the set's folder, such as `train/NORMAL/phantom-0001.jpeg`.
    public let path: String
    /// Whether the lungs are clear.
    public let kind: PhantomKind
    /// The index under which the image is drawn; its file's number is one more.
    public let index: Int
  }

  /// The images, in the order of their indexes.
  public let entries: [Entry]

  /// Lists `count` images: about 80 % for training, 15 % for testing, 5 % for validation, and of
  /// each split every third normal and the others with pneumonia.
  ///
  /// From 12 images on no split and no class is empty; fewer all go to `train`.
  ///
  /// - Precondition: `count` ≥ 0.
  public init(count: Int) {
    require(count >= 0, "a set of \(count) phantoms")
    let test = count < 12 ? 0 : max(2, count * 15 / 100)
    let validation = count < 12 ? 0 : max(2, count * 5 / 100)
    let sizes = [("train", count - test - validation), ("test", test), ("val", validation)]
    var entries: [Entry] = []
    for (split, size) in sizes {
      for position in 0..<size {
        let kind: PhantomKind = position % 3 == 0 ? .normal : .pneumonia
        let name = "phantom-\(Self.number(entries.count + 1)).jpeg"
        entries.append(
          Entry(path: "\(split)/\(kind.rawValue)/\(name)", kind: kind, index: entries.count))
      }
    }
    self.entries = entries
  }

  private static func number(_ value: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
