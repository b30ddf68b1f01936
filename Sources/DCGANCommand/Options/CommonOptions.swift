import Arguments
import DCGAN

/// Declares the options that several commands share.
package enum CommonOptions {
  /// The folder of a training run.
  package static let run = Option<String>.text(
    "run", "DIR", what: "a folder", example: "./dcgan-run", default: "./dcgan-run",
    help: "folder of the training run")

  /// Picks the checkpoint of one epoch.
  package static let epoch = Option<Int>.integer(
    "epoch", in: SettingBounds.epochs, defaultText: "the latest", example: 10,
    help: "use the checkpoint of this epoch")

  /// Sets the number of threads.
  package static let threads = Option<Int>.integer(
    "threads", in: SettingBounds.threads, defaultText: "all cores", example: 4,
    help: "threads to compute with; the results are the same for any number")

  /// Sets the width and height of the images.
  package static let size = Option<Int>.choice(
    "size", of: SettingBounds.sizes, default: 128,
    help: "width and height of the images: 32, 64, 128 or 256")

  /// Sets the images in one training step.
  package static let batch = Option<Int>.integer(
    "batch", in: SettingBounds.batch, default: 64, help: "images per training step")

  /// Sets the colour channels of the images.
  package static let channels = Option<Int>.choice(
    "channels", of: SettingBounds.channels, default: 3, help: "3 for colour images, 1 for grey ones"
  )

  /// Sets the generator's width.
  package static let generatorFeatures = Option<Int>.integer(
    "ngf", in: SettingBounds.features, default: 64,
    help: "feature maps of the generator's last hidden layer")

  /// Sets the discriminator's width.
  package static let discriminatorFeatures = Option<Int>.integer(
    "ndf", in: SettingBounds.features, default: 64,
    help: "feature maps of the discriminator's first layer")

  /// Asks for the result as JSON.
  package static let json = Flag("json", help: "print the result as JSON on standard output")

  /// Silences the progress.
  package static let quiet = Flag(
    "quiet", help: "show no progress; warnings and errors still appear")
}
