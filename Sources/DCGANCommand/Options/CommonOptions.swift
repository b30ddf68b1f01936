import Arguments
import DCGAN
import Tensor

/// Declares the options that several commands share.
package enum CommonOptions {
  /// The folder of a training run where none is given.
  package static let defaultRun = "./dcgan-run"

  /// The sizes of networks where none are given.
  package static let defaultModel = ModelSettings()

  /// The folder of a training run.
  package static let run = run(help: "folder of the training run")

  /// Picks the checkpoint of one epoch.
  package static let epoch = epoch(help: "use the checkpoint of this epoch")

  /// Picks the epoch to end with.
  package static let lastEpoch = epoch(help: "last epoch to show")

  /// Sets the number of threads.
  package static let threads = Option<Int>.integer(
    "threads", in: SettingBounds.threads, defaultText: "all cores", example: 4,
    help: "threads to compute with; the results are the same for any number")

  /// Sets the format of what the convolutions multiply.
  package static let precision = precision(
    help:
      "format of the numbers that convolutions multiply: float32, or bfloat16, which processors "
      + "with AVX512_BF16 or AMX multiply faster and others far more slowly")

  /// Sets the width and height of the images.
  package static let size = Option<Int>.choice(
    "size", of: SettingBounds.sizes, help: "width and height of the images: 32, 64, 128 or 256")

  /// Sets the images in one training step.
  package static let batch = Option<Int>.integer(
    "batch", in: SettingBounds.batch, help: "images per training step")

  /// Sets the colour channels of the images.
  package static let channels = Option<Int>.choice(
    "channels", of: SettingBounds.channels, help: "3 for colour images, 1 for grey ones")

  /// Sets the generator's width.
  package static let generatorFeatures = Option<Int>.integer(
    "ngf", in: SettingBounds.features, help: "feature maps of the generator's last hidden layer")

  /// Sets the discriminator's width.
  package static let discriminatorFeatures = Option<Int>.integer(
    "ndf", in: SettingBounds.features, help: "feature maps of the discriminator's first layer")

  /// Asks for the result as JSON.
  package static let json = Flag("json", help: "print the result as JSON on standard output")

  /// Silences the progress.
  package static let quiet = Flag(
    "quiet", help: "show no progress; warnings and errors still appear")

  /// Declares `--precision` with the help of a command.
  static func precision(defaultText: String? = nil, help: String) -> Option<Precision> {
    .name("precision", defaultText: defaultText, example: .bfloat16, help: help)
  }

  /// Declares `--run` with the help of a command.
  static func run(help: String) -> Option<String> {
    .text("run", "DIR", what: "a folder", help: help)
  }

  /// Declares `--epoch` with the help of a command.
  static func epoch(help: String) -> Option<Int> {
    .integer(
      "epoch", in: SettingBounds.epochs, defaultText: "the latest", example: 10, help: help)
  }

  /// Declares `--data` with the help of a command.
  static func data(defaultText: String? = "the run's data folder", help: String) -> Option<String> {
    .text(
      "data", "DIR", what: "a folder with radiographs", example: "./chest_xray",
      defaultText: defaultText, help: help)
  }

  /// Declares an option whose value is a probability.
  static func probability(_ name: String, help: String) -> Option<Float> {
    .number(
      name, example: 0.7, expectation: "a number from 0 to 1", help: help,
      where: { $0 >= 0 && $0 <= 1 })
  }
}
