import Dispatch
import Files
import Imaging
import Support
import Tensor

/// A folder cannot take a practice data set.
public struct PhantomSetError: MessageError, Equatable {
  /// The folder.
  public let path: String
  /// Something that it holds.
  public let found: String

  /// The folder, what is in it and what to do.
  public var message: Message {
    "\(path): expected a new or empty folder, found \(quoted(found)) in it; "
      + "name another folder with \(.out), or empty this one"
  }
}

extension PhantomSet {
  /// Draws every image and writes it as a grey JPEG of quality 92.
  ///
  /// Images are drawn in parallel; the files depend on the entries and `seed` alone.
  ///
  /// - Parameters:
  ///   - folder: Where to; made where it is missing.
  ///   - seed: The seed of the drawings.
  ///   - progress: Is told how many images are written, in order, from whatever thread wrote one.
  /// - Throws: `PhantomSetError` where the folder holds anything, `FileError` where a folder cannot
  ///   be made or listed, `ImageError` where an image cannot be written; what was written before
  ///   that stays.
  public func write(
    to folder: String, seed: UInt64,
    progress: (@Sendable (_ done: Int, _ total: Int) -> Void)? = nil
  ) throws {
    try Folder.create(folder)
    if let found = try Folder.names(in: folder).first {
      throw PhantomSetError(path: folder, found: found)
    }
    for inner in innerFolders { try Folder.create(Folder.join(folder, inner)) }
    let state = Locked(WritingState())
    DispatchQueue.concurrentPerform(iterations: entries.count) { place in
      guard state.withLock({ $0.failure }) == nil else { return }
      do throws(ImageError) {
        try write(entries[place], to: folder, seed: seed)
        state.withLock {
          $0.done += 1
          progress?($0.done, entries.count)
        }
      } catch {
        state.withLock { $0.failure = $0.failure ?? error }
      }
    }
    if let failure = state.withLock({ $0.failure }) { throw failure }
  }

  private struct WritingState {
    var done = 0
    var failure: ImageError?
  }

  /// The folders that hold images, sorted.
  private var innerFolders: [String] {
    Set(
      entries.map { String($0.path.prefix(upTo: $0.path.lastIndex(of: "/") ?? $0.path.endIndex)) }
    )
    .sorted()
  }

  private func write(_ entry: Entry, to folder: String, seed: UInt64) throws(ImageError) {
    try Phantom.draw(seed: seed, index: entry.index, kind: entry.kind)
      .writeJPEG(to: Folder.join(folder, entry.path), quality: 92)
  }
}
