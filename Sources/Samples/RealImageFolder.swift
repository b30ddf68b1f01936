import DataSets
import Files
import Imaging
import Support

/// A folder of real images as the networks see them: `real-00001.png` and so on, names that say nothing
/// of the files that they come from.
public struct RealImageFolder {
  /// The folder.
  public let path: String
  private let mark: ImageMark

  /// Makes the folder where there is none.
  ///
  /// Throws `FileError` where it cannot be made or holds other pictures than those of an earlier export,
  /// and `DataSetError` where it cannot be searched.
  ///
  /// - Parameter run: The digest of the run, to be noted in every picture.
  public init(path: String, run: String) throws {
    self.path = path
    mark = .own(.realImage, [.init("run", run)])
    if Folder.exists(path) { try refuseOthers() }
    try Folder.create(path)
    try AtomicFile.removeLeftovers(in: path)
    try Folder.checkWritable(file: "\(path)/\(Self.name(0))")
  }

  /// Returns the name of the file of image `index`, counted from 0.
  public static func name(_ index: Int) -> String {
    let digits = String(index + 1)
    return "real-\(String(repeating: "0", count: max(0, 5 - digits.count)))\(digits).png"
  }

  /// Writes the images in their order, all with the channels that the networks see; those of an earlier
  /// export are replaced.
  ///
  /// Throws `FileError` and `ImageError`, and what reading the images throws.
  ///
  /// - Parameter progress: Is told how many are written.
  public func write(
    _ images: ImageDataSet, progress: (_ done: Int) -> Void = { _ in }
  ) throws {
    for name in try Folder.names(in: path) where isOwn(name) {
      try Folder.remove("\(path)/\(name)")
    }
    for index in 0..<images.count {
      try images.image(at: index).writePNG(to: "\(path)/\(Self.name(index))", mark: mark)
      progress(index + 1)
    }
  }

  /// Refuses a folder with pictures, at any depth, that would be taken for real images of this export.
  private func refuseOthers() throws {
    let pictures: [String]
    do throws(DataSetError) {
      pictures = try ImageFolder(root: path, split: .all, includesOwnPictures: true).files.map(
        \.path)
    } catch {
      guard error.kind == .noImages else { throw error }
      return
    }
    guard let other = pictures.first(where: { !isOwn($0) }) else { return }
    throw FileError(
      path: path, action: "use",
      reason:
        "it holds \(quoted(other)), which is not from an earlier export; name a new or empty folder"
    )
  }

  /// Returns whether a file is an image of an earlier export.
  private func isOwn(_ name: String) -> Bool {
    guard name.hasPrefix("real-"), name.hasSuffix(".png"),
      let number = Int(name.dropFirst(5).dropLast(4)), number > 0, name == Self.name(number - 1)
    else { return false }
    return ImageMark.read(at: "\(path)/\(name)")?.kind == .realImage
  }
}
