import CPNG
import Foundation
import Support

/// Decodes a PNG file held in memory: grey (with or without alpha) to one channel, all else to RGB.
/// What is transparent shows `background` through, and 16-bit samples keep their high byte.
func decodePNG(
  _ bytes: Data, file: String, background: UInt8, limits: ImageLimits, willDecode: (Int) -> Void
) throws(ImageError) -> DecodedImage {
  let header = try readHeader(bytes, file: file)
  let width = Int(header.width)
  let height = Int(header.height)
  let channels = Int(header.channels)
  try limits.check(width: width, height: height, file: file)
  willDecode(width * height + ImageLimits.pixels(worth: header.buffer_bytes))
  let orientation = Orientation(ofPNG: bytes)
  try ImageLimits.checkRoom(
    width: width, height: height, channels: channels, orientation: orientation,
    bufferBytes: header.buffer_bytes, file: file)

  var seen = cpng_samples()
  var outcome: (status: Int32, message: String) = (0, "")
  let pixels = [UInt8](unsafeUninitializedCapacity: width * height * channels) { output, count in
    outcome = withMessage(capacity: Int(CPNG_MESSAGE_SIZE)) { message in
      bytes.withUnsafeBytes { input in
        cpng_decode(
          input.bindMemory(to: UInt8.self).baseAddress, input.count, header.width, header.height,
          header.channels, background, output.baseAddress, &seen, message)
      }
    }
    count = outcome.status == Int32(CPNG_OK) ? width * height * channels : 0
  }
  guard outcome.status == Int32(CPNG_OK) else { throw damagedPNG(file, outcome.message) }
  return DecodedImage(
    stored: PixelImage(width: width, height: height, channels: channels, pixels: pixels),
    fullWidth: width, fullHeight: height, eighths: 8, orientation: orientation,
    samples: SampleTraits(
      bits: Int(header.bits), largest: header.bits == 16 ? Int(seen.largest) : nil,
      hasTransparency: seen.has_transparency != 0))
}

private func readHeader(_ bytes: Data, file: String) throws(ImageError) -> cpng_header {
  var header = cpng_header()
  let (status, message) = withMessage(capacity: Int(CPNG_MESSAGE_SIZE)) { message in
    bytes.withUnsafeBytes { input in
      cpng_read_header(input.bindMemory(to: UInt8.self).baseAddress, input.count, &header, message)
    }
  }
  guard status == Int32(CPNG_OK) else { throw damagedPNG(file, message) }
  return header
}

private func damagedPNG(_ file: String, _ message: String) -> ImageError {
  ImageError(.damaged, file: file, problem: "expected an intact PNG file: \(message)")
}

extension PixelImage {
  /// Encodes as a PNG file, 8-bit grey or RGB, with `mark` in text chunks where there is one; the same
  /// pixels and mark give the same bytes. `file` is the name that errors use.
  package func pngData(file: String, mark: ImageMark? = nil) throws(ImageError) -> Data {
    var data: UnsafeMutablePointer<UInt8>?
    var size = 0
    let (status, message) = withMessage(capacity: Int(CPNG_MESSAGE_SIZE)) { message in
      pixels.withUnsafeBufferPointer {
        cpng_encode(
          $0.baseAddress, UInt32(width), UInt32(height), Int32(channels), &data, &size, message)
      }
    }
    guard status == Int32(CPNG_OK), let data else {
      throw ImageError(.unwritable, file: file, problem: "cannot be encoded as PNG: \(message)")
    }
    defer { cpng_free(data) }
    let picture = Data(bytes: data, count: size)
    return mark?.added(toPNG: picture) ?? picture
  }

  /// Writes a PNG file, 8-bit grey or RGB, replacing what `path` holds only once all is written.
  /// `mark` goes into text chunks. The same pixels and mark give the same bytes. Throws `ImageError`
  /// where the file cannot be written.
  public func writePNG(to path: String, mark: ImageMark? = nil) throws(ImageError) {
    try writeFile(try pngData(file: path, mark: mark), to: path)
  }
}
