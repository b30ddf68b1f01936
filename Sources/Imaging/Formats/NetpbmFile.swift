import Foundation

/// A PBM, PGM or PPM file in memory, whose header has been read.
struct NetpbmFile: ImageSource {
  let layout: StoredLayout
  private let header: NetpbmHeader
  private let bytes: Data
  private let file: String

  /// Reads the header; throws `ImageError` where it is damaged, the size exceeds `limits` or the file is
  /// too short for its image. `file` is the name that errors use.
  init(_ bytes: Data, file: String, limits: ImageLimits) throws(ImageError) {
    do throws(NetpbmHeader.Problem) {
      header = try Self.within(bytes) { (bytes) throws(NetpbmHeader.Problem) in
        try NetpbmHeader(bytes)
      }
    } catch {
      throw .damaged("Netpbm", file, error.reason)
    }
    try limits.check(width: header.width, height: header.height, file: file)
    let found = bytes.count - header.start
    guard found >= header.leastBytes else {
      throw .damaged(
        "Netpbm", file, "it ends after \(found) of at least \(header.leastBytes) bytes of samples")
    }
    (self.bytes, self.file) = (bytes, file)
    layout = StoredLayout(
      width: header.width, height: header.height, channels: header.channels,
      bufferBytes: header.maximum < 256 ? header.count : 3 * header.count)
  }

  /// Decodes the image; greys of more than 8 bits as `window` shows them.
  func decode(
    forSquareOf target: Int?, fit: ImageFit, background: UInt8, window: IntensityWindow
  ) throws(ImageError) -> DecodedImage {
    try layout.checkRoom(file: file)
    do throws(NetpbmHeader.Problem) {
      return try Self.within(bytes) { (bytes) throws(NetpbmHeader.Problem) in
        guard header.maximum < 256 else {
          let samples: [UInt16] = try values(bytes)
          return DecodedImage(
            stored(samples), maximum: header.maximum, as: layout, background: background,
            window: window)
        }
        let samples: [UInt8] = header.isBits ? try bits(bytes) : try values(bytes)
        let levels = (0...255).map {
          UInt8(min(255, (Double(255 * $0) / Double(header.maximum)).rounded(.toNearestOrEven)))
        }
        return DecodedImage(
          stored(samples.map { levels[Int($0)] }), as: layout, background: background)
      }
    } catch {
      throw .damaged("Netpbm", file, error.reason)
    }
  }

  private func stored<Sample>(_ samples: [Sample]) -> StoredSamples<Sample> {
    StoredSamples(
      width: layout.width, height: layout.height, colours: layout.channels, hasAlpha: false,
      samples: samples)
  }

  /// Reads the pixels of a file of bits: 0 for black.
  private func bits(
    _ bytes: UnsafeBufferPointer<UInt8>
  ) throws(NetpbmHeader.Problem) -> [UInt8] {
    var samples = [UInt8](repeating: 0, count: header.count)
    if header.isText {
      var text = NetpbmText(bytes, at: header.start)
      for place in samples.indices { samples[place] = try text.bit() == 0 ? 1 : 0 }
    } else {
      let rowBytes = (header.width + 7) / 8
      for row in 0..<header.height {
        for column in 0..<header.width {
          let byte = bytes[header.start + row * rowBytes + column / 8]
          samples[row * header.width + column] = byte >> (7 - column % 8) & 1 == 0 ? 1 : 0
        }
      }
    }
    return samples
  }

  /// Reads greys or colours; throws where one is larger than the header allows.
  private func values<Sample: FixedWidthInteger>(
    _ bytes: UnsafeBufferPointer<UInt8>
  ) throws(NetpbmHeader.Problem) -> [Sample] {
    var samples = [Sample](repeating: 0, count: header.count)
    if header.isText {
      var text = NetpbmText(bytes, at: header.start)
      for place in samples.indices {
        samples[place] = Sample(try text.number("a sample", in: 0...header.maximum))
      }
      return samples
    }
    let isWide = header.maximum > 255
    for place in samples.indices {
      let start = header.start + (isWide ? 2 * place : place)
      let value = isWide ? Int(bytes[start]) << 8 | Int(bytes[start + 1]) : Int(bytes[start])
      guard value <= header.maximum else {
        throw NetpbmHeader.Problem(
          reason: "a sample of \(value) is above the maximum of \(header.maximum)")
      }
      samples[place] = Sample(value)
    }
    return samples
  }

  /// Calls `body` with the bytes of a file.
  private static func within<Outcome>(
    _ bytes: Data,
    _ body: (UnsafeBufferPointer<UInt8>) throws(NetpbmHeader.Problem) -> Outcome
  ) throws(NetpbmHeader.Problem) -> Outcome {
    try bytes.withUnsafeBytes { raw in
      Result { () throws(NetpbmHeader.Problem) in
        try body(raw.bindMemory(to: UInt8.self))
      }
    }.get()
  }
}
