import DataSets
import Support
import Training

/// A data folder that no longer holds the files that a run began with.
struct ChangedData {
  private let recorded: RunConfiguration
  private let folder: RunFolder
  private let listing: ImageFolder
  private let data: String

  init(_ recorded: RunConfiguration, _ folder: RunFolder, _ listing: ImageFolder, data: String) {
    (self.recorded, self.folder) = (recorded, folder)
    (self.listing, self.data) = (listing, data)
  }

  /// The error that says what has changed, as far as the run knows, and the ways on.
  var error: TrainingError {
    let known = DataFileList(contentsOf: folder.dataFilesPath)
    let before = known?.count ?? recorded.images + recorded.skipped
    let changes = known.map { words($0.difference(to: DataFileList(listing))) } ?? ""
    return TrainingError(
      "\(data): the files have changed since the run in \(folder.path) began: "
        + "\(Formatting.grouped(listing.files.count)) now, \(Formatting.grouped(before)) then"
        + "\(changes). Restore the original files, name their folder with --data, or continue with the "
        + "present ones: add --accept-changed-data, which records the change\(anotherRun)")
  }

  /// How another run begins with this one's networks; nothing where it has none yet.
  private var anotherRun: String {
    // A folder that cannot be read must not hide what has changed.
    guard let newest = try? folder.latestCheckpointEpoch() else { return "" }
    let export = "dcgan export --run \(Formatting.shellWord(folder.path)) --epoch \(newest)"
    return
      ", or start a new run with the networks of this one: \(export) --out netG.safetensors && "
      + "\(export) --discriminator --out netD.safetensors && "
      + "dcgan train --data \(Formatting.shellWord(data)) --run ./another-run "
      + "\(recorded.trainingOptions) --init-generator netG.safetensors "
      + "--init-discriminator netD.safetensors"
  }

  private func words(_ difference: DataFileList.Difference) -> String {
    let parts = [
      ("new", difference.added), ("missing", difference.missing),
      ("of a different size", difference.changed),
    ]
    return parts.filter { !$0.1.isEmpty }.map { "; \($0.0): \(list($0.1))" }.joined()
  }

  /// Names the first files.
  private func list(_ paths: [String]) -> String {
    let shown = paths.prefix(3).map { quoted($0) }.joined(separator: ", ")
    return paths.count > 3 ? "\(shown) and \(Formatting.grouped(paths.count - 3)) more" : shown
  }
}
