import DataSets
import Samples
import Support
import Tensor
import Training

/// Writes the real images of a run as the networks see them.
struct ImageExport {
  private let options: ExportOptions
  private let folder: String

  /// Prepares to write into a folder.
  init(_ options: ExportOptions, folder: String) {
    self.options = options
    self.folder = folder
  }

  /// Does the work; throws what reading the run and its data, and writing the images, throw.
  func run(_ console: Console) throws {
    let configuration = try RunFolder.open(at: options.run).configuration()
    let out = try RealImageFolder(path: folder, run: configuration.digest)
    let listing = try ImageFolder(
      root: options.data ?? configuration.dataLocation, configuration.selection)
    let progress = ProgressLine(console: console, quiet: options.quiet)
    defer { progress.finish() }
    if listing.digest != configuration.dataDigest {
      progress.warn(
        "\(printable(listing.root)): the files have changed since the run was trained; the present ones "
          + "are written")
    }
    let images = try ImageDataSet(
      listing: listing, reading: configuration.reading,
      threads: try Backend.selected(threads: nil).pool.threadCount
    ) { progress.update(.counting("reading", done: $0, of: $1)) }
    for file in images.skipped {
      progress.warn("\(printable(file.path)): skipped: \(printable(file.reason))")
    }
    try out.write(images) { progress.update(.counting("writing", done: $0, of: images.count)) }
    progress.finish()
    try ImageExportResult(
      images: folder, count: images.count, skipped: images.skipped.count, size: images.size,
      channels: images.channels
    ).print(asJSON: options.json, console)
  }
}

/// What was written, in words or as JSON.
private struct ImageExportResult: Encodable {
  let images: String
  let count: Int
  let skipped: Int
  let size: Int
  let channels: Int

  /// Prints the result on standard output.
  func print(asJSON: Bool, _ console: Console) throws {
    if asJSON {
      try console.printJSON(self)
      return
    }
    let colour = channels == 1 ? "grey" : "colour"
    let left = skipped == 0 ? "" : " (\(skipped) could not be read)"
    try console.print(
      "wrote \(Formatting.counted(count, "real image"))\(left), \(size) pixels, \(colour): "
        + "\(printable(images))")
    try console.print("They show patients: treat them like the data they come from.")
  }
}
