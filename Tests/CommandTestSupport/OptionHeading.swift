/// A heading of a command's help, with the names of the options under it.
package struct OptionHeading: Equatable {
  /// The heading.
  package let text: String
  /// The options under it, without dashes, in order.
  package var options: [String]

  /// Joins a heading and the options under it.
  package init(_ text: String, _ options: [String]) { (self.text, self.options) = (text, options) }

  /// The commands whose options have headings, as the command line's contract has them.
  package static let commands = [
    ("train", train), ("sample", sample), ("evaluate", evaluate), ("study", study),
  ]

  /// The headings of `dcgan train`, from the top.
  package static let train = [
    OptionHeading(
      "Data",
      [
        "data", "split", "split-by-patient", "class", "exclude", "limit", "fit", "background",
        "window", "frames", "cache", "allow-synthetic", "allow-burned-in", "strict",
      ]),
    OptionHeading(
      "Networks",
      [
        "size", "channels", "nz", "ngf", "ndf", "conditional", "init-generator",
        "init-discriminator",
      ]),
    OptionHeading(
      "Training",
      ["epochs", "steps", "batch", "lr", "beta1", "seed", "precision", "threads"]),
    OptionHeading(
      "Beyond the plain recipe",
      [
        "recipe", "label-smoothing", "lr-d", "lr-g", "final-lr", "instance-noise", "augment",
        "augment-target",
        "spectral-norm", "minibatch-std", "r1", "r2", "ema", "ema-images",
      ]),
    OptionHeading(
      "Run",
      [
        "run", "resume", "epoch", "accept-changed-data", "stop-on-collapse", "checkpoint-every",
        "keep", "keep-every",
      ]),
    OptionHeading("Output", ["json", "quiet"]),
  ]

  /// The headings of `dcgan sample`, from the top.
  package static let sample = [
    OptionHeading(
      "Samples",
      [
        "count", "class", "min-real", "min-real-calibrated", "select", "share", "data", "max-tries",
        "from",
      ]),
    OptionHeading("Random vectors", ["seed", "truncation", "latents", "interpolate", "steps"]),
    OptionHeading(
      "Networks", ["run", "epoch", "generator", "discriminator", "precision", "threads"]),
    OptionHeading(
      "Output", ["out", "format", "dataset", "source", "license", "evaluation", "json", "quiet"]),
  ]

  /// The headings of `dcgan evaluate`, from the top.
  package static let evaluate = [
    OptionHeading(
      "Images", ["run", "epoch", "samples", "generator", "discriminator", "precision", "data"]),
    OptionHeading("Measurement", ["count", "seed", "threads"]),
    OptionHeading("Output", ["out", "sheet", "missing", "json", "quiet"]),
  ]

  /// The headings of `dcgan study`, from the top.
  package static let study = [
    OptionHeading(
      "Study",
      [
        "data", "split-by-patient", "window", "shares", "seeds", "ratios", "arms", "min-real",
        "synthetic", "seed",
      ]),
    OptionHeading(
      "Classifiers and generators",
      ["size", "channels", "ndf", "ngf", "steps", "generator-steps", "threads"]),
    OptionHeading("Output", ["out", "resume", "json", "quiet"]),
  ]
}
