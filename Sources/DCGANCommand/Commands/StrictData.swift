import DataSets
import Support
import Training

/// What `--strict` demands of a data folder.
enum StrictData {
  /// Throws `TrainingError` that names the first thing that is neither used nor known to lie beside
  /// images.
  static func check(_ contents: FolderContents) throws {
    let others = contents.passedOver.filter { !$0.key.isByProduct }
    guard let (kind, paths) = others.min(by: { $0.value[0] < $1.value[0] }) else { return }
    let advice = kind.advice(for: paths.count).map { "\($0), " } ?? ""
    let them = paths.count == 1 ? "it" : "them"
    throw TrainingError(
      "\(contents.root): --strict expects every file to be used, found "
        + "\(kind.counted(paths.count)), the first \(paths[0]); \(advice)move \(them) away, name "
        + "\(them) with --exclude, or leave out --strict")
  }
}
