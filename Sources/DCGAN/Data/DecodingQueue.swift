import Dispatch
import Imaging
import Tensor

/// Decodes the files of a listing, handed out in order to several workers.
final class DecodingQueue: Sendable {
  /// Is told how many files are done, of how many.
  typealias Progress = @Sendable (_ done: Int, _ total: Int) -> Void

  /// A picture, and what was seen of its file.
  typealias Picture = (image: PixelImage, traits: ImageTraits)

  private struct State {
    var outcomes: [Result<Picture, ImageError>?]
    var started = 0
    var done = 0
    var isStopped = false
  }

  private let listing: ImageFolder
  private let reading: ImageReading
  private let limits: ImageLimits
  private let stopsAtFailure: Bool
  private let progress: Progress?
  private let state: Locked<State>
  /// Bounds the memory that all workers together need beside the results: as much as the largest
  /// file and the largest picture. Whoever waits for pixels holds bytes only, so none waits for ever.
  private let bytesInFlight: Allowance
  private let pixelsInFlight: Allowance

  /// Prepares for the files of `listing`; the other parameters are those of `ImageDataSet`.
  init(
    listing: ImageFolder, reading: ImageReading, limits: ImageLimits, stopsAtFailure: Bool,
    progress: Progress?
  ) {
    self.listing = listing
    self.reading = reading
    self.limits = limits
    self.stopsAtFailure = stopsAtFailure
    self.progress = progress
    bytesInFlight = Allowance(limits.maximumFileBytes)
    pixelsInFlight = Allowance(limits.maximumPixels)
    state = Locked(State(outcomes: Array(repeating: nil, count: listing.files.count)))
  }

  /// Decodes with up to `threads` workers and returns what came of every file, in order.
  ///
  /// Where a failure stops it, files after that one may be left out (nil), but none before it:
  /// which failure is the first does not depend on `threads`.
  func run(threads: Int) -> [Result<Picture, ImageError>?] {
    DispatchQueue.concurrentPerform(iterations: min(threads, listing.files.count)) { _ in
      while let index = next() {
        do throws(ImageError) {
          finish(index, .success(try decode(listing.files[index])))
        } catch {
          finish(index, .failure(error))
        }
      }
    }
    return state.withLock { $0.outcomes }
  }

  private func decode(_ file: ImageFolder.File) throws(ImageError) -> Picture {
    let path = listing.path(of: file)
    if let problem = file.problem { throw ImageError(.unreadable, file: path, problem: problem) }
    bytesInFlight.take(file.bytes)
    defer { bytesInFlight.giveBack(file.bytes) }
    var pixels = 0
    defer { pixelsInFlight.giveBack(pixels) }
    return try networkImageAndTraits(at: path, reading: reading, limits: limits) {
      pixels = $0
      pixelsInFlight.take($0)
    }
  }

  private func next() -> Int? {
    state.withLock {
      guard !$0.isStopped, $0.started < listing.files.count else { return nil }
      $0.started += 1
      return $0.started - 1
    }
  }

  /// Reports within the lock, so that the numbers arrive in order.
  private func finish(_ index: Int, _ outcome: Result<Picture, ImageError>) {
    state.withLock {
      $0.outcomes[index] = outcome
      $0.done += 1
      if stopsAtFailure, case .failure = outcome { $0.isStopped = true }
      progress?($0.done, listing.files.count)
    }
  }
}
