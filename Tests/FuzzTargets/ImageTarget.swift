import Foundation
import Imaging

/// Decodes and resizes an image: what comes of it has the sizes that were asked for, and is the
/// same the second time, as it would not be if some of it were never written. Whatever the bytes are,
/// they have a format or none, and a mark or none.
///
/// Images have 4,096 pixels at most and sides of 4,096: the way through the decoders is the same for larger
/// ones, and takes longer. Those of JPEG and PNG have 16,384, of which JPEG is also decoded at a part of its
/// size.
func checkImage(_ bytes: [UInt8]) throws {
  let format = FileFormat.recognize(Array(bytes.prefix(FileFormat.headLength)))
  try checkMark(bytes)
  let isLarge = format == .jpeg || format == .png
  let limits = ImageLimits(maximumPixels: isLarge ? 1 << 14 : 1 << 12, maximumSide: 1 << 12)
  // The bytes say which way of becoming a square is tried.
  let fit = ImageFit.allCases[bytes.count % ImageFit.allCases.count]
  do throws(ImageError) {
    let header = try ImageHeader(bytes: Data(bytes), file: "file", limits: limits)
    let window = windows[bytes.count % windows.count]
    let decoded = try header.decode(
      forSquareOf: 16, fit: fit, background: 99, window: window)
    let image = decoded.image
    let traits = decoded.traits
    try check(format?.isRead == true, decoded)
    try check(image.pixels.count == image.width * image.height * image.channels, decoded)
    try check(image.width <= decoded.fullWidth && image.height <= decoded.fullHeight, decoded)
    try check(decoded.fullWidth * decoded.fullHeight <= limits.maximumPixels, decoded)
    try check(header.pixelsToDecode >= decoded.fullWidth * decoded.fullHeight, decoded)
    try check(header.fullWidth == decoded.fullWidth, decoded)
    try check(header.fullHeight == decoded.fullHeight, decoded)
    try check(header.channels == image.channels, decoded)
    try check(traits.isGrey || image.channels == 3, decoded)
    try check((traits.largestSample != nil) == (traits.bitsPerSample == 16), decoded)
    let square = decoded.squared(to: 16, fit: fit)
    try check(square.width == 16 && square.height == 16, decoded)
    let again = try header.decode(forSquareOf: 16, fit: fit, background: 99, window: window)
    try check(again == decoded, decoded)
  } catch {
    if error.kind == .unwritable { throw Complaint(error.problem) }
    try expect(error.file == "file", "an error about \(error.file)")
    try expect(
      (error.kind == .unknownFormat) == (format?.isRead != true),
      "\(format.map(\.rawValue) ?? "no format") gave: \(error)")
    try expectOneLine(error.description)
  }
}

/// The windows that are tried.
private let windows: [IntensityWindow] = [
  .ofFile, .minMax, .range(center: 2048, width: 4096), .range(center: -1e300, width: 1),
]

/// Looks for a mark; what is found comes back from a file that it is written to.
private func checkMark(_ bytes: [UInt8]) throws {
  guard let mark = ImageMark(head: bytes) else { return }
  let pixel = PixelImage(width: 1, height: 1, channels: 1, repeating: 0)
  let png = try pixel.pngData(file: "file", mark: mark)
  try expect(ImageMark(head: [UInt8](png)) == mark, "another mark than \(mark)")
  let gif = try GIFAnimation(frames: [pixel], delayCentiseconds: 1).data(file: "file", mark: mark)
  try expect(ImageMark(head: [UInt8](gif)) == mark, "another mark than \(mark)")
}

/// Throws where a decoded image is not as it should be, under a kind that decoding never uses.
private func check(_ condition: Bool, _ decoded: DecodedImage) throws(ImageError) {
  guard !condition else { return }
  throw ImageError(
    .unwritable, file: "file",
    problem: "a picture of \(decoded.image.width)x\(decoded.image.height)x"
      + "\(decoded.image.channels) for \(decoded.fullWidth)x\(decoded.fullHeight)")
}
