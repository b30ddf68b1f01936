/// What `dcgan bench --images` prints.
package struct DecodingReport: Encodable, Equatable, Sendable {
  /// The speed: images read, decoded and resized in a second.
  package let decodeImagesPerSecond: Double
  /// The number of images.
  package let images: Int
  /// The number of files that cannot be read.
  package let skipped: Int
  /// The width and height that the images have afterwards.
  package let size: Int
  /// The number of colour channels.
  package let channels: Int
  /// The number of threads.
  package let threads: Int

  /// Collects what was measured.
  package init(
    imagesPerSecond: Double, images: Int, skipped: Int, size: Int, channels: Int, threads: Int
  ) {
    decodeImagesPerSecond = imagesPerSecond
    self.images = images
    self.skipped = skipped
    self.size = size
    self.channels = channels
    self.threads = threads
  }

  /// Writes the numbers as a small table, without a last line break.
  package var table: String {
    let unreadable = skipped == 0 ? "" : ", \(Formatting.grouped(skipped)) skipped"
    return Formatting.table([
      ("images", "\(Formatting.counted(images, "image"))\(unreadable)"),
      (
        "to",
        "\(size)x\(size) pixels, \(Formatting.counted(channels, "channel")), "
          + Formatting.counted(threads, "thread")
      ),
      ("decoding", "\(Formatting.fixed(decodeImagesPerSecond, decimals: 1)) images/s"),
    ])
  }
}
