import Phantoms

/// Runs `dcgan phantom`.
package enum PhantomCommand {
  /// Does the work with checked options and returns how it ended.
  package static func run(_ options: PhantomOptions, _ console: Console) throws -> ExitCode {
    let set = PhantomSet(count: options.count)
    let progress = ProgressLine(console: console, quiet: options.quiet)
    let pace = EvenPace(startedAt: console.now())
    do {
      try set.write(to: options.out, seed: options.seed) { done, total in
        progress.update(
          .counting(
            "drawing", done: done, of: total,
            secondsLeft: pace.secondsLeft(done: done, of: total, at: console.now())))
      }
    } catch {
      progress.finish()
      throw error
    }
    progress.finish(.counting("drawing", done: options.count, of: options.count))
    try console.print(summary(of: set, in: options.out))
    return .done
  }

  /// Says how many images of which class lie in which part.
  private static func summary(of set: PhantomSet, in folder: String) -> String {
    let parts = ["train", "test", "val"].compactMap { split -> String? in
      let counts = PhantomKind.allCases.map { kind in
        (kind, set.entries.count { $0.path.hasPrefix("\(split)/\(kind.rawValue)/") })
      }
      guard counts.contains(where: { $0.1 > 0 }) else { return nil }
      return "\(split) " + counts.map { "\($0.1) \($0.0.rawValue)" }.joined(separator: " and ")
    }
    let images = set.entries.count == 1 ? "1 image" : "\(set.entries.count) images"
    return "wrote \(images) to \(folder): \(parts.joined(separator: ", ")); "
      + "drawings only, no patients"
  }
}
