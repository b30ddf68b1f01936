import Foundation
import TestSupport
import Testing
import Training

/// Settings that are given again where a run goes on.
@Suite(.slow) struct ResumeSettingsTests {
  private let run: ResumableRun
  private var folder: TemporaryFolder { run.folder }

  init() throws { run = try ResumableRun() }

  @Test(arguments: [
    ("--size 64", "32"), ("--batch 16", "8"), ("--channels 1", "3"), ("--nz 50", "100"),
    ("--ngf 8", "4"), ("--ndf 2", "4"), ("--lr 0.001", "0.0002"), ("--beta1 0.9", "0.5"),
    ("--label-smoothing 0.2", "0.1"), ("--lr-d 0.001", "0.0002"), ("--lr-g 0.5", "0.0002"),
    ("--instance-noise 0.2", "0.1"), ("--augment cutout", "translation,cutout"),
    ("--ema 0.5", "0.999"), ("--spectral-norm", nil), ("--minibatch-std", nil),
    ("--augment-target 0.6", nil), ("--r1 1.0", "0.0"), ("--r2 0.5", "0.0"),
    ("--final-lr 1e-05", nil), ("--ema-images 5000", "an average of decay 0.999"),
    ("--precision bfloat16", "float32"), ("--seed 8", "7"), ("--split test", "train"),
    ("--limit 9", nil), ("--class NORMAL", nil),
  ])
  func `a setting that cannot change is refused with both values`(
    option: String, recorded: String?
  ) throws {
    try PracticeRun.copy(to: run.path)
    let outcome = try run.resume(Practice.words(option))
    #expect(outcome.code == 1)
    let beginning = recorded.map { "with \($0)" } ?? "without this option"
    #expect(
      outcome.error == "dcgan train: \(option): the run in \(run.path) was started \(beginning); "
        + "leave the option out, or start a new run in another --run folder\n")
    #expect(Data(try folder.read("run/config.json")) == (try PracticeRun.read("config.json")))
  }

  @Test func `fewer epochs than are done are refused, and the recorded length stays`() throws {
    try PracticeRun.copy(to: run.path)
    let outcome = try run.resume(["--epochs", "2"])
    #expect(outcome.code == 1)
    #expect(
      outcome.error.contains(
        "dcgan train: --epochs 2: the run in \(run.path) has already done 3 epochs, and --epochs "
          + "counts all epochs of a run; give more, or leave the option out\n"))
    #expect(Data(try folder.read("run/config.json")) == (try PracticeRun.read("config.json")))
  }

  @Test func theSameSettingsMayBeRepeated() throws {
    try PracticeRun.copy(to: run.path)
    let outcome = try Executable.run(
      Practice.phantoms.training(run: run.path, ["--resume", "--split", "train"]))
    #expect(outcome.output == "finished after epoch 3, step 15, seed 7: \(run.path)\n")
  }

  @Test func whatDoesNotDecideTheNumbersMayChange() throws {
    try Practice.phantoms.train(run: run.path, epochs: 1)
    let outcome = try run.resume(
      Practice.words(
        "--epochs 3 --threads 1 --keep 1 --keep-every 2 --checkpoint-every 1 --strict"))
    #expect(outcome.code == 0)
    #expect(try RunFolder.open(at: run.path).checkpointEpochs() == [2, 3])
    let name = PracticeRun.checkpoint(3)
    #expect(Data(try folder.read("run/\(name)")) == (try PracticeRun.read(name)))
    let settings = try RunFolder.open(at: run.path).configuration()
    #expect(settings.keep == 1 && settings.keepEvery == 2 && settings.threads == 1)
    #expect(settings.strict)
  }
}
