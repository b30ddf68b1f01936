import DataSets
import Foundation
import Imaging
import Support
import Tensor

/// Runs `dcgan score`.
package enum ScoreCommand {
  /// Images that run at a time.
  private static let batch = 64

  /// Does the work with checked options and returns how it ended.
  package static func run(_ options: ScoreOptions, _ console: Console) throws -> ExitCode {
    let trained = try TrainedModel(options.networks, threads: options.threads)
    let classes = try ScoredClasses(options, trained)
    let reading = reading(options, trained)
    let inputs = try options.paths.flatMap(inputs)
    let progress = ProgressLine(console: console, quiet: options.quiet)
    defer { progress.finish() }
    let pace = EvenPace(startedAt: console.now())
    var lines: [ScoredImage] = []
    var failures = 0
    try console.whileSomebodyReads {
      for first in stride(from: 0, to: inputs.count, by: batch) {
        let chunk = inputs[first..<min(inputs.count, first + batch)]
        let scored = score(chunk, reading, trained, classes) { error in
          failures += 1
          progress.warn(Message(error).text)
        }
        progress.update(
          .counting(
            "scoring", done: chunk.endIndex, of: inputs.count,
            secondsLeft: pace.secondsLeft(
              done: chunk.endIndex, of: inputs.count, at: console.now())))
        if options.json {
          lines += scored
        } else {
          try progress.aside { try print(scored, console) }
        }
      }
      if options.json { try progress.aside { try console.printJSON(lines) } }
    }
    progress.finish()
    if failures > 0 {
      console.writeError("dcgan score: \(failures) of \(inputs.count) images could not be read\n")
    }
    return failures == 0 ? .done : .failed
  }

  /// Returns how files are read: as the run reads them, where the options do not say otherwise.
  private static func reading(_ options: ScoreOptions, _ trained: TrainedModel) -> ImageReading {
    var reading = trained.reading
    reading.window = options.window ?? reading.window
    reading.frames = options.frames ?? reading.frames
    reading.allowsBurnedIn = reading.allowsBurnedIn || options.allowsBurnedIn
    return reading
  }

  /// A file to score, or why it cannot be.
  private struct Input {
    let path: String
    var problem: String?
  }

  private struct ScoredImage: Encodable {
    let file: String
    let score: Float
  }

  /// Lists a folder's images but for the sheet of a drawing, or the one path; throws `DataSetError` where a folder holds none.
  private static func inputs(_ path: String) throws -> [Input] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue
    else { return [Input(path: path)] }
    let listing = try ImageFolder(root: path, split: .all, includesOwnPictures: true)
    return listing.files.map { Input(path: listing.path(of: $0), problem: $0.problem) }
      .filter { !SampleNames.isSheet($0.path) }
  }

  /// Scores those of a few files that can be read, and tells of the others.
  private static func score(
    _ inputs: ArraySlice<Input>, _ reading: ImageReading, _ trained: TrainedModel,
    _ classes: ScoredClasses,
    onFailure: (ImageError) -> Void
  ) -> [ScoredImage] {
    var seen: [(file: String, image: PixelImage, label: Int)] = []
    for input in inputs {
      do throws(ImageError) {
        if let problem = input.problem {
          throw ImageError(.unreadable, file: input.path, problem: problem)
        }
        let label = try classes.label(of: input.path)
        for (frame, image) in try networkImages(at: input.path, reading: reading) {
          seen.append((input.path + (frame.map { "[\($0)]" } ?? ""), image, label))
        }
      } catch {
        onFailure(error)
      }
    }
    return stride(from: 0, to: seen.count, by: batch).flatMap { first in
      let part = seen[first..<min(seen.count, first + batch)]
      let images = Tensor(
        networkImages: part.map(\.image), size: reading.size, channels: reading.channels)
      let scores = trained.model.score(images, labels: part.map(\.label), trained.backend)
      return zip(part.map(\.file), scores).map(ScoredImage.init)
    }
  }

  private static func print(_ scored: [ScoredImage], _ console: Console) throws {
    for line in scored { try console.print(fields: ["\(line.score)", line.file]) }
  }
}
