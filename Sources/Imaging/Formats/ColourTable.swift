/// The colours that the samples of a file stand for, red, green and blue of each in turn.
struct ColourTable: Sendable {
  private var bytes = [UInt8](repeating: 0, count: 3 * 256)
  /// Whether red, green and blue are alike in every colour that was set.
  private(set) var isGrey = true

  /// The samples of a pixel: 1 where all colours are greys.
  var channels: Int { isGrey ? 1 : 3 }

  /// Sets the colour of a sample; samples beyond a table's end stay black.
  mutating func set(_ sample: Int, red: UInt8, green: UInt8, blue: UInt8) {
    guard sample < 256 else { return }
    bytes.replaceSubrange(3 * sample..<3 * sample + 3, with: [red, green, blue])
    if red != green || red != blue { isGrey = false }
  }

  /// Returns the opaque pixels that samples stand for.
  func samples(of indices: [UInt8], width: Int, height: Int) -> StoredSamples<UInt8> {
    let channels = self.channels
    let count = indices.count * channels
    let samples = [UInt8](unsafeUninitializedCapacity: count) { output, size in
      for (place, index) in indices.enumerated() {
        for channel in 0..<channels {
          output[place * channels + channel] = bytes[3 * Int(index) + channel]
        }
      }
      size = count
    }
    return StoredSamples(
      width: width, height: height, colours: channels, hasAlpha: false, samples: samples)
  }

  /// Returns the pixels that samples stand for, transparent where there is none.
  func samples(of indices: [UInt8?], width: Int, height: Int) -> StoredSamples<UInt8> {
    let channels = self.channels
    var samples: [UInt8] = []
    samples.reserveCapacity(indices.count * (channels + 1))
    for index in indices {
      for channel in 0..<channels {
        samples.append(index.map { bytes[3 * Int($0) + channel] } ?? 0)
      }
      samples.append(index == nil ? 0 : 255)
    }
    return StoredSamples(
      width: width, height: height, colours: channels, hasAlpha: true, samples: samples)
  }
}
