import DCGAN
import Foundation
import Imaging
import Tensor

/// Runs `dcgan score`.
package enum ScoreCommand {
  /// Images that run at a time.
  private static let batch = 64

  /// Does the work with checked options and returns how it ended.
  package static func run(_ options: ScoreOptions, _ console: Console) throws -> ExitCode {
    let trained = try TrainedModel(
      run: options.run, epoch: options.epoch, threads: options.threads)
    let paths = try options.paths.flatMap(imagePaths)
    var lines: [ScoredImage] = []
    var failures = 0
    for first in stride(from: 0, to: paths.count, by: batch) {
      let images = paths[first..<min(paths.count, first + batch)].compactMap { path in
        do {
          return ScoreInput(path: path, image: try read(path, trained.model.settings))
        } catch {
          failures += 1
          console.writeError("warning: \(error)\n")
          return nil
        }
      }
      guard !images.isEmpty else { continue }
      let scores = trained.model.score(tensor(images, trained.model.settings), trained.backend)
      for (input, score) in zip(images, scores) {
        let line = ScoredImage(file: input.path, score: score)
        if options.json { lines.append(line) } else { try console.print("\(score)\t\(input.path)") }
      }
    }
    if options.json { try console.printJSON(lines) }
    if failures > 0 {
      console.writeError("dcgan score: \(failures) of \(paths.count) images could not be read\n")
    }
    return failures == 0 ? .done : .failed
  }

  private struct ScoreInput {
    let path: String
    let image: PixelImage
  }

  private struct ScoredImage: Encodable {
    let file: String
    let score: Float
  }

  /// Lists a folder's images, or the one path; throws `DataSetError` where a folder holds none.
  private static func imagePaths(_ path: String) throws -> [String] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue
    else { return [path] }
    let listing = try ImageFolder(root: path, split: .all)
    return listing.files.map(listing.path)
  }

  /// Reads an image as the networks see it.
  private static func read(_ path: String, _ settings: ModelSettings) throws -> PixelImage {
    let decoded = try DecodedImage(contentsOf: path, forShorterSide: settings.size)
    return settings.channels == 1
      ? decoded.grey().squared(to: settings.size) : decoded.squared(to: settings.size).rgb()
  }

  private static func tensor(_ inputs: [ScoreInput], _ settings: ModelSettings) -> Tensor {
    let values = inputs.flatMap { $0.image.pixels.map { Float($0) / 127.5 - 1 } }
    return Tensor(
      values, shape: Shape(inputs.count, settings.size, settings.size, settings.channels))
  }
}
