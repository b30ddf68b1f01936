import Files
import Foundation
import Imaging
import Support

/// The images of a complete cache, read from its file when they are used.
///
/// They are copied out instead of being mapped into memory: whatever happens to the file then is an error
/// and not the end of the process, and the process needs no memory for them. What was read before
/// comes from the system's own cache, which all processes share.
final class CachedImages: Sendable {
  /// What the images were made of.
  let header: CacheHeader
  /// What became of every file.
  let index: CacheIndex
  /// Where the images are.
  private let pictures: [CachedPicture]
  private let file: FileReader
  private let path: String
  private let side: Int

  /// Opens a cache.
  ///
  /// Throws `FileError`, and `DataSetError` where it is damaged, or of other images than `contents`.
  init(contentsOf path: String, _ contents: CacheHeader.Contents) throws {
    file = try FileReader(path: path)
    self.path = path
    header = try CacheHeader(file, path: path)
    if let difference = header.contents.difference(from: contents) {
      throw DataSetError.cache(path, "it was made of other images: \(difference)")
    }
    side = contents.size
    index = try CacheIndex(file, path: path, contents)
    pictures = index.records.compactMap(\.picture)
  }

  /// The number of images.
  var count: Int { pictures.count }

  /// Throws `DataSetError` where a listed file has another date than when the cache was made.
  func checkAge(of listing: ImageFolder) throws(DataSetError) {
    guard index.records.allSatisfy({ listing.files.indices.contains($0.file) }) else {
      throw .cache(path, "the list of its images is damaged")
    }
    let changed = index.records.first { listing.files[$0.file].wasChanged(since: $0) }
    guard let changed else { return }
    throw .cache(
      path,
      "\(listing.path(of: listing.files[changed.file])) has another date than when it was made")
  }

  /// Calls the body with the bytes of an image; rethrows what it throws.
  ///
  /// Throws `FileError` where the file cannot be read, `DataSetError` where the image is damaged.
  func withBytes<Result>(
    at index: Int, in buffer: UnsafeMutableRawBufferPointer,
    _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) throws -> Result {
    let picture = pictures[index]
    let bytes = UnsafeMutableRawBufferPointer(rebasing: buffer[..<bytes(of: picture)])
    try file.read(at: picture.offset, into: bytes)
    guard Checksum(of: UnsafeRawBufferPointer(bytes)).value == picture.checksum else {
      throw DataSetError.cache(path, "image \(index + 1) of \(count) is damaged")
    }
    return try body(UnsafeBufferPointer(bytes.bindMemory(to: UInt8.self)))
  }

  /// Returns an image as it was decoded, in one channel where it has no colour; throws as `withBytes`.
  func image(at index: Int) throws -> PixelImage {
    let channels = pictures[index].channels
    return try withScratch { buffer in
      try withBytes(at: index, in: buffer) {
        PixelImage(width: side, height: side, channels: channels, pixels: Array($0))
      }
    }
  }

  /// Returns the CRC-32 of an image's bytes, as it is recorded.
  func checksum(at index: Int) -> UInt32 { pictures[index].checksum }

  /// Returns the places of the images whose sum is one of these.
  func places(ofSums sums: Set<UInt32>) -> [Int] {
    pictures.indices.filter { sums.contains(pictures[$0].checksum) }
  }

  /// Tells the system that some images will be used soon.
  func announce(_ indices: some Sequence<Int>) {
    for index in indices {
      file.announce(at: pictures[index].offset, count: bytes(of: pictures[index]))
    }
  }

  /// Calls the body with room for the bytes of any image; rethrows what it throws.
  func withScratch<Result>(
    _ body: (UnsafeMutableRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    try withUnsafeTemporaryAllocation(byteCount: 3 * side * side, alignment: 64, body)
  }

  private func bytes(of picture: CachedPicture) -> Int { side * side * picture.channels }
}

extension ImageFolder.File {
  /// Returns whether the file has another date than a record of it: a file of the same name and size may show
  /// something else.
  func wasChanged(since record: CacheRecord) -> Bool { modified != record.modified }
}
