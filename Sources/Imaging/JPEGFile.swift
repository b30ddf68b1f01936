import CJPEG
import Foundation
import Support

/// Returns the eighths (1, 2, 4 or 8) at which libjpeg should decode a `width` x `height` image
/// that will become a square of `target`: the fewest that leave at least twice the target on the side
/// that becomes it, or all eight. Where both become it, the shorter is reduced least. libjpeg reduces
/// by other eighths too, but slower than it decodes the whole.
package func decodingEighths(
  width: Int, height: Int, target: Int?, fit: ImageFit = .crop
) -> Int {
  guard let target else { return 8 }
  let side =
    switch fit {
    case .crop, .stretch: min(width, height)
    case .pad: max(width, height)
    }
  return [1, 2, 4].first { side * $0 >= 16 * target } ?? 8
}

/// Decodes a JPEG file held in memory: grey to one channel, all else to RGB.
func decodeJPEG(
  _ bytes: Data, file: String, forShorterSide target: Int?, fit: ImageFit, limits: ImageLimits,
  willDecode: (Int) -> Void
) throws(ImageError) -> DecodedImage {
  let header = try readHeader(bytes, file: file)
  let fullWidth = Int(header.width)
  let fullHeight = Int(header.height)
  let channels = Int(header.channels)
  try limits.check(width: fullWidth, height: fullHeight, file: file)
  willDecode(fullWidth * fullHeight)

  let eighths = decodingEighths(width: fullWidth, height: fullHeight, target: target, fit: fit)
  let width = (fullWidth * eighths + 7) / 8
  let height = (fullHeight * eighths + 7) / 8
  let orientation = Orientation(ofJPEG: bytes)
  try ImageLimits.checkRoom(
    width: width, height: height, channels: channels, orientation: orientation, file: file)
  var outcome: (status: Int32, message: String) = (0, "")
  let pixels = [UInt8](unsafeUninitializedCapacity: width * height * channels) { output, count in
    outcome = withMessage(capacity: Int(CJPEG_MESSAGE_SIZE)) { message in
      bytes.withUnsafeBytes { input in
        cjpeg_decode(
          input.bindMemory(to: UInt8.self).baseAddress, input.count, Int32(eighths), Int32(width),
          Int32(height), Int32(channels), output.baseAddress, message)
      }
    }
    count = outcome.status == Int32(CJPEG_OK) ? width * height * channels : 0
  }
  guard outcome.status == Int32(CJPEG_OK) else {
    throw damagedJPEG(file, outcome.message)
  }
  return DecodedImage(
    stored: PixelImage(width: width, height: height, channels: channels, pixels: pixels),
    fullWidth: fullWidth, fullHeight: fullHeight, eighths: eighths,
    orientation: orientation)
}

private func readHeader(_ bytes: Data, file: String) throws(ImageError) -> cjpeg_header {
  var header = cjpeg_header()
  let (status, message) = withMessage(capacity: Int(CJPEG_MESSAGE_SIZE)) { message in
    bytes.withUnsafeBytes { input in
      cjpeg_read_header(
        input.bindMemory(to: UInt8.self).baseAddress, input.count, &header, message)
    }
  }
  guard status == Int32(CJPEG_OK) else { throw damagedJPEG(file, message) }
  return header
}

private func damagedJPEG(_ file: String, _ message: String) -> ImageError {
  ImageError(.damaged, file: file, problem: "expected an intact JPEG file: \(message)")
}

extension PixelImage {
  /// Encodes as a baseline JPEG file, grey or YCbCr.
  ///
  /// - Parameters:
  ///   - quality: libjpeg's scale, 1 (smallest) to 100 (best); traps outside of it.
  ///   - file: The name that errors use.
  /// - Throws: `ImageError` where the image exceeds what JPEG holds (65,500 a side).
  package func jpegData(quality: Int, file: String) throws(ImageError) -> Data {
    require((1...100).contains(quality), "JPEG quality \(quality) is not within 1...100")
    try ImageLimits().check(width: width, height: height, file: file)
    var data: UnsafeMutablePointer<UInt8>?
    var size = 0
    let (status, message) = withMessage(capacity: Int(CJPEG_MESSAGE_SIZE)) { message in
      pixels.withUnsafeBufferPointer {
        cjpeg_encode(
          $0.baseAddress, Int32(width), Int32(height), Int32(channels), Int32(quality), &data,
          &size, message)
      }
    }
    guard status == Int32(CJPEG_OK), let data else {
      throw ImageError(.unwritable, file: file, problem: "cannot be encoded as JPEG: \(message)")
    }
    defer { cjpeg_free(data) }
    return Data(bytes: data, count: size)
  }

  /// Writes a baseline JPEG file, replacing what `path` holds only once all is written. `quality`
  /// is libjpeg's, 1 to 100. Throws `ImageError` where the file cannot be written.
  public func writeJPEG(to path: String, quality: Int = 92) throws(ImageError) {
    try writeFile(try jpegData(quality: quality, file: path), to: path)
  }
}
