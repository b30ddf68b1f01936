import Imaging

/// Shows how a run's pictures of the same latents came about, from the contact sheets that it made
/// after its epochs.
public struct ProgressGrid: Sendable {
  /// Lays out the sheets that a run keeps: eight pictures a row.
  public static let sheet = ContactSheet(columns: 8)
  /// The images of such a sheet at most.
  public static let sheetImages = 64
  /// Bounds the rows of a still picture.
  public static let maximumRows = 12
  /// Bounds the frames of an animation.
  public static let maximumFrames = 100

  /// A report of how many sheets are read.
  public typealias Progress = (_ done: Int, _ total: Int) -> Void

  /// Lists the epochs that have a sheet, ascending; never empty.
  public let epochs: [Int]
  private let run: RunFolder

  /// Finds the sheets of a run.
  ///
  /// - Parameter lastEpoch: Leaves out the sheets of later epochs; nil for none.
  /// - Throws: `RunFolderError` where there is none, or none of `lastEpoch`, and `FileError`.
  public init(run: RunFolder, through lastEpoch: Int? = nil) throws {
    let last = try run.findProgress(epoch: lastEpoch).epoch
    self.run = run
    epochs = try run.progressEpochs().filter { $0 <= last }
  }

  /// Draws the first eight latents' pictures, a column each, down the epochs, a row each.
  ///
  /// Rows are labelled `epoch 1` and so on, columns `z1` to `z8`. Of more than `maximumRows`
  /// epochs some are left out, evenly; the first and the last stay.
  ///
  /// - Returns: the picture, and the epochs of its rows. It is grey where all sheets are, which
  ///   three equal channels count as.
  /// - Throws: `ImageError` where a sheet cannot be read, or is not one of eight columns as large
  ///   as the others.
  public func still(progress: Progress? = nil) throws -> (image: PixelImage, epochs: [Int]) {
    let shown = Self.spread(epochs, count: Self.maximumRows)
    let sheets = try read(shown, progress)
    var tiles: [PixelImage] = []
    for (epoch, sheet) in zip(shown, sheets) {
      tiles += try Self.firstRow(of: sheet, file: run.progressPath(epoch: epoch))
    }
    let image = Self.sheet.image(
      of: tiles, rowLabels: shown.map { "epoch \($0)" },
      columnLabels: try columnLabels(width: tiles[0].width),
      textScale: max(1, tiles[0].width / 64))
    return (image, shown)
  }

  /// Shows the whole sheets one after the other, in about ten seconds, the last for two.
  ///
  /// Of more than `maximumFrames` epochs some are left out, as in `still`. Grey sheets keep their
  /// levels exactly; the others share 256 colours.
  ///
  /// - Returns: the animation, and the epochs of its frames.
  /// - Throws: `ImageError` where a sheet cannot be read, or differs in size from the others.
  public func animation(
    progress: Progress? = nil
  ) throws -> (animation: GIFAnimation, epochs: [Int]) {
    let shown = Self.spread(epochs, count: Self.maximumFrames)
    let animation = GIFAnimation(
      frames: try read(shown, progress),
      delayCentiseconds: min(50, max(10, 1000 / shown.count)), lastDelayCentiseconds: 200)
    return (animation, shown)
  }

  /// Writes `still` as a PNG file; returns the epochs of its rows. Throws as `still`,
  /// `ImageError` where the file cannot be written, and what reading the run's settings throws.
  public func writeStill(to path: String, progress: Progress? = nil) throws -> [Int] {
    let (image, epochs) = try still(progress: progress)
    try image.writePNG(to: path, mark: try mark)
    return epochs
  }

  /// Writes `animation` as a GIF file; returns the epochs of its frames. Throws as `animation`,
  /// `ImageError` where the file cannot be written, and what reading the run's settings throws.
  public func writeAnimation(to path: String, progress: Progress? = nil) throws -> [Int] {
    let (animation, epochs) = try animation(progress: progress)
    try animation.write(to: path, mark: try mark)
    return epochs
  }

  /// What stands above the columns: `z1` and so on, with the class where the networks know some, as much of
  /// its name as there is room for.
  private func columnLabels(width: Int) throws -> [String] {
    let numbers = (1...Self.sheet.columns).map { "z\($0)" }
    guard let classes = try run.configuration().model.classes else { return numbers }
    let scale = max(1, width / 64)
    return zip(numbers, classes.sheetLabels(Self.sheet.columns)).map { number, label in
      var text = "\(number) \(classes.names[label])"
      while text.count > number.count + 1 && Font.width(of: text, scale: scale) > width {
        text.removeLast()
      }
      return text
    }
  }

  /// What the pictures say of themselves.
  private var mark: ImageMark {
    get throws { .own(.grid, try run.configuration()) }
  }

  /// Chooses `count` of `values`, evenly, the first and the last among them; all where there are no
  /// more than that. Of n values the i-th is the one at (i·(n − 1)) / (count − 1), rounded.
  package static func spread(_ values: [Int], count: Int) -> [Int] {
    guard values.count > count, count > 1 else { return values }
    let gaps = count - 1
    return (0...gaps).map { values[($0 * (values.count - 1) + gaps / 2) / gaps] }
  }

  /// Reads the sheets of `epochs`, all of one size.
  private func read(_ epochs: [Int], _ progress: Progress?) throws -> [PixelImage] {
    var sheets: [PixelImage] = []
    for epoch in epochs {
      let path = run.progressPath(epoch: epoch)
      let sheet = try PixelImage(contentsOf: path).withoutRepeatedChannels()
      let first = sheets.first ?? sheet
      guard sheet.width == first.width, sheet.height == first.height else {
        throw ImageError(
          .unexpectedLayout, file: path,
          problem: "expected a sheet of \(first.width)x\(first.height) pixels, like that of epoch "
            + "\(epochs[0]), found \(sheet.width)x\(sheet.height)")
      }
      sheets.append(sheet)
      progress?(sheets.count, epochs.count)
    }
    return sheets
  }

  /// Cuts out the first row of a sheet of square pictures.
  private static func firstRow(
    of image: PixelImage, file: String
  ) throws(ImageError) -> ArraySlice<PixelImage> {
    let pitch = (image.width + sheet.gap) / sheet.columns
    let rows = (image.height + sheet.gap) / max(1, pitch)
    return try sheet.tiles(of: image, rows: rows, file: file).prefix(sheet.columns)
  }
}
