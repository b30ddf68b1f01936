import Foundation

/// A BMP file in memory, whose header has been read.
struct BMPFile: ImageSource {
  let layout: StoredLayout
  private let header: BMPHeader
  private let bytes: Data
  private let file: String

  /// Reads the header; throws `ImageError` where it is damaged or of a kind that is not read, the size
  /// exceeds `limits` or the file is too short for its image. `file` is the name that errors use.
  init(_ bytes: Data, file: String, limits: ImageLimits) throws(ImageError) {
    header = try BMPHeader([UInt8](bytes.prefix(BMPHeader.longest)), file: file)
    let (width, height) = (header.width, header.height)
    try limits.check(width: width, height: height, file: file)
    let found = bytes.count - header.start
    let needed = header.isRunLength ? 2 : header.rowBytes * height
    guard found >= needed else {
      throw .damaged("BMP", file, "it ends after \(max(0, found)) of \(needed) bytes of samples")
    }
    (self.bytes, self.file) = (bytes, file)
    layout = StoredLayout(
      width: width, height: height, channels: header.isIndexed ? header.colours.channels : 3,
      bufferBytes: header.isIndexed ? width * height : header.hasAlpha ? 4 * width * height : 0)
  }

  /// Decodes the image and lays it over `background` where it has an opacity.
  func decode(
    forSquareOf target: Int?, fit: ImageFit, background: UInt8, window: IntensityWindow
  ) throws(ImageError) -> DecodedImage {
    try layout.checkRoom(file: file)
    let stored =
      header.isIndexed
      ? header.colours.samples(of: try indices(), width: header.width, height: header.height)
      : coloured()
    return DecodedImage(stored, as: layout, background: background)
  }

  /// Reads the places in the table of colours, rows from the top.
  private func indices() throws(ImageError) -> [UInt8] {
    if header.isRunLength {
      let rows: Result<[UInt8], ImageError> = bytes.withUnsafeBytes { raw in
        Result { () throws(ImageError) in
          try BMPRuns(raw.bindMemory(to: UInt8.self), header, file: file).rows()
        }
      }
      return try rows.get()
    }
    let perByte = 8 / header.bits
    let mask = UInt8((1 << header.bits) - 1)
    return withRows(samplesPerPixel: 1) { row, pixels in
      for column in 0..<header.width {
        let shift = 8 - header.bits * (column % perByte + 1)
        pixels[column] = row[column / perByte] >> shift & mask
      }
    }
  }

  /// Reads pixels that are colours themselves.
  private func coloured() -> StoredSamples<UInt8> {
    let hasAlpha = header.hasAlpha
    let channels = hasAlpha ? 4 : 3
    let fields = header.masks.prefix(channels).map(BMPField.init)
    let pixelBytes = header.bits / 8
    var seen: UInt8 = 0
    var samples = withRows(samplesPerPixel: channels) { row, pixels in
      for column in 0..<header.width {
        if pixelBytes == 3 {
          for channel in 0..<3 { pixels[3 * column + channel] = row[3 * column + 2 - channel] }
          continue
        }
        var pixel: UInt32 = 0
        for place in 0..<pixelBytes {
          pixel |= UInt32(row[pixelBytes * column + place]) << (8 * place)
        }
        for (channel, field) in fields.enumerated() {
          pixels[channels * column + channel] = field.sample(of: pixel)
        }
        if hasAlpha { seen |= pixels[channels * column + 3] }
      }
    }
    // Many programs leave the opacity at 0 everywhere and mean an opaque picture.
    if hasAlpha && seen == 0 {
      for place in stride(from: 3, to: samples.count, by: 4) { samples[place] = 255 }
    }
    return StoredSamples(
      width: header.width, height: header.height, colours: 3, hasAlpha: hasAlpha, samples: samples)
  }

  /// Calls `body` with the bytes of every stored row and the place of its pixels, and returns all pixels,
  /// rows from the top.
  private func withRows(
    samplesPerPixel: Int,
    _ body: (UnsafeBufferPointer<UInt8>, UnsafeMutablePointer<UInt8>) -> Void
  ) -> [UInt8] {
    let stride = header.width * samplesPerPixel
    let (height, rowBytes) = (header.height, header.rowBytes)
    return [UInt8](unsafeUninitializedCapacity: stride * height) { output, count in
      guard let pixels = output.baseAddress else { return }
      bytes.withUnsafeBytes { raw in
        let bytes = raw.bindMemory(to: UInt8.self)
        for row in 0..<height {
          let first = header.start + row * rowBytes
          let place = header.isTopDown ? row : height - 1 - row
          body(
            UnsafeBufferPointer(rebasing: bytes[first..<first + rowBytes]),
            pixels + place * stride)
        }
      }
      count = stride * height
    }
  }
}

/// The place of a colour within a pixel.
private struct BMPField {
  private let mask: UInt32
  private let shift: Int
  private let most: UInt64

  init(_ mask: UInt32) {
    self.mask = mask
    shift = mask == 0 ? 0 : mask.trailingZeroBitCount
    most = UInt64(mask >> shift)
  }

  /// Returns the colour's share of its largest value, of 255 and rounded down, as Pillow has it.
  func sample(of pixel: UInt32) -> UInt8 {
    most == 0 ? 0 : UInt8(min(255, UInt64((pixel & mask) >> shift) * 255 / most))
  }
}
