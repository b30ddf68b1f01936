import DCGAN
import Files
import Foundation
import Samples

/// What every image of a review is: `key.json`, which readers must not see.
public struct ReviewKey: Codable, Equatable, Sendable {
  /// What an image can be.
  public enum Kind: String, Codable, Sendable {
    /// An image of the data set.
    case real
    /// An image that a generator made.
    case synthetic
  }

  /// An image of the review.
  public struct Entry: Codable, Equatable, Sendable {
    /// The name under which the page shows the image.
    public var id: String
    /// What it is.
    public var kind: Kind
    /// The file, relative to the folder of the samples or of the data set.
    public var file: String
    /// The number of a sample's random vector; nil where another program made it.
    public var candidate: Int?
    /// What `samples.csv` has in its other columns, by their names.
    public var scores: [String: Double]?
    /// The CRC-32 of a sample's file.
    public var crc32: String?
    /// The class that it was drawn as, or that its folder names; nil where samples have none.
    public var className: String?
  }

  /// The version of the program that made the review.
  public var version = DCGANVersion.current
  /// The name of the review.
  public var review: String
  /// The seed that order and names were drawn from.
  public var seed: UInt64
  /// The width and height of every image.
  public var size: Int
  /// The folder of the samples, as it was given.
  public var samples: String
  /// How the samples were drawn; nil where no `samples.json` lies beside them.
  public var drawn: SampleRecipe?
  /// The folder of the data set, as it was given.
  public var data: String
  /// The part of the data set that real images were taken from.
  public var split: String
  /// The classes that real images were taken from, empty for all; nil where an older version made the
  /// review.
  public var classes: [String]?
  /// The images in the order in which the page shows them.
  public var images: [Entry]

  private enum CodingKeys: String, CodingKey {
    case version, review, seed, size, samples, drawn, data, split
    case classes = "class"
    case images
  }

  /// The name of the file.
  static let fileName = "key.json"
  /// More than the key of a thousand images takes.
  private static let maximumBytes = 10_000_000

  /// Reads a key.
  ///
  /// Throws `FileError`, and `TableError` where the file is none.
  public init(contentsOf path: String) throws {
    let bytes = try FileReader(path: path).readAll(atMost: Self.maximumBytes)
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    guard let key = try? decoder.decode(ReviewKey.self, from: Data(bytes)), key.isSound else {
      throw TableError(
        path: path, expected: "the key that dcgan review wrote", found: "something else")
    }
    self = key
  }

  /// Puts a key together.
  init(
    review: String, seed: UInt64, size: Int, samples: String, drawn: SampleRecipe?, data: String,
    split: String, classes: [String], images: [Entry]
  ) {
    (self.review, self.seed, self.size) = (review, seed, size)
    (self.samples, self.drawn, self.data, self.split) = (samples, drawn, data, split)
    (self.classes, self.images) = (classes, images)
  }

  /// Returns the images of one kind, in the order in which the page shows them.
  public func images(_ kind: Kind) -> [Entry] { images.filter { $0.kind == kind } }

  /// Writes the key, whole or not at all; throws `FileError`.
  func write(to path: String) throws { try AtomicFile.writeJSON(self, to: path) }

  /// Whether every image has a name of its own, and every sample what it takes to copy it.
  private var isSound: Bool {
    Set(images.map(\.id)).count == images.count
      && images(.synthetic).allSatisfy {
        ReviewSample.isInside($0.file) && $0.crc32 != nil
      }
  }
}
