import Imaging
import Support

extension ImageFolder {
  /// Returns the files with those of several frames replaced, where all of them are asked for, by one
  /// entry a frame, whose paths are `FILE[0]`, `FILE[1]` and so on.
  ///
  /// A file whose header cannot be read stays as it is, and is named when it is read.
  func files(_ frames: FrameChoice) -> [File] {
    guard frames == .all else { return files }
    return files.flatMap { file in
      let path = path(of: file)
      guard file.problem == nil, FileFormat.read(at: path) == .dicom,
        let count = (try? ImageHeader(contentsOf: path))?.origin.frames, count > 1
      else { return [file] }
      return (0..<count).map { file.choosing(frame: $0) }
    }
  }
}

extension ImageFolder {
  /// Returns the place among the files of each of the images that were read from them, by their paths;
  /// the frames of one file have the same. Traps where an image is of none of the files.
  public func places(ofImages paths: [String]) -> [Int] {
    let places = Dictionary(uniqueKeysWithValues: files.enumerated().map { ($1.path, $0) })
    return paths.map { path in
      let file = path.lastIndex(of: "[").map { String(path[..<$0]) }
      return requireValue(
        places[path] ?? file.flatMap { places[$0] }, "an image of no file: \(path)")
    }
  }
}

extension ImageFolder.File {
  /// Returns the same file, of which a frame is meant.
  fileprivate func choosing(frame: Int) -> ImageFolder.File {
    var file = self
    file.frame = frame
    return file
  }

  /// The path, and the frame in brackets where one is meant.
  var imagePath: String { path + (frame.map { "[\($0)]" } ?? "") }
}
