import DCGAN
import DataSets
import Files
import Foundation
import Imaging
import Samples
import Support

/// The samples of a review that passed for real, in a folder of their own with `manifest.json`.
public struct PassedSamples: Codable, Equatable, Sendable {
  /// A sample that passed.
  public struct Sample: Codable, Equatable, Sendable {
    /// The name of the file, in this folder as in that of the samples but for the suffix.
    public internal(set) var file: String
    /// The CRC-32 of the file.
    public internal(set) var crc32: String
    /// The name of the image in the review.
    public let image: String
    /// The number of the random vector.
    public let candidate: Int?
    /// What `samples.csv` has in its other columns, by their names.
    public let scores: [String: Double]
    /// What readers said.
    public let verdicts: ReviewResult.Tally
  }

  /// The rule in words.
  public static let rule = "more than half of an image's verdicts are real"

  /// The version of the program.
  public var version = DCGANVersion.current
  /// The name of the review.
  public let review: String
  /// The rule by which the samples passed.
  public var rule = Self.rule
  /// The number of readers.
  public let readers: Int
  /// The synthetic images that the readers saw.
  public let shown: Int
  /// The folder of the samples.
  public let samples: String
  /// How they were drawn, from which checkpoint; nil where that is not known.
  public let drawn: SampleRecipe?
  /// The samples that passed.
  public private(set) var images: [Sample]

  /// Collects the samples that passed; `samples` names their folder where that is not the key's.
  public init(_ result: ReviewResult, _ key: ReviewKey, samples: String? = nil) {
    review = key.review
    readers = result.readings.count
    shown = key.images(.synthetic).count
    self.samples = samples ?? key.samples
    drawn = key.drawn
    images = result.passed.map { image, tally in
      Sample(
        file: image.file, crc32: image.crc32 ?? "", image: image.id, candidate: image.candidate,
        scores: image.scores ?? [:], verdicts: tally)
    }
  }

  /// Writes the samples into a folder, as they are or in another format, and the manifest; an earlier
  /// choice there is replaced.
  ///
  /// Throws `FileError`, `ImageError`, and `TableError` where a file is no longer the one that was
  /// shown, or does not say what an object of the format has to.
  public func write(to folder: String, as format: SampleFormat? = nil) throws {
    var written = self
    var files: [(String, [UInt8])] = []
    for place in images.indices {
      let bytes = try PassedFormat(format).bytes(
        of: try read(images[place]), at: "\(samples)/\(images[place].file)",
        naming: &written.images[place])
      files.append((written.images[place].file, bytes))
    }
    try Folder.create(folder)
    try Self.clear(folder)
    for (name, bytes) in files {
      if name.contains("/") { try Folder.create(Folder.parent(of: "\(folder)/\(name)")) }
      try AtomicFile.write(to: "\(folder)/\(name)", isDurable: false) { try $0.write(bytes) }
    }
    try AtomicFile.writeJSON(written, to: "\(folder)/\(ReviewManifest.name)")
  }

  /// Reads a sample's file, which must be the one that was shown.
  private func read(_ sample: Sample) throws -> [UInt8] {
    let path = "\(samples)/\(sample.file)"
    let bytes = try FileReader(path: path).readAll(atMost: ImageLimits().maximumFileBytes)
    let found = bytes.withUnsafeBytes { Checksum(of: $0).digits }
    guard found == sample.crc32 else {
      throw TableError(
        path: path, expected: "the image that was reviewed, of CRC-32 \(sample.crc32)",
        found: "another, of \(found); name the folder of the reviewed ones")
    }
    return bytes
  }

  /// Removes an earlier choice: what its manifest names, and only beside one.
  private static func clear(_ folder: String) throws {
    let names = try Folder.names(in: folder)
    guard names.contains(ReviewManifest.name) || names.isEmpty else {
      throw FileError(
        path: folder, action: "write",
        reason: "expected a new folder, an empty one or one with \(ReviewManifest.name), found "
          + "\(quoted(names[0])) in it; move that away")
    }
    for name in names where SampleNames.isSample(name) { try Folder.remove("\(folder)/\(name)") }
    for sample in ReviewManifest(in: folder)?.images ?? [] where ReviewSample.isInside(sample.file)
    {
      let path = "\(folder)/\(sample.file)"
      if Folder.exists(path) { try Folder.remove(path) }
    }
  }
}
