import Foundation
import Imaging

/// Returns the path of a file in Fixtures/images.
func fixture(_ name: String) -> String {
  URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Fixtures/images/\(name)").path
}

/// Returns whether this build reads a fixture: some need a library that a machine may lack.
func isRead(_ name: String) -> Bool {
  let kind: String? =
    switch name {
    case _ where name.contains(".tif") || name.hasPrefix("tiff."): "TIFF"
    case _ where name.contains("webp"): "WebP"
    case "jpeg-inside.bmp": nil
    case _ where name.hasPrefix("jpeg2000"): "DICOM in JPEG 2000"
    case _ where name.hasPrefix("jpeg-"), _ where name.hasPrefix("fragments"):
      "DICOM in JPEG and JPEG-LS"
    default: nil
    }
  return ImageKind.all.allSatisfy { $0.name != kind || $0.isRead }
}

/// Decodes what Pillow makes of the file `name` in Fixtures/images.
func expectedImage(_ name: String) throws -> PixelImage {
  try PixelImage(contentsOf: fixture("\(name).expected.png"))
}

/// The absolute differences of two images of equal layout, in grey levels.
struct Difference {
  let mean: Double
  let largest: Int

  /// Compares `first` and `second`; infinitely different where their layouts differ.
  init(_ first: PixelImage, _ second: PixelImage) {
    guard
      (first.width, first.height, first.channels) == (second.width, second.height, second.channels)
    else {
      mean = .infinity
      largest = .max
      return
    }
    let differences = zip(first.pixels, second.pixels).map { abs(Int($0) - Int($1)) }
    mean = Double(differences.reduce(0, +)) / Double(differences.count)
    largest = differences.max() ?? 0
  }
}

/// Returns an image whose samples all differ from their neighbours.
func pattern(width: Int, height: Int, channels: Int, seed: Int = 0) -> PixelImage {
  PixelImage(
    width: width, height: height, channels: channels,
    pixels: (0..<width * height * channels).map { UInt8(truncatingIfNeeded: ($0 + seed) * 37) })
}

/// Makes a chunk of a PNG file, with a checksum of its own arithmetic, a bit at a time.
func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
  let named = Array(name.utf8) + data
  var remainder = UInt32.max
  for byte in named {
    remainder ^= UInt32(byte)
    for _ in 0..<8 { remainder = remainder >> 1 ^ (remainder & 1) &* 0xEDB8_8320 }
  }
  func bytes(_ number: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }
  return bytes(UInt32(data.count)) + named + bytes(~remainder)
}

/// Makes a PNG file of one row, uncompressed: a block of zlib's kind 0 and its checksum, Adler-32.
func linePNG(bits: UInt8, type: UInt8, width: UInt8, row: [UInt8]) throws -> Data {
  let line = [0] + row
  let (length, rest) = (UInt8(line.count), 255 - UInt8(line.count))
  var (low, high): (UInt32, UInt32) = (1, 0)
  for byte in line {
    low = (low + UInt32(byte)) % 65_521
    high = (high + low) % 65_521
  }
  let sum = [high >> 8, high, low >> 8, low].map { UInt8(truncatingIfNeeded: $0) }
  let rows: [UInt8] = [0x78, 0x01, 1, length, 0, rest, 255] + line + sum
  return Data(
    [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
      + chunk("IHDR", [0, 0, 0, width, 0, 0, 0, 1, bits, type, 0, 0, 0])
      + chunk("IDAT", rows) + chunk("IEND", []))
}
