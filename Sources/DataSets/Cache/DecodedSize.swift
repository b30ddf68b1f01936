import Imaging

/// The bytes that the decoded images of a data set take, estimated.
public struct DecodedSize: Equatable, Sendable {
  /// The bytes of all images.
  public let bytes: Int

  /// The files that are looked at, evenly spread.
  static let lookedAt = 32

  /// Estimates the size: as most radiographs have no colour whatever their files say, some are decoded to
  /// find out, unless all are kept as one channel or the files hold frames to be counted.
  ///
  /// - Parameter threads: How many files are decoded at a time, at most.
  public init(of listing: ImageFolder, _ reading: ImageReading, threads: Int) {
    let pixels = reading.size * reading.size * listing.files.count
    guard reading.channels == 3 || reading.frames == .all else {
      bytes = pixels
      return
    }
    let count = min(Self.lookedAt, listing.files.count)
    let files = (0..<count).map { listing.files[$0 * listing.files.count / count] }
    let queue = DecodingQueue(files, of: listing.root) { (_, header) throws(ImageError) in
      let decoded = try header.decode(for: reading)
      return decoded.image.channels * (reading.frames == .all ? decoded.traits.frames : 1)
    }
    let samples = queue.run(threads: threads).compactMap { try? $0?.get() }
    // Where none can be read there will be nothing to keep.
    let mean = samples.isEmpty ? 1 : Double(samples.reduce(0, +)) / Double(samples.count)
    bytes = Int((Double(pixels) * mean).rounded(.up))
  }

  /// Returns the most bytes that the images can take, without looking at one; nil where they hold several
  /// frames.
  public static func bound(of listing: ImageFolder, _ reading: ImageReading) -> Int? {
    reading.frames == .all
      ? nil : reading.size * reading.size * reading.channels * listing.files.count
  }
}
