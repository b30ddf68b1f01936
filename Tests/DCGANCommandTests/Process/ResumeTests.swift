import Foundation
import Support
import Tensor
import TestSupport
import Testing
import Training

/// Runs that stop and go on.
@Suite(.slow) struct ResumeTests {
  private let run: ResumableRun
  private var folder: TemporaryFolder { run.folder }

  init() throws { run = try ResumableRun() }

  @Test func aFolderThatHoldsARunIsRefused() throws {
    let before = try PracticeRun.read("metrics.jsonl")
    let outcome = try Executable.run(Practice.phantoms.training(run: PracticeRun.path))
    #expect(outcome.code == 1)
    #expect(
      outcome.error == "dcgan train: \(PracticeRun.path): already holds a run; continue it with "
        + "--resume, or choose another folder with --run\n")
    #expect(outcome.output.isEmpty)
    #expect(try PracticeRun.read("metrics.jsonl") == before)
  }

  @Test func `without a run there is nothing to resume`() throws {
    let outcome = try run.resume()
    #expect(outcome.code == 1)
    #expect(
      outcome.error
        == "dcgan train: \(run.path): does not exist; name a run's folder with --run, or "
        + "train one first\n")
    #expect(try folder.names() == [])
  }

  @Test(arguments: [1, 5, 7, 14])
  func `a run stopped after any step makes the same bytes once resumed`(steps: Int) throws {
    let stopped = try Practice.phantoms.train(run: run.path, ["--steps", "\(steps)"])
    let place = steps % 5 == 0 ? "after" : "in"
    #expect(
      stopped.output
        == "steps reached \(place) epoch \((steps + 4) / 5), step \(steps), seed 7: \(run.path); "
        + "continue with dcgan train --run \(run.path) --resume\n")
    #expect(try RunFolder.open(at: run.path).configuration().steps == steps)
    let told = stopped.errorLines.filter { $0.hasPrefix("training: ") || $0.hasPrefix("epoch ") }
    #expect(told.count == 1 + steps / 5)

    let resumed = try run.resume()
    #expect(resumed.output == "finished after epoch 3, step 15, seed 7: \(run.path)\n")
    #expect(resumed.errorLines.first?.hasPrefix("resuming after step \(steps): 39 images") == true)
    #expect(try RunFolder.open(at: run.path).configuration().steps == nil)
    try run.expectTheUninterrupted()
  }

  @Test(arguments: Practice.all)
  func `a run stopped within an epoch makes the same bytes once resumed`(_ practice: Practice)
    throws
  {
    try practice.train(run: folder.file("whole"))
    try practice.train(run: run.path, ["--steps", "1"])
    #expect(try run.resume().code == 0)
    let name = PracticeRun.checkpoint(practice.epochs)
    #expect(try folder.read("run/\(name)") == folder.read("whole/\(name)"))
  }

  @Test func moreEpochsMayBeAskedFor() throws {
    try Practice.phantoms.train(run: run.path, epochs: 1)
    #expect(try run.resume().output == "finished after epoch 1, step 5, seed 7: \(run.path)\n")
    #expect(try run.resume(["--epochs", "2"]).code == 0)
    #expect(try run.resume(["--epochs", "3", "--threads", "1"]).code == 0)
    #expect(try RunFolder.open(at: run.path).configuration().epochs == 3)
    try run.expectTheUninterrupted()
  }

  @Test func `fewer steps than were made are refused, and not recorded`() throws {
    #expect(try Practice.phantoms.train(run: run.path, ["--steps", "4"]).code == 0)
    let refused = try run.resume(["--steps", "3"])
    #expect(refused.code == 1)
    #expect(
      refused.error.hasSuffix(
        "dcgan train: --steps 3: the run in \(run.path) has already done 4 steps, and --steps counts all steps "
          + "of a run; give more, or leave the option out\n"), "\(refused.error)")
    #expect(try RunFolder.open(at: run.path).configuration().steps == 4)
    #expect(try run.resume(["--steps", "4"]).code == 0)
  }

  @Test func `a recipe with another penalty is refused`() throws {
    #expect(
      try Practice.phantoms.train(run: run.path, ["--steps", "1", "--recipe", "averaged"]).code == 0
    )
    let refused = try run.resume(["--recipe", "varied"])
    #expect(refused.code == 1)
    #expect(
      refused.error.contains(
        "--recipe varied, which sets --r1 0.05: the run in \(run.path) was started with 0.0;"),
      "\(refused.error)")
  }

  /// Kernels that this machine has beside those that it trains with.
  private static let otherVariant = [Variant.baseline, .avx2].first {
    $0.isSupported
      && $0 != (try? Variant.selected(environment: ProcessInfo.processInfo.environment))
  }

  @Test(.enabled(if: otherVariant != nil, "this machine has kernels of one variant alone"))
  func anotherKernelVariantIsToldOnce() throws {
    let other = try #require(Self.otherVariant).rawValue
    try Practice.phantoms.train(run: run.path, epochs: 1)
    let recorded = try RunFolder.open(at: run.path).configuration().variant
    let outcome = try Executable.run(
      ["train", "--run", run.path, "--resume", "--quiet", "--epochs", "2"],
      environment: ["DCGAN_VARIANT": other])
    #expect(outcome.code == 0)
    #expect(
      outcome.error
        == "warning: the run was computed with \(recorded) kernels and continues with \(other): "
        + "the last digits of its numbers will differ from those of an uninterrupted run; set "
        + "DCGAN_VARIANT=\(recorded) to use the same kernels\n")
    #expect(try RunFolder.open(at: run.path).configuration().variant == other)
  }

  @Test func `a folder with spaces is quoted for the shell`() throws {
    let run = folder.file("my run")
    let stopped = try Practice.phantoms.train(run: run, epochs: 1, ["--steps", "1"])
    #expect(
      stopped.output.hasSuffix(": \(run); continue with dcgan train --run '\(run)' --resume\n"))
  }
}
