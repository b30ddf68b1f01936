import Foundation
import Imaging

/// Decodes the first and the middle frame of a DICOM file within several windows: what comes of it has the
/// sizes that were asked for, and is the same the second time, as it would not be if some of it were never
/// written.
///
/// Frames have 4,096 pixels at most and sides of 4,096, and what is deflated 256 KB: the way through the
/// decoder is the same for larger ones, and takes longer.
func checkDICOM(_ bytes: [UInt8]) throws {
  _ = ImageOrigin.isSynthetic(at: "", head: Array(bytes.prefix(ImageMark.headLength)))
  let limits = ImageLimits(
    maximumPixels: 1 << 12, maximumSide: 1 << 12, maximumInflatedBytes: 1 << 18)
  let windows: [IntensityWindow] = [.ofFile, .minMax, .range(center: 1000, width: 1 / 3 + 1)]
  let window = windows[bytes.count % windows.count]
  do throws(ImageError) {
    let middle = try ImageHeader(bytes: Data(bytes), file: "file", limits: limits)
    let first = middle.choosing(frame: 0)
    let decoded = try decode(middle, window, limits)
    if middle.origin.frames == 1 {
      try check(first.decode(forSquareOf: 16, window: window) == decoded, "another image")
    } else {
      try check(middle.decode(forSquareOf: 16, window: window) == decoded, "another image")
      let other = try decode(first, window, limits)
      try check(first.decode(forSquareOf: 16, window: window) == other, "another image")
    }
  } catch {
    if error.kind == .unwritable { throw Complaint(error.problem) }
    try expect(error.file == "file", "an error about \(error.file)")
    try expectOneLine(error.description)
  }
}

/// Decodes an image and makes it a square.
private func decode(
  _ header: ImageHeader, _ window: IntensityWindow, _ limits: ImageLimits
) throws(ImageError) -> DecodedImage {
  let decoded = try header.decode(forSquareOf: 16, window: window)
  try checkShape(decoded, header, limits)
  let square = decoded.squared(to: 16)
  try check(square.width == 16 && square.height == 16, "no square")
  return decoded
}

private func checkShape(
  _ decoded: DecodedImage, _ header: ImageHeader, _ limits: ImageLimits
) throws(ImageError) {
  let image = decoded.image
  try check(image.pixels.count == image.width * image.height * image.channels, "pixels missing")
  try check(image.width == header.fullWidth, "another width")
  try check(image.height == header.fullHeight, "another height")
  try check(image.channels == header.channels, "other channels")
  try check(image.width * image.height <= limits.maximumPixels, "beyond the limits")
  try check(header.pixelsToDecode >= image.width * image.height, "more than was said")
}

/// Throws where a decoded image is not as it should be, under a kind that decoding never uses.
private func check(_ condition: Bool, _ problem: String) throws(ImageError) {
  if !condition { throw ImageError(.unwritable, file: "file", problem: problem) }
}
