import DataSets
import Files
import Foundation
import Support
import Tensor
import Training

/// Where a run keeps its decoded images: in memory, or in a cache.
package struct CacheChoice {
  /// The cache; nil where the images are kept in memory.
  package let cache: ImageCache?
  /// What the run's settings record of it: an absolute path, or one in the run's folder.
  package let recorded: String?

  /// What `--cache` says where there is to be none.
  static let none = "none"
  /// The part of the memory that decoded images may take without being asked for.
  static let share = 4

  /// Chooses what the user gave, else what a resumed run recorded, else by the images' size.
  ///
  /// Throws `FileError` where a cache cannot be made there, and `TrainingError` where the folder of a
  /// recorded one has gone.
  ///
  /// - Parameters:
  ///   - given: What the user gave.
  ///   - earlier: What a resumed run recorded.
  ///   - run: The folder of the run.
  ///   - memory: The bytes that the process may use.
  ///   - say: Is told where the images' size decides for a cache.
  ///   - warn: Is told what is missing.
  package init(
    _ given: String?, recorded earlier: String?, run: String, _ listing: ImageFolder,
    _ reading: ImageReading, threads: Int, memory: Int = usableMemory,
    say: (String) -> Void, warn: (String) -> Void
  ) throws {
    if given == Self.none || given == nil && earlier == Self.none {
      (cache, recorded) = (nil, Self.none)
    } else if let given {
      let path = try Self.path(given, listing, reading)
      (cache, recorded) = (ImageCache(path: path), Self.record(path, run: run))
    } else if let earlier {
      let path = Self.path(ofRecorded: earlier, run: run)
      (cache, recorded) = (ImageCache(path: path), earlier)
      try Self.checkRecorded(path, run, warn)
    } else if let bytes = Self.bytes(
      of: listing, reading, threads: threads, above: memory / Self.share)
    {
      let path = Folder.join(run, ImageCache.usualName)
      (cache, recorded) = (ImageCache(path: path), ImageCache.usualName)
      say(Self.words(path, bytes, memory))
    } else {
      (cache, recorded) = (nil, nil)
    }
    if let cache, !cache.exists { try Folder.checkWritable(file: cache.path) }
  }

  /// Throws `FileError` where the cache that the user gave is not there and cannot be made; one in the folder
  /// of the run, which is made later, can be.
  static func check(
    _ given: String?, run: String, _ listing: ImageFolder, _ reading: ImageReading
  ) throws {
    guard let given, given != none else { return }
    let path = try path(given, listing, reading)
    let folders = [Folder.parent(of: path), run].map {
      URL(fileURLWithPath: $0).standardizedFileURL.path
    }
    guard !Folder.exists(path), folders[0] != folders[1] else { return }
    try Folder.checkWritable(file: path)
  }

  /// Chooses what rank 0 of a backend has chosen: not all hosts have the same memory.
  ///
  /// Throws what `choose` throws on rank 0, where alone it is called, and `OtherRankFailed` on the others.
  ///
  /// - Parameter run: The folder of the run.
  static func shared(
    run: String, _ backend: Backend, _ choose: () throws -> CacheChoice
  ) throws -> CacheChoice {
    let own = try backend.together { backend.isFirstRank ? try choose() : nil }
    let recorded = backend.ofFirstRank(own?.recorded ?? "")
    return own ?? CacheChoice(recorded: recorded.isEmpty ? nil : recorded, run: run)
  }

  /// Chooses what a run records.
  private init(recorded: String?, run: String) {
    self.recorded = recorded
    let path = recorded == Self.none ? nil : recorded
    cache = path.map { ImageCache(path: Self.path(ofRecorded: $0, run: run)) }
  }

  /// Returns the path of a cache that a run recorded: one from anywhere, or one in the run's folder.
  static func path(ofRecorded path: String, run: String) -> String {
    path.hasPrefix("/") ? path : Folder.join(run, path)
  }

  /// Returns the path of the file: the one that was given, or one in the folder that was.
  private static func path(
    _ given: String, _ listing: ImageFolder, _ reading: ImageReading
  ) throws -> String {
    if given.hasSuffix("/") { try Folder.create(given) }
    guard Folder.isFolder(given) else { return given }
    return Folder.join(given, ImageCache.name(listing, reading))
  }

  /// Returns what a run records of a cache that need not be there yet: its name in the run's folder, with which
  /// it can move, or else its path from anywhere.
  private static func record(_ path: String, run: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    let folder = Folder.absolute(Folder.parent(of: path))
    return folder == Folder.absolute(run) && name != none ? name : Folder.join(folder, name)
  }

  /// Says where the cache that a run recorded is not there; throws `TrainingError` where it cannot be built
  /// again.
  private static func checkRecorded(
    _ path: String, _ run: String, _ warn: (String) -> Void
  ) throws {
    guard !Folder.exists(path) else { return }
    guard Folder.isFolder(Folder.parent(of: path)) else {
      throw TrainingError(
        "\(path): the run in \(run) reads its images from this cache, whose folder is not there now; "
          + "give its present place with --cache, or keep the images in memory with --cache none")
    }
    warn(
      "\(path): the run in \(run) read its images from this cache, which is not there now; it is "
        + "built again")
  }

  /// Returns the bytes that the decoded images take, where those are more than a limit; else nil.
  private static func bytes(
    of listing: ImageFolder, _ reading: ImageReading, threads: Int, above limit: Int
  ) -> Int? {
    if let bound = DecodedSize.bound(of: listing, reading), bound <= limit { return nil }
    let size = DecodedSize(of: listing, reading, threads: threads)
    return size.bytes > limit ? size.bytes : nil
  }

  private static func words(_ path: String, _ bytes: Int, _ memory: Int) -> String {
    "the decoded images need about \(Formatting.bytes(bytes)), more than a quarter of the "
      + "\(Formatting.bytes(memory)) of memory: they are kept in \(path) (--cache names another place; "
      + "--cache none keeps them in memory)"
  }
}

extension ImageCache {
  /// Says what happens before the images of the cache can be used.
  func words(for event: Event) -> String {
    switch event {
    case .waiting: "\(path): another process builds this cache; waiting for it"
    case .building(let done, let bytes):
      "building the cache \(path), about \(Formatting.bytes(bytes))"
        + (done > 0 ? ", from image \(Formatting.grouped(done + 1)) on" : "")
    }
  }
}
