import DataSets

/// Reads pictures of any size.
func tiny(_ size: Int, _ channels: Int) -> ImageReading {
  ImageReading(size: size, channels: channels, leastSide: 1)
}

extension ImageFolder {
  /// The relative paths of the files.
  var names: [String] { files.map(\.path) }
}
