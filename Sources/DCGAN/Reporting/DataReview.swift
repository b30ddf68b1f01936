import Foundation

/// Holds what there is to say about the data set of a run, as it lies on the disk now.
public struct DataReview: Equatable, Sendable {
  /// How the folder compares with what the run began with.
  public enum State: Equatable, Sendable {
    /// It holds the same files.
    case unchanged
    /// It holds others.
    case changed(files: Int)
    /// It cannot be listed, and why.
    case missing(reason: String)
  }

  /// Counts the images of a folder.
  public struct FolderCount: Equatable, Sendable {
    /// The folder that the images lie in, relative to the data set; `.` for that one itself.
    public let folder: String
    /// The number of files in it.
    public let files: Int
  }

  /// The folder that was looked at.
  public let path: String
  /// How the folder compares.
  public let state: State
  /// The images by folder, sorted; empty where the folder is missing.
  public let folders: [FolderCount]
  /// The files that cannot be read, by name; nil where the names are not known.
  public let skipped: [ImageDataSet.Skipped]?

  /// The files in use, where the folder still holds those that the run began with.
  let listing: ImageFolder?

  /// Looks at a data set.
  ///
  /// Only where the run skipped files are they all decoded again, to learn which.
  ///
  /// - Parameters:
  ///   - path: where the data lies now; nil for where the run found it.
  ///   - progress: is told how many files are decoded, from any thread.
  package init(
    of configuration: RunConfiguration, at path: String?, threads: Int,
    progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void
  ) {
    let path = path ?? configuration.dataPath
    self.path = path
    let found: ImageFolder
    do throws(DataSetError) {
      found = try ImageFolder(root: path, configuration.selection)
    } catch {
      (state, folders, skipped, listing) = (.missing(reason: error.description), [], nil, nil)
      return
    }
    folders = Self.count(found)
    guard found.digest == configuration.dataDigest else {
      (state, skipped, listing) = (.changed(files: found.files.count), nil, nil)
      return
    }
    (state, listing) = (.unchanged, found)
    guard configuration.skipped > 0 else {
      skipped = []
      return
    }
    // Where not even one can be read there is no list, and the page says so.
    skipped = try? ImageDataSet(
      listing: found, reading: configuration.reading, threads: threads, progress: progress
    ).skipped
  }

  private static func count(_ listing: ImageFolder) -> [FolderCount] {
    var counts: [String: Int] = [:]
    for file in listing.files {
      let folders = file.path.split(separator: "/").dropLast()
      counts[folders.isEmpty ? "." : folders.joined(separator: "/"), default: 0] += 1
    }
    return counts.sorted { $0.key < $1.key }.map { FolderCount(folder: $0.key, files: $0.value) }
  }
}
