import DCGAN
import Foundation
import TestSupport
import Testing
import Training

/// Recipes and techniques, from the command line to the run's folder and back.
@Suite(.slow) struct TechniqueProcessTests {
  private let folder: TemporaryFolder
  private let run: String

  init() throws {
    folder = try TemporaryFolder()
    run = folder.file("run")
  }

  private func resume(_ words: String) throws -> Executable.Outcome {
    try Executable.run(["train", "--run", run, "--resume", "--quiet"] + Practice.words(words))
  }

  @Test func aRunRecordsWhatItsRecipeSetsNotItsName() throws {
    try Practice.phantoms.train(
      run: run, epochs: 1,
      Practice.words("--recipe stable --label-smoothing 0.2 --lr-d 1e-4 --spectral-norm"))
    var expected = Recipe.stable.techniques
    expected.labelSmoothing = 0.2
    expected.discriminatorLearningRate = 1e-4
    expected.spectralNormalization = true
    #expect(try RunFolder.open(at: run).configuration().techniques == expected)
    #expect(!String(decoding: try folder.read("run/config.json"), as: UTF8.self).contains("stable"))

    // The run's own values may be repeated, by name and by recipe; others may not.
    #expect(
      try resume("--epochs 2 --lr-d 1e-4 --augment cutout,translation --spectral-norm").code == 0)
    #expect(try resume("--recipe stable --label-smoothing 0.2").code == 0)
    let refused = [
      ("--label-smoothing 0.1", "--label-smoothing 0.1", "0.2"),
      ("--recipe stable", "--recipe stable, which sets --label-smoothing 0.1", "0.2"),
      ("--lr-d 2e-4", "--lr-d 0.0002", "0.0001"),
      (
        "--recipe course --label-smoothing 0.2 --instance-noise 0.1 --augment cutout,translation",
        "--recipe course, which sets --ema 0.0", "0.999"
      ),
    ]
    for (words, given, recorded) in refused {
      #expect(
        try resume(words).error == "dcgan train: \(given): the run in \(run) was started with "
          + "\(recorded); leave the option out, or start a new run in another --run folder\n")
    }
    #expect(try resume("--recipe stable --label-smoothing 0.2 --lr-d 1e-4 --epochs 3").code == 0)
    let info = try Executable.run(["info", run]).output
    #expect(
      info.contains(
        "label smoothing 0.2, lr of D 0.0001, instance noise 0.1 until epoch 20, "
          + "augmentation by translation,cutout, spectral normalization of D"))
  }

  @Test func stableIsTheDefaultForFewImages() throws {
    try Practice.phantoms.train(run: run, ["--recipe", "stable"])
    for name in ["config.json", PracticeRun.checkpoint(3), "progress/epoch-0003.png"] {
      #expect(Data(try folder.read("run/\(name)")) == (try PracticeRun.read(name)), "\(name)")
    }
  }

  @Test func `a run stopped while the noise fades makes the same bytes once resumed`() throws {
    let words = Practice.words(
      "--recipe stable --lr-g 3e-4 --final-lr 0 --spectral-norm --minibatch-std --augment-target 0.5 --r1 1 --r2 0.5"
    )
    try Practice.phantoms.train(run: folder.file("whole"), words + ["--threads", "1"])
    try Practice.phantoms.train(run: run, words + ["--steps", "7", "--threads", "3"])
    #expect(try resume("").code == 0)
    for name in ["epochs.jsonl", PracticeRun.checkpoint(3)] {
      #expect(try folder.read("run/\(name)") == folder.read("whole/\(name)"), "\(name)")
    }
  }

  /// Networks this small learn nothing in thirty epochs of nineteen steps, of which the 27th is the
  /// first to end after 500: their images stay grey.
  @Test func `a collapsed run stops with a checkpoint and a message`() throws {
    let words =
      "--recipe course --size 32 --ngf 4 --ndf 4 --batch 2 --seed 3 --threads 1 "
      + "--checkpoint-every 50"
    let training = ["train", "--data", Practice.phantoms.data, "--run", run, "--epochs", "30"]
    let stopped = try Executable.run(
      training + Practice.words(words) + ["--stop-on-collapse", "--quiet"])
    #expect(stopped.code == 1)
    #expect(
      stopped.output
        == "collapsed after epoch 29, step 551, seed 3: \(run); continue with dcgan train "
        + "--run \(run) --resume\n")
    #expect(stopped.errorLines.count == 1)
    #expect(
      stopped.error.hasPrefix(
        "warning: step 551: the generated images hardly differ from one another (diversity 0.0"))
    let opened = try RunFolder.open(at: run)
    #expect(try opened.checkpointEpochs() == [29])
    #expect(try opened.configuration().stopOnCollapse == true)

    // It goes on as it was asked to be, and is watched anew: three epochs later it stops again.
    let again = try resume("--epochs 33 --json")
    #expect(again.code == 1)
    #expect(
      again.output
        == #"{"epoch":32,"outcome":"collapsed","run":"\#(run)","seed":3,"step":608}"# + "\n")
    #expect(try opened.configuration().stopOnCollapse == true)
  }
}
