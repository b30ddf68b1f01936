import Dispatch
import Imaging
import Support
import Tensor

/// Decodes files, handed out in order to several workers, in as much memory as one of them may need.
final class DecodingWorkers<Outcome: Sendable>: Sendable {
  /// A report of how many files are done, of how many.
  typealias Progress = @Sendable (_ done: Int, _ total: Int) -> Void

  /// Makes something of the file at an index; calls the second with the pixels before it decodes them.
  typealias Decode = @Sendable (Int, (_ pixels: Int) -> Void) throws(ImageError) -> Outcome

  private struct State {
    var outcomes: [Result<Outcome, ImageError>?]
    var started = 0
    var done = 0
    var isStopped = false
  }

  private let sizes: [Int]
  private let stopsAtFailure: Bool
  private let progress: Progress?
  private let decode: Decode
  private let state: Locked<State>
  /// Bounds the memory that all workers together need beside the results: as much as the largest
  /// file and the largest image. Whoever waits for pixels holds bytes only, so none waits for ever.
  private let bytesInFlight: Allowance
  private let pixelsInFlight: Allowance

  /// Prepares for files of so many bytes each.
  init(
    sizes: [Int], limits: ImageLimits, stopsAtFailure: Bool = false, progress: Progress?,
    decode: @escaping Decode
  ) {
    self.sizes = sizes
    self.stopsAtFailure = stopsAtFailure
    self.progress = progress
    self.decode = decode
    bytesInFlight = Allowance(limits.maximumFileBytes)
    pixelsInFlight = Allowance(limits.maximumPixels)
    state = Locked(State(outcomes: Array(repeating: nil, count: sizes.count)))
  }

  /// Decodes with up to `threads` workers and returns what came of every file, in order.
  ///
  /// Where a failure stops it, files after that one may be left out (nil), but none before it:
  /// which failure is the first does not depend on `threads`.
  func run(threads: Int) -> [Result<Outcome, ImageError>?] {
    DispatchQueue.concurrentPerform(iterations: min(threads, sizes.count)) { _ in
      while let index = next() {
        do throws(ImageError) {
          finish(index, .success(try outcome(of: index)))
        } catch {
          finish(index, .failure(error))
        }
      }
    }
    return state.withLock { $0.outcomes }
  }

  private func outcome(of index: Int) throws(ImageError) -> Outcome {
    bytesInFlight.take(sizes[index])
    defer { bytesInFlight.giveBack(sizes[index]) }
    var pixels = 0
    defer { pixelsInFlight.giveBack(pixels) }
    return try decode(index) {
      pixels = $0
      pixelsInFlight.take($0)
    }
  }

  private func next() -> Int? {
    state.withLock {
      guard !$0.isStopped, $0.started < sizes.count else { return nil }
      $0.started += 1
      return $0.started - 1
    }
  }

  /// Reports within the lock, so that the numbers arrive in order.
  private func finish(_ index: Int, _ outcome: Result<Outcome, ImageError>) {
    state.withLock {
      $0.outcomes[index] = outcome
      $0.done += 1
      if stopsAtFailure, case .failure = outcome { $0.isStopped = true }
      progress?($0.done, sizes.count)
    }
  }
}
