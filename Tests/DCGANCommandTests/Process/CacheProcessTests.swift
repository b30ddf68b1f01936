import DataSets
import Foundation
import TestSupport
import Testing
import Training

/// `dcgan train --cache`, as a user runs it.
@Suite(.slow) struct CacheProcessTests {
  private let run: ResumableRun
  private var folder: TemporaryFolder { run.folder }
  private var cache: String { folder.file("set.cache") }

  init() throws { run = try ResumableRun() }

  private func config(_ name: String = "run") throws -> RunConfiguration {
    try RunFolder.open(at: folder.file(name)).configuration()
  }

  @Test func `a run on a cache is the run in memory, stopped and resumed or not`() throws {
    let begun = try Practice.phantoms.train(run: run.path, ["--cache", cache, "--steps", "7"])
    #expect(
      begun.errorLines.first == "building the cache \(cache), about 39.9 kB", "\(begun.error)")
    let recorded = try config()
    #expect(recorded.program.cache?.hasPrefix("/") == true)
    #expect(recorded.program.cache?.hasSuffix(cache) == true)
    // What decides the numbers is the same.
    #expect(try recorded.digest == RunFolder.open(at: PracticeRun.path).configuration().digest)
    let resumed = try run.resume(["--epochs", "3"])
    #expect(resumed.code == 0 && !resumed.error.contains("building"), "\(resumed.error)")
    let used = try #require(recorded.program.cache)
    #expect(
      resumed.errorLines.contains("reading the images from the cache \(used)"), "\(resumed.error)")
    try run.expectTheUninterrupted()
  }

  @Test func `a folder holds a cache for each kind of images, and runs share them`() throws {
    let caches = folder.file("caches")
    for (name, more) in [("a", []), ("b", []), ("c", ["--fit", "pad"])] {
      let outcome = try Practice.phantoms.train(
        run: folder.file(name), epochs: 1, ["--cache", "\(caches)/"] + more)
      #expect(outcome.error.contains("building the cache") == (name != "b"), "\(outcome.error)")
    }
    let names = try folder.names("caches")
    #expect(names.count == 2 && names.allSatisfy { $0.hasPrefix("images-") })
    #expect(try config("a").program.cache == config("b").program.cache)
    #expect(try config("a").program.cache != config("c").program.cache)
  }

  @Test func `a cache that cannot be made leaves no folder of a run`() throws {
    let refused = try Executable.run(
      Practice.phantoms.training(
        run: folder.file("refused"), epochs: 1, ["--cache", folder.file("missing/set.cache")]))
    #expect(refused.code == 1 && refused.error.contains("missing"), "\(refused.error)")
    #expect(try folder.names().contains("refused") == false)
    // The run's own folder, which is not there yet, is the usual place.
    let own = try Practice.phantoms.train(
      run: folder.file("own"), epochs: 1, ["--cache", folder.file("own/set.cache"), "--steps", "1"])
    #expect(own.error.contains("building the cache"), "\(own.error)")
  }

  @Test func `two processes that need the same cache at once build it once`() throws {
    let arguments = ["a", "b"].map {
      Practice.phantoms.training(run: folder.file($0), epochs: 1, ["--cache", cache])
    }
    let running = try arguments.map { try Executable.Running($0) }
    let outcomes = try running.map { try $0.outcome() }
    #expect(outcomes.map(\.code) == [0, 0])
    #expect(outcomes.count { $0.error.contains("building the cache") } == 1)
    let name = PracticeRun.checkpoint(1)
    #expect(try folder.read("a/\(name)") == folder.read("b/\(name)"))
  }

  @Test func `a resumed run says what is missing of its cache`() throws {
    let caches = folder.file("caches")
    try Practice.phantoms.train(run: run.path, epochs: 1, ["--cache", "\(caches)/"])
    let recorded = try #require(try config().program.cache)
    try FileManager.default.removeItem(atPath: recorded)
    let again = try run.resume(["--epochs", "2", "--quiet"])
    #expect(
      again.code == 0
        && again.error == "warning: \(recorded): the run in \(run.path) read its "
          + "images from this cache, which is not there now; it is built again\n"
    )
    try FileManager.default.moveItem(atPath: caches, toPath: folder.file("moved"))
    let gone = try run.resume(["--epochs", "3"])
    #expect(gone.code == 1)
    #expect(
      gone.error == "dcgan train: \(recorded): the run in \(run.path) reads its images from this "
        + "cache, whose folder is not there now; give its present place with --cache, or keep the "
        + "images in memory with --cache none\n")
    #expect(try run.resume(["--epochs", "3", "--cache", "none"]).code == 0)
    #expect(try config().program.cache == "none")
    try run.expectTheUninterrupted()
  }

  @Test func `another cache is refused by name, before anything is written`() throws {
    try Practice.phantoms.train(run: run.path, epochs: 1, ["--cache", cache])
    let other = folder.file("other")
    let outcome = try Executable.run(
      Practice.phantoms.training(run: other, epochs: 1, ["--cache", cache, "--fit", "pad"]))
    #expect(outcome.code == 1)
    #expect(
      outcome.error == "dcgan train: \(cache): it was made of other images: expected images made "
        + "square by pad, found crop; remove it to have it built again, or name another with --cache\n"
    )
    #expect(!RunFolder.exists(at: other))
  }

  @Test func `a place that cannot be written is named`() throws {
    for (place, problem) in [
      (
        folder.file("none/set.cache"), "there is no folder \(folder.file("none/")): create it first"
      ),
      ("/proc/set.cache", nil),
    ] {
      let outcome = try Executable.run(
        Practice.phantoms.training(run: run.path, epochs: 1, ["--cache", place]))
      #expect(outcome.code == 1)
      #expect(outcome.error.hasPrefix("dcgan train: cannot write \(place)"), "\(outcome.error)")
      if let problem { #expect(outcome.error.contains(problem), "\(outcome.error)") }
    }
  }

  /// Of 39 images of 32x32 grey pixels a block's worth; the disk holds less.
  @Test(.enabled(if: DiskTests.canMount, "no file system can be mounted here"))
  func `a disk without room is refused before building, one that fills up while it is`() throws {
    let disk = folder.file("disk")
    let command = Practice.phantoms.training(run: run.path, epochs: 1, ["--cache", "\(disk)/c"])
      .joined(separator: " ")
    try folder.write(
      """
      mkdir -p '\(disk)' && mount -t tmpfs -o size=$2 none '\(disk)' || exit 9
      "$1" \(command)
      code=$?
      ls '\(disk)'
      exit $code
      """, to: "script.sh")
    func outcome(_ size: String) throws -> Executable.Outcome {
      try Executable.runInShell(
        "exec unshare -m sh '\(folder.file("script.sh"))' \"$0\" \(size)", [])
    }
    let small = try outcome("32k")
    #expect(small.code == 1)
    #expect(
      small.error.hasPrefix(
        "dcgan train: \(disk)/c: expected room for about 1 MiB, which the decoded images need, found 0 MiB"
      ),
      "\(small.error)")
    // Room for the images, but not for their list.
    let tight = try outcome("40k")
    #expect(tight.code == 1)
    #expect(tight.error.contains("the disk is full"), "\(tight.error)")
  }
}
