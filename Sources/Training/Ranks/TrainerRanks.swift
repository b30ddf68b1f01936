import Checkpoints
import DataSets
import Files
import Foundation
import Support
import Tensor

/// What ranks must have in common before they train together.
extension Trainer {
  /// Throws `TrainingError` where the ranks of a backend cannot share a batch equally.
  public static func checkRanks(of backend: Backend, batch: Int) throws {
    let count = backend.ranks?.count ?? 1
    guard !batch.isMultiple(of: count) else { return }
    throw TrainingError(
      "\(count) ranks cannot share batches of \(batch) images equally; start "
        + "\(alternatives(nearestCounts(to: count, dividing: batch))), or begin a run with another \(.batch)"
    )
  }

  /// Returns the numbers of ranks next to one, below and above, that can share a batch equally.
  package static func nearestCounts(to count: Int, dividing batch: Int) -> [String] {
    let divisors = (1...batch).filter { batch.isMultiple(of: $0) }
    return [divisors.last { $0 < count }, divisors.first { $0 > count }].compactMap {
      $0?.description
    }
  }

  /// Throws where a rank finds other files than rank 0: there a `TrainingError` that names it, elsewhere
  /// `OtherRankFailed`.
  ///
  /// - Parameter path: The folder that was searched.
  public static func compareFiles(
    _ listing: ImageFolder, heldOut: ImageFolder?, path: String, _ backend: Backend
  ) throws {
    let found = FoundFiles(
      count: listing.files.count, digest: sum(of: listing.digest),
      heldOut: sum(of: heldOut?.digest ?? ""))
    try backend.requireSame(found) { first, rank in
      if first.count == found.count && first.digest == found.digest {
        return
          "\(path): rank \(rank) finds other images held out for validation and testing than rank 0; \(remedy)"
      }
      let words =
        first.count == found.count
        ? "\(found.count) others or of other sizes" : "\(found.count)"
      return
        "\(path): expected the \(first.count) files that rank 0 finds there, found \(words) on "
        + "rank \(rank); \(remedy)"
    }
  }

  private static var remedy: String {
    "let all ranks read the same files: in a folder that all hosts share, or in whole copies of it"
  }

  /// Throws where a rank would begin with something else than rank 0: there a `TrainingError` that names it,
  /// elsewhere `OtherRankFailed`.
  func compareRanks() throws {
    guard backend.ranks != nil else { return }
    let own = Beginning(
      images: images.count, pixels: images.checksum, heldOut: heldOut?.checksum ?? 0,
      settings: Self.sum(of: settingsText),
      step: position.step, weights: checkpoint().checksum)
    try backend.requireSame(own) { first, rank in
      if first.images == own.images && first.pixels == own.pixels && first.heldOut != own.heldOut {
        return
          "\(configuration.dataPath): rank \(rank) has other pixels of the images held out for validation and "
          + "testing than rank 0; \(Self.remedy), decoded by the same build of the program"
      }
      if first.images != own.images || first.pixels != own.pixels {
        return Self.otherImages(own, than: first, rank: rank, path: configuration.dataPath)
      }
      if first.settings != own.settings {
        return
          "rank \(rank) was started with other settings than rank 0; give all ranks the same options"
      }
      return first.step != own.step
        ? "\(runPath): expected to continue after step \(first.step), as rank 0 does, found step "
          + "\(own.step) on rank \(rank); let all ranks read the same folder"
        : "rank \(rank) has other weights than rank 0 at step \(own.step); start the same build of the "
          + "program everywhere, and let all ranks read the same files of networks"
    }
  }

  private static func otherImages(
    _ own: Beginning, than first: Beginning, rank: Int, path: String
  ) -> Message {
    let words =
      first.images == own.images ? "\(own.images) with other pixels" : "\(own.images)"
    return
      "\(path): expected the \(first.images) images that rank 0 trains on, found \(words) on rank "
      + "\(rank); \(remedy), decoded by the same build of the program"
  }

  /// What decides the numbers of the run, and how long it is.
  private var settingsText: String {
    let training = configuration.training
    return "\(configuration.digest) \(training.epochs) \(training.steps ?? 0) "
      + "\(training.stopOnCollapse == true)"
  }

  private static func sum(of text: String) -> UInt32 {
    var text = text
    return text.withUTF8 { Checksum(of: UnsafeRawBufferPointer($0)).value }
  }

  /// The files that a rank found.
  private struct FoundFiles: BitwiseCopyable, Equatable {
    let count: Int
    let digest: UInt32
    let heldOut: UInt32
  }

  /// What a rank begins with.
  private struct Beginning: BitwiseCopyable, Equatable {
    let images: Int
    let pixels: UInt32
    let heldOut: UInt32
    let settings: UInt32
    let step: Int
    let weights: UInt32
  }
}

extension Checkpoint {
  /// The CRC-32 of all tensors.
  fileprivate var checksum: UInt32 {
    var sum = Checksum()
    for entry in tensors.entries { entry.values.withUnsafeBytes { sum.add($0) } }
    return sum.value
  }
}

extension Backend {
  /// Returns how many ranks share the memory of a host, at most; 1 of a process that is alone.
  package func ranksOfAHost() -> Int {
    guard let ranks else { return 1 }
    var name = [CChar](repeating: 0, count: 256)
    gethostname(&name, name.count - 1)
    let hosts = ranks.gather(name.withUnsafeBytes { Checksum(of: $0).value })
    return Dictionary(grouping: hosts) { $0 }.values.map(\.count).max() ?? 1
  }
}
