import DCGAN
import DataSets
import Imaging
import Samples
import Support

/// The class that each image is scored as, where the networks know some.
struct ScoredClasses {
  private let folders: FolderClasses?
  private let chosen: Int?

  /// Takes the class that was asked for; throws `SampleClassError` where the networks do not know it.
  init(_ options: ScoreOptions, _ trained: TrainedModel) throws {
    let classes = trained.model.settings.classes
    folders = classes.map { FolderClasses(names: $0.names) }
    guard let name = options.className else {
      chosen = nil
      return
    }
    guard let label = classes?.label(of: name) else {
      throw SampleClassError(name: name, known: classes?.names)
    }
    chosen = label
  }

  /// Returns the label of an image, that of its mark or of its folder; 0 where the networks know no classes.
  ///
  /// Throws `ImageError` where no folder on its path has the name of a class.
  func label(of path: String) throws(ImageError) -> Int {
    guard let folders else { return 0 }
    let marked = ImageMark.read(at: path)?["class"].flatMap(folders.names.firstIndex)
    if let label = chosen ?? marked ?? folders.label(of: path) { return label }
    let names = folders.names.prefix(5).map(quoted).joined(separator: ", ")
    throw ImageError(
      .unexpectedLayout, file: path,
      problem: "expected the image in the folder of a class that the networks know (\(names)); "
        + "name its class with --class")
  }
}
