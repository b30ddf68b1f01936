import Foundation
import Imaging

/// Decodes and resizes a picture: what comes of it has the sizes that were asked for, and is the
/// same the second time, as it would not be if some of it were never written.
func checkImage(_ bytes: [UInt8]) throws {
  let limits = ImageLimits(maximumPixels: 1 << 17, maximumSide: 1 << 14)
  func decode() throws(ImageError) -> DecodedImage {
    try DecodedImage(bytes: Data(bytes), file: "file", forShorterSide: 16, limits: limits)
  }
  do throws(ImageError) {
    let decoded = try decode()
    let image = decoded.image
    try check(image.pixels.count == image.width * image.height * image.channels, decoded)
    try check(image.width <= decoded.fullWidth && image.height <= decoded.fullHeight, decoded)
    try check(decoded.fullWidth * decoded.fullHeight <= limits.maximumPixels, decoded)
    let square = decoded.squared(to: 16)
    try check(square.width == 16 && square.height == 16, decoded)
    try check(decode() == decoded, decoded)
  } catch {
    if error.kind == .unexpectedLayout { throw Complaint(error.problem) }
    try expect(error.file == "file", "an error about \(error.file)")
    try expectOneLine(error.description)
  }
}

/// Throws where a decoded picture is not as it should be, under a kind that decoding never uses.
private func check(_ condition: Bool, _ decoded: DecodedImage) throws(ImageError) {
  guard !condition else { return }
  throw ImageError(
    .unexpectedLayout, file: "file",
    problem: "a picture of \(decoded.image.width)x\(decoded.image.height)x"
      + "\(decoded.image.channels) for \(decoded.fullWidth)x\(decoded.fullHeight)")
}
