import DCGAN

extension ImageFolder {
  /// Holds the relative paths of the files.
  var names: [String] { files.map(\.path) }
}
