import DCGAN
import Files
import Imaging
import Support
import Tensor

/// Trains every classifier of a study, and the generators that it needs, one after the other.
///
/// Each training is kept as soon as it is done, so that a study that was stopped goes on from there and
/// comes to the same bytes.
public struct StudyRunner {
  /// What a study tells while it runs.
  public enum Event: Sendable {
    /// A generator is being trained.
    case generator(share: Double, step: Int, of: Int)
    /// A classifier is being trained; `done` of `all` are.
    case classifier(name: String, step: Int, of: Int, done: Int, all: Int)
    /// A classifier is trained.
    case row(StudyRow)
    /// Somebody should know this.
    case warning(Message)
  }

  let data: StudyData
  let settings: StudySettings
  let folder: StudyFolder
  let synthetic: String?
  let backend: Backend

  /// Prepares a study; `synthetic` is a folder of synthetic images to use instead of generators of its
  /// own.
  public init(
    _ data: StudyData, _ settings: StudySettings, folder: StudyFolder, synthetic: String?,
    backend: Backend
  ) {
    self.data = data
    self.settings = settings
    self.folder = folder
    self.synthetic = synthetic
    self.backend = backend
  }

  /// Returns what tells a folder of synthetic images from others: its path and the digest of its list of
  /// files. Throws `DataSetError`.
  public static func identity(ofSynthetic path: String) throws -> String {
    try SyntheticFolder.identity(of: path)
  }

  /// Trains what is missing, and writes `study.json` and `study.csv`; nil where `shouldStop` says so.
  ///
  /// Throws what training and writing throw.
  public func run(
    shouldStop: @escaping () -> Bool, onEvent: (Event) throws -> Void
  ) throws -> StudyResult? {
    try data.checkShares(settings.shares)
    // What is wrong with images at hand is said before any work.
    _ = try given(share: 1)
    var rows: [StudyRow] = []
    var comparisons: [StudyComparison] = []
    var warnings = data.warnings
    for warning in warnings { try onEvent(.warning(warning)) }
    for share in settings.shares {
      guard let done = try ShareStudy(self, share).run(shouldStop, onEvent) else { return nil }
      rows += done.rows
      comparisons += done.comparisons
      for warning in done.warnings where !warnings.contains(warning) {
        warnings.append(warning)
        try onEvent(.warning(warning))
      }
    }
    let result = try summary(rows, comparisons, warnings)
    try result.write(to: folder.path)
    return result
  }

  private func summary(
    _ rows: [StudyRow], _ comparisons: [StudyComparison], _ warnings: [Message]
  ) throws -> StudyResult {
    let images = try settings.shares.map { try data.places(ofShare: $0).count }
    let verdicts = zip(settings.shares, images).map {
      StudyVerdict.text(
        share: $0, images: $1, leastTestPatients: data.leastTestPatients, rows: rows,
        comparisons: comparisons)
        + (synthetic == nil ? "" : " What the generator has seen is not known: see the warnings.")
    }
    return StudyResult(
      rows: rows, comparisons: comparisons, verdict: verdicts.joined(separator: " "),
      verdicts: verdicts, settings: settings, data: data.summary, shareImages: images,
      warnings: warnings.map(\.description), version: DCGANVersion.current)
  }
}

extension StudyRunner {
  /// Returns the trainings of a share, in their order.
  func cells(ofShare share: Double) -> [StudyCell] {
    (0..<settings.seeds).flatMap { seed in
      settings.mixtures.map { StudyCell(share: share, mixture: $0, seed: seed) }
    }
  }

  /// Returns how many trainings come before one.
  func done(before cell: StudyCell) -> Int {
    let share = settings.shares.firstIndex(of: cell.share) ?? 0
    let place = settings.mixtures.firstIndex(of: cell.mixture) ?? 0
    return (share * settings.seeds + cell.seed) * settings.mixtures.count + place
  }

  /// Reads the synthetic images that are at hand; nil where generators of the study's own make them.
  ///
  /// Throws what reading them throws.
  func given(share: Double) throws -> SyntheticFolder? {
    guard let synthetic, settings.usesSynthetic else { return nil }
    return try SyntheticFolder(
      path: synthetic, data, settings, share: share, threads: backend.pool.threadCount)
  }
}
