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
      holds(RunFolder.configurationName, isFolder: false)
      && holds(Artifact.checkpoint.folder, isFolder: true)
    holdsSamples =
      holds(SampleFolder.tableName, isFolder: false) && SampleFolder.hasTable(in: folder)
      || holds(PassedSamples.manifestName, isFolder: false) && PassedSamples.hasManifest(in: folder)
  }

  func contains(_ name: String) -> Bool {
    isRun && RunFolder.pictureNames.contains(name)
      || holdsSamples && SampleFolder.isPicture(name)
  }
}
