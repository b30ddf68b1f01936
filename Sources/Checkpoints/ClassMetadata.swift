import DCGAN
import Foundation

/// The classes of conditional networks among a file's strings, each a JSON array.
extension ModelClasses {
  /// The key of the names.
  private static let namesKey = "class_names"
  /// The key of the numbers of training images.
  private static let imagesKey = "class_images"

  /// Prints the strings.
  var strings: [String: String] {
    [Self.namesKey: Self.json(names), Self.imagesKey: Self.json(images)]
  }

  /// Reads the strings; nil where there are none, or none of any networks.
  init?(strings: [String: String]) {
    guard let names = strings[Self.namesKey], let images = strings[Self.imagesKey] else {
      return nil
    }
    self.init(names: names, images: images)
  }

  /// Takes the strings of a checkpoint; nil where it has none.
  ///
  /// Throws `CheckpointProblems` where they are those of no networks.
  init?(parsing reader: inout MetadataReader) throws(CheckpointProblems) {
    let names = reader.optionalText(Self.namesKey)
    let images = reader.optionalText(Self.imagesKey)
    guard let names else { return nil }
    guard let classes = ModelClasses(names: names, images: images ?? "") else {
      let range = SettingBounds.classes
      throw reader.failure(
        Self.namesKey,
        "the names of \(range.lowerBound) to \(range.upperBound) classes, with the images of each in "
          + Self.imagesKey, names)
    }
    self = classes
  }

  private init?(names: String, images: String) {
    guard
      let names = try? JSONDecoder().decode([String].self, from: Data(names.utf8)),
      let images = try? JSONDecoder().decode([Int].self, from: Data(images.utf8)),
      Self.allows(names: names, images: images)
    else { return nil }
    self.init(names: names, images: images)
  }

  private static func json(_ values: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    // Arrays of texts and whole numbers can always be encoded.
    return (try? encoder.encode(values)).map { String(decoding: $0, as: UTF8.self) } ?? "[]"
  }
}
