import Foundation

/// The samples of a frame as they were stored: pixel by pixel, from the upper left on.
struct DICOMSamples: Sendable {
  /// The samples, each with its lowest byte first.
  let bytes: Data
  /// The bytes of a sample: 1, 2 or 4.
  let width: Int
  /// Whether decompression has turned brightness and differences of colour into red, green and blue.
  var areRGB = false
}

extension DICOMSamples {
  /// Reads a frame that is not compressed.
  init(plain frame: (bytes: Data, bitsBefore: Int), _ pixels: DICOMPixels) {
    var bytes = frame.bytes
    width = max(1, pixels.bitsAllocated / 8)
    if pixels.bitsAllocated == 1 {
      bytes = Self.spread(bytes, bitsBefore: frame.bitsBefore, count: pixels.count)
    }
    if pixels.colours == .ybrFull422 {
      bytes = Self.repeatingColours(bytes, width: width)
    } else if pixels.isPlanar && pixels.samples == 3 {
      bytes = Self.interleaved(bytes, width: width)
    }
    self.bytes = bytes
  }

  /// Makes a byte of every bit, of which the lowest of a byte comes first.
  private static func spread(_ bytes: Data, bitsBefore: Int, count: Int) -> Data {
    let input = [UInt8](bytes)
    return Data((bitsBefore..<bitsBefore + count).map { input[$0 / 8] >> ($0 % 8) & 1 })
  }

  /// Gives every pixel the colour that it shares with its neighbour: of each four samples, the first two
  /// are brightness.
  private static func repeatingColours(_ bytes: Data, width: Int) -> Data {
    let input = [UInt8](bytes)
    var output = Data(capacity: input.count / 2 * 3)
    for start in stride(from: 0, to: input.count - 4 * width + 1, by: 4 * width) {
      let colour = input[start + 2 * width..<start + 4 * width]
      output += input[start..<start + width] + colour
      output += input[start + width..<start + 2 * width] + colour
    }
    return output
  }

  /// Joins three planes pixel by pixel.
  private static func interleaved(_ bytes: Data, width: Int) -> Data {
    let input = [UInt8](bytes)
    let plane = input.count / 3
    return Data(
      [UInt8](unsafeUninitializedCapacity: 3 * plane) { output, count in
        for place in 0..<plane {
          let (pixel, byte) = (place / width, place % width)
          for colour in 0..<3 {
            output[(3 * pixel + colour) * width + byte] = input[colour * plane + place]
          }
        }
        count = 3 * plane
      })
  }
}
