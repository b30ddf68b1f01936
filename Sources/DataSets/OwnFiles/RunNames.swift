/// The names in a run's folder, by which it is told from other folders.
package enum RunNames {
  /// The settings.
  package static let configuration = "config.json"
  /// Images that are spread over the data, on a sheet.
  package static let realSamples = "real-samples.png"
  /// The first images of the data, on a sheet.
  package static let realFirst = "real-first.png"
  /// The folder of the sheets that are made after epochs.
  package static let progress = "progress"
  /// The folder of the checkpoints.
  package static let checkpoints = "checkpoints"

  /// Those that are pictures, or folders that may hold some.
  package static let pictures: Set<String> = [realSamples, realFirst, progress, checkpoints]
}
