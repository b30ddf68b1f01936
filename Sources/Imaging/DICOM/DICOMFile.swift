import Foundation

/// A DICOM file in memory, whose header has been read: the way from its bytes to pixels as a viewer
/// shows them. Overlays are left out.
struct DICOMFile: ImageSource {
  let layout: StoredLayout
  let origin: ImageOrigin
  private let contents: DICOMContents
  private let pixels: DICOMPixels
  private let frames: DICOMFrames
  private let shape: DICOMShape
  private let frame: Int
  private let file: String

  /// Reads the header; throws `ImageError` where the file is damaged, holds no picture or one of a kind
  /// that is not read, or where its size exceeds `limits`. `file` is the name that errors use.
  ///
  /// Of several frames the middle one is decoded.
  init(_ bytes: Data, file: String, limits: ImageLimits) throws(ImageError) {
    do throws(DICOMProblem) {
      contents = try DICOMContents(bytes, atMost: limits.maximumInflatedBytes)
      try Self.checkKind(contents)
      pixels = try DICOMPixels(contents.dataSet)
      shape = try DICOMShape(contents.dataSet, pixels)
    } catch {
      throw ImageError(error.kind, file: file, problem: error.text)
    }
    try limits.check(width: pixels.columns, height: pixels.rows, file: file)
    try limits.check(width: shape.width, height: shape.height, file: file)
    do throws(DICOMProblem) {
      frames = try DICOMFrames(contents, pixels)
    } catch {
      throw ImageError(error.kind, file: file, problem: error.text)
    }
    frame = pixels.frames / 2
    origin = ImageOrigin(contents.dataSet, frames: pixels.frames)
    self.file = file
    // The samples as they are stored, and twice while they are put in order.
    let stored = pixels.count * pixels.samples * max(2, pixels.bitsAllocated / 8)
    let isGrey = pixels.colours == .monochrome1 || pixels.colours == .monochrome2
    layout = StoredLayout(
      width: shape.width, height: shape.height, channels: isGrey ? 1 : 3,
      bufferBytes: 2 * stored + frames.largest)
  }

  /// Decodes another frame, counted from 0.
  private init(_ other: DICOMFile, frame: Int) {
    (layout, origin, contents, pixels) = (other.layout, other.origin, other.contents, other.pixels)
    (frames, shape, file) = (other.frames, other.shape, other.file)
    self.frame = frame
  }

  func choosing(frame: Int) -> any ImageSource { DICOMFile(self, frame: frame) }

  /// Throws `DICOMProblem` where the file holds no picture of whole numbers.
  private static func checkKind(_ contents: DICOMContents) throws(DICOMProblem) {
    if contents.isDirectory {
      throw DICOMProblem(.unexpectedLayout, "it is a list of DICOM files and holds no picture")
    }
    guard let element = contents.pixels else {
      throw DICOMProblem(.unexpectedLayout, "it is a DICOM file without a picture")
    }
    guard element.tag == .pixels else { throw .unsupported("its samples are fractions") }
    let isCompressed = contents.syntax.map { $0.compression != .none }
    guard isCompressed ?? false == element.isMarked else {
      throw .damaged("it does not say how its pixels are compressed")
    }
  }

  func decode(
    forSquareOf target: Int?, fit: ImageFit, background: UInt8, window: IntensityWindow
  ) throws(ImageError) -> DecodedImage {
    try layout.checkRoom(file: file)
    let levels: [UInt8]
    do throws(DICOMProblem) {
      levels = try self.levels(window: window)
    } catch {
      throw ImageError(error.kind, file: file, problem: error.text)
    }
    let image = PixelImage(
      width: pixels.columns, height: pixels.rows, channels: layout.channels, pixels: levels)
    return DecodedImage(
      stored: shape.squared(image), as: layout, eighths: 8, samples: SampleTraits())
  }

  /// Returns the levels of the frame as it is stored.
  private func levels(window: IntensityWindow) throws(DICOMProblem) -> [UInt8] {
    let samples = try samples()
    guard samples.bytes.count == pixels.count * pixels.samples * samples.width else {
      throw .damaged("its pixels are not as it says")
    }
    guard layout.channels == 1 else {
      return try DICOMColours.levels(of: samples, contents.dataSet, pixels)
    }
    return try DICOMGreyScale(contents.dataSet, pixels, frame: frame)
      .levels(of: samples, window: window)
  }

  private func samples() throws(DICOMProblem) -> DICOMSamples {
    let stored = frames.frame(frame)
    switch contents.syntax?.compression ?? .none {
    case .none: return DICOMSamples(plain: stored, pixels)
    case .runLength: return try DICOMSamples(runLength: stored.bytes, pixels)
    case .jpeg: return try DICOMSamples(jpeg: stored.bytes, isLS: false, pixels)
    case .jpegLS: return try DICOMSamples(jpeg: stored.bytes, isLS: true, pixels)
    case .jpeg2000: return try DICOMSamples(jpeg2000: stored.bytes, pixels)
    }
  }
}
