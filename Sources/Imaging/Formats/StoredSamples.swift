import Support

/// The samples of an image as its file stores them: rows from top to bottom, the samples of a pixel side
/// by side, grey or red, green and blue, behind them the opacity where there is one.
struct StoredSamples<Sample: FixedWidthInteger & UnsignedInteger & Sendable> {
  /// The pixels of a row.
  let width: Int
  /// The rows.
  let height: Int
  /// The samples of a pixel without its opacity: 1 or 3.
  let colours: Int
  /// Whether every pixel has one more sample, its opacity.
  let hasAlpha: Bool
  /// Whether the colours are multiplied by the opacity already.
  var isPremultiplied = false
  /// All samples.
  var samples: [Sample]

  /// The samples of a pixel.
  var channels: Int { colours + (hasAlpha ? 1 : 0) }
}

extension StoredSamples<UInt8> {
  /// Returns the image as it is seen on a grey level, and whether that shows through.
  func shown(on background: UInt8) -> (image: PixelImage, hasTransparency: Bool) {
    guard hasAlpha else {
      return (PixelImage(width: width, height: height, channels: colours, pixels: samples), false)
    }
    let count = width * height * colours
    var least: UInt8 = 255
    let pixels = [UInt8](unsafeUninitializedCapacity: count) { output, size in
      var place = 0
      for start in stride(from: 0, to: samples.count, by: channels) {
        let alpha = samples[start + colours]
        least = min(least, alpha)
        for colour in 0..<colours {
          output[place] = seen(samples[start + colour], alpha, on: background)
          place += 1
        }
      }
      size = count
    }
    return (
      PixelImage(width: width, height: height, channels: colours, pixels: pixels), least < 255
    )
  }

  /// Returns `(sample * alpha + background * (255 - alpha)) / 255`, rounded.
  private func seen(_ sample: UInt8, _ alpha: UInt8, on background: UInt8) -> UInt8 {
    let share = isPremultiplied ? 255 : UInt32(alpha)
    let sum = UInt32(sample) * share + UInt32(background) * (255 - UInt32(alpha)) + 128
    return UInt8(min(255, ((sum >> 8) + sum) >> 8))
  }

  /// Returns the same with dark and bright swapped.
  func inverted() -> Self {
    var other = self
    for start in stride(from: 0, to: samples.count, by: channels) {
      for place in start..<start + colours { other.samples[place] = ~samples[place] }
    }
    return other
  }
}

extension StoredSamples<UInt16> {
  /// Returns the image in bytes: greys as `window` shows them, or the high byte of each sample: the upper
  /// eight of 16 bits, or as much of a smaller maximum.
  ///
  /// - Parameter maximum: The largest sample that the file allows, 256 to 65,535.
  func narrowed(to window: IntensityWindow, maximum: Int = 65_535) -> StoredSamples<UInt8> {
    let high = { (sample: Int) in UInt8(min(255, sample * 256 / (maximum + 1))) }
    var level = high
    if colours == 1, window != .ofFile {
      let (smallest, largest) = range
      level = window.level(smallest: smallest, largest: largest) ?? high
    }
    return StoredSamples<UInt8>(
      width: width, height: height, colours: colours, hasAlpha: hasAlpha,
      isPremultiplied: isPremultiplied, samples: mapped(colour: level, opacity: high))
  }

  /// Returns what two functions make of the samples: of each, or where there are more samples than numbers
  /// up to the largest, of each number once.
  private func mapped(colour: (Int) -> UInt8, opacity: (Int) -> UInt8) -> [UInt8] {
    let numbers = 0...Int(samples.max() ?? 0)
    guard samples.count > numbers.count else { return each(colour: colour, opacity: opacity) }
    let colourTable = numbers.map(colour)
    let opacityTable = hasAlpha ? numbers.map(opacity) : []
    return each(colour: { colourTable[$0] }, opacity: { opacityTable[$0] })
  }

  /// Returns what two functions make of every sample.
  @inline(__always)
  private func each(colour: (Int) -> UInt8, opacity: (Int) -> UInt8) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: samples.count) { output, count in
      for (place, sample) in samples.enumerated() {
        let isAlpha = hasAlpha && place % channels == colours
        output[place] = isAlpha ? opacity(Int(sample)) : colour(Int(sample))
      }
      count = samples.count
    }
  }

  /// The smallest and the largest sample of the pixels that are not wholly transparent; 0 and 0 where
  /// there are none.
  var range: (smallest: Int, largest: Int) {
    var (smallest, largest) = (UInt16.max, UInt16.min)
    for start in stride(from: 0, to: samples.count, by: channels)
    where !hasAlpha || samples[start + colours] > 0 {
      for sample in samples[start..<start + colours] {
        smallest = Swift.min(smallest, sample)
        largest = Swift.max(largest, sample)
      }
    }
    return smallest > largest ? (0, 0) : (Int(smallest), Int(largest))
  }
}

extension DecodedImage {
  /// Shows samples of 8 bits on a grey level and turns them upright.
  init(_ stored: StoredSamples<UInt8>, as layout: StoredLayout, background: UInt8) {
    let (image, hasTransparency) = stored.shown(on: background)
    self.init(
      stored: image, as: layout, eighths: 8, samples: SampleTraits(hasTransparency: hasTransparency)
    )
  }

  /// Shows samples of more bits, of which `maximum` is the largest that the file allows.
  init(
    _ stored: StoredSamples<UInt16>, maximum: Int = 65_535, isInverted: Bool = false,
    as layout: StoredLayout, background: UInt8, window: IntensityWindow
  ) {
    let bytes = stored.narrowed(to: window, maximum: maximum)
    let (image, hasTransparency) = (isInverted ? bytes.inverted() : bytes).shown(on: background)
    let range = stored.range
    let largest = isInverted ? maximum - range.smallest : range.largest
    self.init(
      stored: image, as: layout, eighths: 8,
      samples: SampleTraits(
        bits: 16, largest: min(65_535, (largest + 1) * 65_536 / (maximum + 1) - 1),
        hasTransparency: hasTransparency))
  }
}

extension ImageError {
  /// Makes the error about a file of a known format that is broken.
  static func damaged(_ format: String, _ file: String, _ reason: String) -> ImageError {
    ImageError(.damaged, file: file, problem: "expected an intact \(format) file: \(reason)")
  }

  /// Makes the error about a file of a known format, but of a kind that is not read.
  static func unsupported(_ kind: String, _ file: String) -> ImageError {
    ImageError(
      .damaged, file: file, problem: "\(kind) is not read; convert it to PNG or to grey JPEG")
  }
}
