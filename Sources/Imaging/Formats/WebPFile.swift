import CWebP
import Foundation

/// A WebP file of one image in memory, whose header has been read.
struct WebPFile: ImageSource {
  let layout: StoredLayout
  private let header: cwebp_header
  private let bytes: Data
  private let file: String

  /// Whether this build reads WebP.
  static var isAvailable: Bool { cwebp_is_available() != 0 }

  /// Reads the header; throws `ImageError` where it is damaged, the file is an animation or the size
  /// exceeds `limits`. `file` is the name that errors use.
  init(_ bytes: Data, file: String, limits: ImageLimits) throws(ImageError) {
    var header = cwebp_header()
    let status = bytes.withUnsafeBytes { input in
      cwebp_read_header(input.bindMemory(to: UInt8.self).baseAddress, input.count, &header)
    }
    if status == Int32(CWEBP_ANIMATED) { throw .unsupported("an animated WebP", file) }
    guard status == Int32(CWEBP_OK), header.width > 0, header.height > 0 else {
      throw .damaged("WebP", file, "its header makes no sense")
    }
    let (width, height) = (Int(header.width), Int(header.height))
    try limits.check(width: width, height: height, file: file)
    (self.header, self.bytes, self.file) = (header, bytes, file)
    // Lossless files are decoded to words of four bytes first.
    layout = StoredLayout(
      width: width, height: height, channels: 3, orientation: Orientation(ofWebP: bytes),
      bufferBytes: width * height * (header.has_alpha != 0 ? 8 : 4))
  }

  /// Decodes the image and turns it upright, with what is transparent on `background`.
  func decode(
    forSquareOf target: Int?, fit: ImageFit, background: UInt8, window: IntensityWindow
  ) throws(ImageError) -> DecodedImage {
    try layout.checkRoom(file: file)
    let hasAlpha = header.has_alpha != 0
    let total = layout.width * layout.height * (hasAlpha ? 4 : 3)
    var header = header
    var status = Int32(CWEBP_FAILED)
    let samples = [UInt8](unsafeUninitializedCapacity: total) { output, count in
      status = bytes.withUnsafeBytes { input in
        cwebp_decode(
          input.bindMemory(to: UInt8.self).baseAddress, input.count, &header, output.baseAddress)
      }
      count = status == Int32(CWEBP_OK) ? total : 0
    }
    guard status == Int32(CWEBP_OK) else {
      throw .damaged("WebP", file, "its samples end too early or make no sense")
    }
    let stored = StoredSamples(
      width: layout.width, height: layout.height, colours: 3, hasAlpha: hasAlpha, samples: samples)
    return DecodedImage(stored, as: layout, background: background)
  }
}

extension Orientation {
  /// Reads the orientation of a WebP file from its first chunk with EXIF data; `upright` where there is
  /// none or where it makes no sense.
  fileprivate init(ofWebP file: Data) {
    self =
      file.withUnsafeBytes { raw -> Orientation? in
        let bytes = raw.bindMemory(to: UInt8.self)
        // Chunks follow the twelve bytes of the file's own header: name, length, data, a byte to make it
        // even.
        var place = 12
        while place <= bytes.count - 8 {
          let name = bytes[place..<place + 4]
          let length = Int(UInt32(bytes.bigEndian32(at: place + 4)).byteSwapped)
          let start = place + 8
          guard length <= bytes.count - start else { return nil }
          if name.elementsEqual("EXIF".utf8) {
            let data = bytes[start..<start + length]
            let prefix = Array("Exif\0\0".utf8)
            return Orientation(exif: data.starts(with: prefix) ? data.dropFirst(6) : data)
          }
          place = start + length + length % 2
        }
        return nil
      } ?? .upright
  }
}
