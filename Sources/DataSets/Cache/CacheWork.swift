import Files
import Imaging

extension ImageCache {
  /// What the images of a cache are made of, and how.
  package struct Work: Sendable {
    let listing: ImageFolder
    let reading: ImageReading
    let threads: Int
    let isStrict: Bool
    let limits: ImageLimits
    /// What is told how many files are done; nil for nothing.
    package let progress: (@Sendable (_ done: Int, _ total: Int) -> Void)?

    /// Collects what there is to know; see `ImageDataSet`.
    package init(
      listing: ImageFolder, reading: ImageReading, threads: Int, isStrict: Bool = false,
      limits: ImageLimits = ImageLimits(),
      progress: (@Sendable (_ done: Int, _ total: Int) -> Void)? = nil
    ) {
      (self.listing, self.reading, self.threads) = (listing, reading, threads)
      (self.isStrict, self.limits, self.progress) = (isStrict, limits, progress)
    }

    /// The bytes of an image, at most.
    package var mostImageBytes: Int { reading.size * reading.size * reading.channels }

    /// The files of a cache, or their frames where all are used.
    package struct Files: Sendable {
      let items: [CacheBuilder.Item]
      /// How many there are.
      package var count: Int { items.count }
      /// The CRC-32 of which file, and which of its frames, each of them is.
      package var checksum: UInt32 {
        var sum = Checksum()
        for item in items {
          for number in [item.place, item.file.frame ?? -1] {
            withUnsafeBytes(of: number.littleEndian) { sum.add($0) }
          }
        }
        return sum.value
      }
    }

    /// Lists the files, which are opened where they may hold several frames.
    package func files() -> Files {
      Files(items: CacheBuilder.Item.list(listing, reading.frames))
    }

    /// Prepares to decode some files; where strict, none is begun after one that failed.
    func queue(
      for items: ArraySlice<CacheBuilder.Item>,
      progress: (@Sendable (_ done: Int, _ total: Int) -> Void)? = nil
    ) -> DecodingQueue<CacheBuilder.Decoded> {
      let reading = reading
      return DecodingQueue(
        items.map(\.file), of: listing.root, limits: limits, stopsAtFailure: isStrict,
        progress: progress
      ) { (file, header) throws(ImageError) in
        CacheBuilder.Decoded(try header.decode(for: reading, frame: file.frame))
      }
    }
  }
}
