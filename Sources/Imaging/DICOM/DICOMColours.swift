/// How the stored samples of a frame in colour become red, green and blue of 8 bits each. Windows are for
/// grey: colours have none.
enum DICOMColours {
  /// Returns red, green and blue of every pixel; throws `DICOMProblem` where a palette is damaged, or
  /// written in segments.
  static func levels(
    of samples: DICOMSamples, _ dataSet: DICOMDataSet, _ pixels: DICOMPixels
  ) throws(DICOMProblem) -> [UInt8] {
    let reading = DICOMSampleReading(pixels, width: samples.width)
    if pixels.colours == .palette { return try looked(up: samples, reading, dataSet, pixels) }
    let levels = scaled(samples, reading)
    return pixels.colours.isYBR && !samples.areRGB ? mixed(levels) : levels
  }

  /// Brings samples down, or up, to 8 bits.
  private static func scaled(_ samples: DICOMSamples, _ reading: DICOMSampleReading) -> [UInt8] {
    guard reading.bits <= 16 else {
      return reading.numbers(of: samples).map {
        UInt8(truncatingIfNeeded: $0 >> (reading.bits - 8))
      }
    }
    let largest = 1 << reading.bits - 1
    return reading.map(samples) { UInt8((255 * $0 + largest / 2) / largest) }
  }

  /// Looks every pixel's red, green and blue up in the three tables of a palette.
  private static func looked(
    up samples: DICOMSamples, _ reading: DICOMSampleReading, _ dataSet: DICOMDataSet,
    _ pixels: DICOMPixels
  ) throws(DICOMProblem) -> [UInt8] {
    guard dataSet[.segmentedRedData] == nil else {
      throw .unsupported("its palette is written in segments")
    }
    guard reading.bits <= 16 else {
      throw .unsupported("its palette is for samples of \(reading.bits) bits")
    }
    var planes: [[UInt8]] = []
    for colour in 0..<UInt32(3) {
      let table = try DICOMTable(
        dataSet, descriptor: DICOMTag.redDescriptor.advanced(by: colour),
        data: DICOMTag.redData.advanced(by: colour), isSigned: pixels.isSigned)
      let plane = reading.map(samples) {
        UInt8(
          (255 * min(table.largest, table[reading.number($0)]) + table.largest / 2) / table.largest)
      }
      planes.append(plane)
    }
    return zip(planes[0], zip(planes[1], planes[2])).flatMap { [$0, $1.0, $1.1] }
  }

  /// Mixes brightness and two differences of colour, as PS3.3 C.7.6.3.1.2 defines them: with the numbers
  /// of JFIF.
  private static func mixed(_ levels: [UInt8]) -> [UInt8] {
    func level(_ value: Double) -> UInt8 { UInt8(min(255, max(0, value.rounded()))) }
    var colours = levels
    for start in stride(from: 0, to: levels.count - 2, by: 3) {
      let brightness = Double(levels[start])
      let (blue, red) = (Double(levels[start + 1]) - 128, Double(levels[start + 2]) - 128)
      colours[start] = level(brightness + 1.402 * red)
      colours[start + 1] = level(brightness - 0.344136 * blue - 0.714136 * red)
      colours[start + 2] = level(brightness + 1.772 * blue)
    }
    return colours
  }
}
