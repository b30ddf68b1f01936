/// What older versions of this program left in a folder, whose pictures bear no mark: those of a run,
/// those of a drawing of samples, and those that passed a review.
struct OwnPictures {
  private let isRun: Bool
  private let holdsSamples: Bool

  init(among entries: [FolderEntry], of folder: String) {
    func holds(_ name: String, isFolder: Bool) -> Bool {
      entries.contains { $0.name == name && $0.status?.isFolder == isFolder }
    }
    isRun =
      holds(RunNames.configuration, isFolder: false)
      && holds(RunNames.checkpoints, isFolder: true)
    holdsSamples =
      holds(SampleNames.table, isFolder: false) && SampleNames.hasTable(in: folder)
      || holds(ReviewManifest.name, isFolder: false) && ReviewManifest(in: folder) != nil
  }

  /// Returns whether the file or folder of this name is a picture, or holds some.
  func contains(_ name: String) -> Bool {
    isRun && RunNames.pictures.contains(name) || holdsSamples && SampleNames.isPicture(name)
  }
}
