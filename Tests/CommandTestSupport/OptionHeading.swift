/// A heading of a command's help, with the names of the options under it.
package struct OptionHeading: Equatable {
  /// The heading.
  package let text: String
  /// The options under it, without dashes, in order.
  package var options: [String]

  package init(_ text: String, _ options: [String]) { (self.text, self.options) = (text, options) }

  /// The commands whose options have headings, as the command line's contract has them.
  package static let commands = [("train", train), ("sample", sample), ("evaluate", evaluate)]

  package static let train = [
    OptionHeading(
      "Data", ["data", "split", "class", "exclude", "limit", "fit", "background", "strict"]),
    OptionHeading(
      "Networks", ["size", "channels", "nz", "ngf", "ndf", "init-generator", "init-discriminator"]),
    OptionHeading("Training", ["epochs", "steps", "batch", "lr", "beta1", "seed", "threads"]),
    OptionHeading(
      "Beyond the plain recipe",
      [
        "recipe", "label-smoothing", "lr-d", "lr-g", "instance-noise", "augment", "spectral-norm",
        "ema",
      ]),
    OptionHeading(
      "Run",
      [
        "run", "resume", "epoch", "accept-changed-data", "stop-on-collapse", "checkpoint-every",
        "keep", "keep-every",
      ]),
    OptionHeading("Output", ["json", "quiet"]),
  ]

  package static let sample = [
    OptionHeading("Samples", ["count", "min-real", "min-real-calibrated", "max-tries", "from"]),
    OptionHeading("Random vectors", ["seed", "truncation", "latents", "interpolate", "steps"]),
    OptionHeading("Networks", ["run", "epoch", "generator", "discriminator", "threads"]),
    OptionHeading("Output", ["out", "json", "quiet"]),
  ]

  package static let evaluate = [
    OptionHeading("Images", ["run", "epoch", "samples", "generator", "discriminator", "data"]),
    OptionHeading("Measurement", ["count", "seed", "threads"]),
    OptionHeading("Output", ["out", "sheet", "json", "quiet"]),
  ]
}
