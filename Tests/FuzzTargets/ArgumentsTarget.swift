import Arguments
import DCGAN
import DCGANCommand
import Evaluation
import Support

/// Sorts and reads a command line without running it: every refusal is a `UsageError`, and what is
/// accepted is within its bounds.
func checkArguments(_ bytes: [UInt8]) throws {
  let words = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    .map { String(decoding: $0, as: UTF8.self) }
  var problem: String?
  do throws(UsageError) {
    guard case .run(_, let arguments) = try Program.dcgan.parser.parse(words) else { return }
    problem = try outOfBounds(arguments)
  } catch {
    let lines = error.text(program: "dcgan").split(
      separator: "\n", omittingEmptySubsequences: false)
    try expect(lines.count == 2, "a refusal of \(lines.count) lines: \(error)")
    try expectOneLine(error.message)
  }
  try expect(problem == nil, "\(problem ?? "") is accepted out of its bounds")
}

/// Reads the options of whichever command the arguments belong to and names one that is out of its
/// bounds, or nothing.
private func outOfBounds(_ arguments: ParsedArguments) throws(UsageError) -> String? {
  switch arguments.command {
  case "train": outOfBounds(try TrainOptions(arguments))
  case "sample": outOfBounds(try SampleOptions(arguments))
  case "grid":
    try GridOptions(arguments).epoch.flatMap { SettingBounds.epochs.contains($0) ? nil : "epoch" }
  case "score": try ScoreOptions(arguments).paths.contains("") ? "a path" : nil
  case "evaluate": outOfBounds(try EvaluateOptions(arguments))
  case "info": try InfoOptions(arguments).path == "" ? "the path" : nil
  case "review": outOfBounds(try ReviewOptions(arguments))
  case "bench": outOfBounds(try BenchOptions(arguments))
  default: try PhantomOptions(arguments).count < 1 ? "count" : nil
  }
}

private func outOfBounds(_ options: TrainOptions) -> String? {
  firstFailure([
    ("data", options.data.map { !$0.isEmpty } ?? options.resume), ("run", !options.run.isEmpty),
    ("epochs", SettingBounds.epochs.contains(options.epochs)),
    ("size", SettingBounds.sizes.contains(options.size)),
    ("batch", SettingBounds.batch.contains(options.batch)),
    ("channels", SettingBounds.channels.contains(options.channels)),
    ("nz", SettingBounds.latentSize.contains(options.latentSize)),
    ("ngf", SettingBounds.features.contains(options.generatorFeatures)),
    ("ndf", SettingBounds.features.contains(options.discriminatorFeatures)),
    ("lr", options.learningRate > 0 && options.learningRate <= 1),
    ("beta1", options.beta1 >= 0 && options.beta1 < 1),
    (
      "label-smoothing",
      SettingBounds.labelSmoothing.contains(options.techniques(images: 9).labelSmoothing)
    ),
    (
      "instance-noise",
      SettingBounds.instanceNoise.contains(options.techniques(images: 9).instanceNoise)
    ),
    (
      "lr-d",
      options.techniques(images: 9).discriminatorLearningRate.map { $0 > 0 && $0 <= 1 } ?? true
    ),
    ("lr-g", options.techniques(images: 9).generatorLearningRate.map { $0 > 0 && $0 <= 1 } ?? true),
    ("r1", SettingBounds.gradientPenalty.contains(options.techniques(images: 9).realPenalty)),
    ("r2", SettingBounds.gradientPenalty.contains(options.techniques(images: 9).fakePenalty)),
    (
      "final-lr", options.techniques(images: 9).finalLearningRate.map { $0 >= 0 && $0 <= 1 } ?? true
    ),
    ("limit", options.limit.map(SettingBounds.count.contains) ?? true),
    ("steps", options.steps.map(SettingBounds.count.contains) ?? true),
    ("threads", options.threads.map(SettingBounds.threads.contains) ?? true),
    ("checkpoint-every", SettingBounds.epochs.contains(options.checkpointEvery)),
    ("keep", SettingBounds.epochs.contains(options.keep)), ("keep-every", options.keepEvery >= 0),
  ])
}

private func outOfBounds(_ options: EvaluateOptions) -> String? {
  firstFailure([
    ("count", options.count >= EvaluationError.leastCompared), ("run", !options.run.isEmpty),
    ("samples", options.samples.map { !$0.isEmpty } ?? (options.dataAlone == nil)),
    ("epoch", options.epoch.map(SettingBounds.epochs.contains) ?? true),
    ("threads", options.threads.map(SettingBounds.threads.contains) ?? true),
  ])
}

private func outOfBounds(_ options: SampleOptions) -> String? {
  firstFailure([
    ("count", options.count.map { $0 >= 1 } ?? (options.latents != nil)),
    ("min-real", options.minimumReal >= 0 && options.minimumReal <= 1),
    (
      "max-tries", options.maximumTries.map { $0 >= options.count ?? 1 } ?? (options.latents != nil)
    ),
    ("out", !options.out.isEmpty), ("run", !options.run.isEmpty),
    ("threads", options.threads.map(SettingBounds.threads.contains) ?? true),
  ])
}

private func outOfBounds(_ options: BenchOptions) -> String? {
  firstFailure([
    ("size", SettingBounds.sizes.contains(options.size)),
    ("batch", SettingBounds.batch.contains(options.batch)),
    ("ngf", SettingBounds.features.contains(options.generatorFeatures)),
    ("ndf", SettingBounds.features.contains(options.discriminatorFeatures)),
    ("steps", options.steps >= 1),
    ("threads", options.threads.map(SettingBounds.threads.contains) ?? true),
  ])
}

private func outOfBounds(_ options: ReviewOptions) -> String? {
  firstFailure([
    ("verdicts", !options.verdicts.contains("")), ("count", (1...500).contains(options.count)),
    ("samples", options.samples.map { !$0.isEmpty } ?? !options.verdicts.isEmpty),
    // The record of the samples may name it.
    ("data", options.data.map { !$0.isEmpty } ?? true),
    ("out", !options.out.isEmpty),
  ])
}

private func firstFailure(_ checks: [(name: String, holds: Bool)]) -> String? {
  checks.first { !$0.holds }?.name
}

/// A command line for every command and kind of option.
let argumentSeeds = [
  "train --data x --run y --epochs 3 --size 64 --batch=8 --channels 1 --nz 10 --ngf 4 --ndf 4 "
    + "--lr 2e-4 --beta1 0.5 --seed 18446744073709551615 --split train --class A --class B",
  "train --resume --limit 9 --steps 7 --threads 2 --checkpoint-every 1 --keep 3 --keep-every 0 "
    + "--strict --json --quiet",
  "train --data x --recipe stable --label-smoothing 0.1 --lr-d 1e-4 --lr-g=4e-4 "
    + "--final-lr 0 --minibatch-std --augment-target 0.6 --r1 1 --r2 0.5 --ema-images 9000 --instance-noise 0.2 --augment translation,cutout,colour --spectral-norm --stop-on-collapse",
  "sample --count 64 --min-real 0.7 --epoch 1 --out z --max-tries 1000 --latents f --json",
  "grid --out progress.png --run r --epoch 2", "score --epoch=2 --threads 1 a.png -- --b",
  "info x --json",
  "bench --kernels --shapes t --steps 2 --method winograd", "bench --images x --size 32",
  "review --samples s --data x --out r --count 9 --seed 3 --split val --json",
  "review --verdicts a.csv --verdicts=b.csv --out r --quiet",
  "phantom --out x --count 10 --seed 3", "help train", "--version", "trian --helf",
]
