import Imaging

/// Decodes the files of a listing, as the networks see them, with several workers.
struct DecodingQueue {
  /// A report of how many files are done, of how many.
  typealias Progress = @Sendable (_ done: Int, _ total: Int) -> Void

  /// An image, and what was seen of its file.
  typealias Picture = (image: PixelImage, traits: ImageTraits)

  private let workers: DecodingWorkers<Picture>

  /// Prepares for the files of `listing`; the other parameters are those of `ImageDataSet`.
  init(
    listing: ImageFolder, reading: ImageReading, limits: ImageLimits, stopsAtFailure: Bool,
    progress: Progress?
  ) {
    workers = DecodingWorkers(
      sizes: listing.files.map(\.bytes), limits: limits, stopsAtFailure: stopsAtFailure,
      progress: progress
    ) { (index, willDecode) throws(ImageError) in
      try networkImageAndTraits(
        at: listing.readablePath(of: listing.files[index]), reading: reading, limits: limits,
        willDecode: willDecode)
    }
  }

  /// Decodes with up to `threads` workers and returns what came of every file, in order; see
  /// `DecodingWorkers.run(threads:)`.
  func run(threads: Int) -> [Result<Picture, ImageError>?] { workers.run(threads: threads) }
}

extension ImageFolder {
  /// Returns the full path of a file; throws `ImageError` where it is known already that it cannot be
  /// used.
  func readablePath(of file: File) throws(ImageError) -> String {
    let path = path(of: file)
    if let problem = file.problem { throw ImageError(.unreadable, file: path, problem: problem) }
    return path
  }
}
