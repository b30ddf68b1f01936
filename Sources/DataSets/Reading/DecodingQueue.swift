import Dispatch
import Files
import Imaging
import Support

/// Decodes files, handed out in order to several workers, in as much memory as one of them may need.
package final class DecodingQueue<Outcome: Sendable>: Sendable {
  /// A report of how many files are done, of how many.
  package typealias Progress = @Sendable (_ done: Int, _ total: Int) -> Void

  /// Makes something of a file whose header was read.
  package typealias Decode = @Sendable (ImageFolder.File, ImageHeader) throws(ImageError) -> Outcome

  private struct State {
    var outcomes: [Result<Outcome, ImageError>?]
    var started = 0
    var done = 0
    var isStopped = false
    /// The outcomes that were handed on, where they are.
    var delivered = 0
    var isDelivering = false
  }

  private let files: [ImageFolder.File]
  private let folder: String
  private let limits: ImageLimits
  private let stopsAtFailure: Bool
  private let progress: Progress?
  private let decode: Decode
  private let state: Locked<State>
  /// Bounds the memory that all workers together need beside the results: as much as the largest
  /// file, the largest deflated one once it is inflated, and the largest image. Whoever waits for one of
  /// them holds none of those after it, so none waits for ever.
  private let bytesInFlight: Allowance
  private let inflatedInFlight: Allowance
  private let pixelsInFlight: Allowance

  /// Prepares for files of `folder`; where `stopsAtFailure`, none is handed out after one that failed.
  package init(
    _ files: [ImageFolder.File], of folder: String, limits: ImageLimits = ImageLimits(),
    stopsAtFailure: Bool = false, progress: Progress? = nil, decode: @escaping Decode
  ) {
    self.files = files
    self.folder = folder
    self.limits = limits
    self.stopsAtFailure = stopsAtFailure
    self.progress = progress
    self.decode = decode
    bytesInFlight = Allowance(limits.maximumFileBytes)
    inflatedInFlight = Allowance(limits.maximumInflatedBytes)
    pixelsInFlight = Allowance(limits.maximumPixels)
    state = Locked(State(outcomes: Array(repeating: nil, count: files.count)))
  }

  /// Decodes with up to `threads` workers and returns what came of every file, in order.
  ///
  /// Where a failure stops it, files after that one may be left out (nil), but none before it:
  /// which failure is the first does not depend on `threads`.
  package func run(threads: Int) -> [Result<Outcome, ImageError>?] {
    DispatchQueue.concurrentPerform(iterations: min(threads, files.count)) { _ in
      while let index = next() {
        do throws(ImageError) {
          finish(index, .success(try outcome(of: files[index])))
        } catch {
          finish(index, .failure(error))
        }
      }
    }
    return state.withLock { $0.outcomes }
  }

  /// Decodes with up to `threads` workers and hands every outcome on, in order and one at a time, so that
  /// few are held at any moment; rethrows what `receive` throws, after which none is handed on.
  package func run(
    threads: Int, _ receive: @escaping @Sendable (Result<Outcome, ImageError>) throws -> Void
  ) throws {
    let failure = Locked<(any Error)?>(nil)
    let workers = min(threads, files.count)
    let ahead = Allowance(Self.aheadOfEachWorker * workers)
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      while true {
        ahead.take(1)
        guard let index = next() else { break }
        do throws(ImageError) {
          finish(index, .success(try outcome(of: files[index])))
        } catch {
          finish(index, .failure(error))
        }
        var isFirst = true
        while let outcome = nextToDeliver(isFirst: isFirst) {
          isFirst = false
          defer { ahead.giveBack(1) }
          guard failure.withLock({ $0 == nil }) else { continue }
          do {
            try receive(outcome)
          } catch {
            failure.withLock { $0 = error }
            state.withLock { $0.isStopped = true }
          }
        }
      }
      // Whoever waits meets the end too.
      ahead.giveBack(1)
    }
    if let error = failure.withLock(\.self) { throw error }
  }

  /// How many outcomes may wait for an earlier one, for each worker.
  private static var aheadOfEachWorker: Int { 4 }

  /// Returns the next outcome to hand on, which is then forgotten; nil where it is not there yet, or
  /// another worker is handing one on.
  private func nextToDeliver(isFirst: Bool) -> Result<Outcome, ImageError>? {
    state.withLock {
      if isFirst && $0.isDelivering { return nil }
      guard $0.delivered < files.count, let outcome = $0.outcomes[$0.delivered] else {
        $0.isDelivering = false
        return nil
      }
      $0.isDelivering = true
      $0.outcomes[$0.delivered] = nil
      $0.delivered += 1
      return outcome
    }
  }

  /// Waits for its share of the bytes, reads the file, waits for room to inflate it where it is deflated and
  /// for its share of the pixels, and decodes.
  private func outcome(of file: ImageFolder.File) throws(ImageError) -> Outcome {
    let path = try file.readablePath(in: folder)
    bytesInFlight.take(file.bytes)
    defer { bytesInFlight.giveBack(file.bytes) }
    let bytes = try ImageHeader.bytes(of: path, limits: limits)
    // How many it will be is known only afterwards.
    let inflated = ImageHeader.inflatedBytes(of: bytes, limits: limits)
    inflatedInFlight.take(inflated)
    defer { inflatedInFlight.giveBack(inflated) }
    let header = try ImageHeader(bytes: bytes, file: path, limits: limits)
    pixelsInFlight.take(header.pixelsToDecode)
    defer { pixelsInFlight.giveBack(header.pixelsToDecode) }
    return try decode(file, header)
  }

  private func next() -> Int? {
    state.withLock {
      guard !$0.isStopped, $0.started < files.count else { return nil }
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
      progress?($0.done, files.count)
    }
  }
}

extension ImageFolder.File {
  /// Returns the full path of this file of `folder`; throws `ImageError` where it is known already that
  /// it cannot be used.
  fileprivate func readablePath(in folder: String) throws(ImageError) -> String {
    let path = Folder.join(folder, self.path)
    if let problem { throw ImageError(.unreadable, file: path, problem: problem) }
    return path
  }
}
