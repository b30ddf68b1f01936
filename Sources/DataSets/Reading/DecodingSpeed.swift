/// Measures how fast the files of a data set are read, decoded and resized, as training does it.
package struct DecodingSpeed: Sendable {
  /// The images, and the files that were skipped.
  package let images: ImageDataSet
  /// How long it took.
  package let seconds: Double

  /// Reads the files of a listing once; the parameters and errors are those of `ImageDataSet`.
  package init(
    listing: ImageFolder, reading: ImageReading, threads: Int,
    progress: (@Sendable (_ done: Int, _ total: Int) -> Void)? = nil
  ) throws {
    let start = ContinuousClock.now
    images = try ImageDataSet(
      listing: listing, reading: reading, threads: threads, progress: progress)
    seconds = (ContinuousClock.now - start) / .seconds(1)
  }

  /// Images a second; skipped files do not count.
  package var imagesPerSecond: Double { Double(images.count) / seconds }
}
