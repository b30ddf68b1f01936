import CJPEG
import Foundation
import Support

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
