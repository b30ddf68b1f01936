import DataSets
import Foundation
import Training

/// What there is to say about the data set of a run, as it lies on the disk now.
public struct ReportedData: Equatable, Sendable {
  /// How the folder compares with what the run began with.
  public enum State: Equatable, Sendable {
    /// It holds the same files.
    case unchanged
    /// It holds others.
    case changed(files: Int)
    /// It cannot be listed, and why.
    case missing(reason: String)
  }

  /// The folder that was looked at.
  public let path: String
  /// How the folder compares.
  public let state: State
  /// The images by folder, sorted; empty where the folder is missing.
  public let folders: [DataAccount.FolderCount]
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
    let path = path ?? configuration.dataLocation
    self.path = path
    let found: ImageFolder
    do throws(DataSetError) {
      found = try ImageFolder(root: path, configuration.selection)
    } catch {
      (state, folders, skipped, listing) = (.missing(reason: error.description), [], nil, nil)
      return
    }
    folders = DataAccount.count(found.files.map(\.path))
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
}
