import CPNG
import Foundation

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
    let image = Data(bytes: data, count: size)
    return mark?.added(toPNG: image) ?? image
  }

  /// Writes a PNG file, 8-bit grey or RGB, replacing what `path` holds only once all is written.
  /// `mark` goes into text chunks. The same pixels and mark give the same bytes. Throws `ImageError`
  /// where the file cannot be written.
  public func writePNG(to path: String, mark: ImageMark? = nil) throws(ImageError) {
    try writeFile(try pngData(file: path, mark: mark), to: path)
  }
}
