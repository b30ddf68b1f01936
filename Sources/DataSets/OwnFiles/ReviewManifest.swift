import Files
import Foundation

/// What makes out the manifest of samples that passed a review, in every version.
package struct ReviewManifest: Decodable {
  /// A sample that passed.
  package struct Sample: Decodable {
    /// The name of the file.
    package let file: String
    /// The CRC-32 of the file.
    package let crc32: String
  }

  /// The name of the review.
  package let review: String
  /// The rule by which the samples passed.
  package let rule: String
  /// The samples.
  package let images: [Sample]

  /// The name of the file.
  package static let name = "manifest.json"
  /// More bytes than the samples of any review take.
  private static let maximumBytes = 16_000_000

  /// Reads the manifest in a folder; nil where there is none that can be read.
  package init?(in folder: String) {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let file = try? FileReader(path: "\(folder)/\(Self.name)")
    guard let data = try? file?.readData(atMost: Self.maximumBytes),
      let manifest = try? decoder.decode(Self.self, from: data)
    else { return nil }
    self = manifest
  }
}
