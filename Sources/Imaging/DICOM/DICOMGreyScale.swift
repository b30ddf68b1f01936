/// How the stored samples of a grey frame become grey levels: through the modality's units to what a
/// window makes of them, as PS3.4 N.2 has it, and only then to 8 bits.
struct DICOMGreyScale: Sendable {
  /// How stored numbers become numbers in the units of the modality, such as Hounsfield's.
  private enum Units: Sendable {
    case linear(slope: Double, intercept: Double)
    case table(DICOMTable)

    func callAsFunction(_ number: Int) -> Double {
      switch self {
      case .linear(let slope, let intercept): Double(number) * slope + intercept
      case .table(let table): Double(table[number])
      }
    }
  }

  private let pixels: DICOMPixels
  private let units: Units
  /// What the file says; nil where it says nothing.
  private let window: DICOMWindow?
  /// Whether white stands for the smallest number.
  private let isInverted: Bool
  /// The stored numbers that stand for no part of the picture.
  private let padding: ClosedRange<Int>?

  /// Reads how a frame, counted from 0, is to be shown.
  ///
  /// Throws `DICOMProblem` where a table is damaged.
  init(_ dataSet: DICOMDataSet, _ pixels: DICOMPixels, frame: Int) throws(DICOMProblem) {
    self.pixels = pixels
    let groups = [
      try dataSet.item(frame, of: .frameGroups), try dataSet.item(of: .sharedGroups),
    ].compactMap { $0 }
    units = try Self.units(dataSet, groups, isSigned: pixels.isSigned)
    window = try Self.window(dataSet, groups, isSigned: Self.areSigned(units, of: pixels))
    isInverted =
      pixels.colours == .monochrome1 || dataSet.text(.presentationShape) == "INVERSE"
    padding = Self.padding(dataSet, isSigned: pixels.isSigned)
  }

  private static func units(
    _ dataSet: DICOMDataSet, _ groups: [DICOMDataSet], isSigned: Bool
  ) throws(DICOMProblem) -> Units {
    if let table = try dataSet.item(of: .modalityTable) {
      return .table(try DICOMTable(table, isSigned: isSigned))
    }
    for group in groups {
      if let rescale = try group.item(of: .frameRescale) { return linear(rescale) }
    }
    return linear(dataSet)
  }

  /// Returns whether the numbers that come out of the modality's transformation may be negative, by which
  /// the first number of a VOI table is read: PS3.3 C.11.2.1.1.
  private static func areSigned(_ units: Units, of pixels: DICOMPixels) -> Bool {
    guard case .linear(let slope, let intercept) = units else { return false }
    let values = Double(1 << min(pixels.bitsStored, 32))
    let ends = pixels.isSigned ? [-values / 2, values / 2 - 1] : [0, values - 1]
    return ends.contains { $0 * slope + intercept < 0 }
  }

  /// Reads slope and intercept; a slope of 0, which would leave nothing, counts as missing.
  private static func linear(_ dataSet: DICOMDataSet) -> Units {
    let slope = dataSet.decimal(.rescaleSlope) ?? 1
    let intercept = dataSet.decimal(.rescaleIntercept) ?? 0
    return .linear(slope: slope == 0 ? 1 : slope, intercept: intercept)
  }

  private static func window(
    _ dataSet: DICOMDataSet, _ groups: [DICOMDataSet], isSigned: Bool
  ) throws(DICOMProblem) -> DICOMWindow? {
    for group in groups {
      guard let item = try group.item(of: .frameWindow) else { continue }
      if let window = try DICOMWindow(item, isSigned: isSigned) { return window }
    }
    return try DICOMWindow(dataSet, isSigned: isSigned)
  }

  private static func padding(_ dataSet: DICOMDataSet, isSigned: Bool) -> ClosedRange<Int>? {
    func number(_ tag: DICOMTag) -> Int? {
      dataSet.number(tag).map { isSigned ? Int(Int16(truncatingIfNeeded: $0)) : $0 }
    }
    guard let value = number(.pixelPadding) else { return nil }
    let limit = number(.pixelPaddingLimit) ?? value
    return min(value, limit)...max(value, limit)
  }

  /// Returns the grey level of every pixel.
  func levels(of samples: DICOMSamples, window asked: IntensityWindow) -> [UInt8] {
    let reading = DICOMSampleReading(pixels, width: samples.width)
    if reading.bits > 16 { return levelsOne(by: samples, reading, asked) }
    let window = chosen(asked) { range(of: samples, reading) }
    return reading.map(samples) { level(reading.number($0), window) }
  }

  /// Computes every pixel's level by itself, as tables of their numbers would be too large.
  private func levelsOne(
    by samples: DICOMSamples, _ reading: DICOMSampleReading, _ asked: IntensityWindow
  ) -> [UInt8] {
    let numbers = reading.numbers(of: samples)
    let window = chosen(asked) { range(of: numbers) }
    return numbers.map { level($0, window) }
  }

  private func level(_ stored: Int, _ window: DICOMWindow) -> UInt8 {
    let level = window.level(of: units(stored))
    return isInverted ? 255 - level : level
  }

  /// Chooses the window that is asked for, else the file's, else the range of all numbers that samples of
  /// 8 bits may be, else `range`, that of those that there are.
  private func chosen(
    _ asked: IntensityWindow, range: () -> (Double, Double)
  ) -> DICOMWindow {
    switch asked {
    case .range(let center, let width): return .linear(center: center, width: width)
    case .ofFile:
      if let window { return window }
      if pixels.bitsStored <= 8, !pixels.isSigned, case .linear(1, 0) = units {
        return .range(0, Double(1 << pixels.bitsStored - 1))
      }
    case .minMax: break
    }
    let (smallest, largest) = range()
    return .range(smallest, largest)
  }

  /// Finds the smallest and the largest number in the modality's units; padding does not count.
  private func range(of numbers: some Sequence<Int>) -> (Double, Double) {
    var range: (smallest: Double, largest: Double)?
    for number in numbers where padding?.contains(number) != true {
      let value = units(number)
      let known = range ?? (value, value)
      range = (min(known.smallest, value), max(known.largest, value))
    }
    return range ?? (0, 0)
  }

  private func range(of samples: DICOMSamples, _ reading: DICOMSampleReading) -> (Double, Double) {
    guard reading.hasFewPatterns(beside: samples) else {
      return range(of: reading.numbers(of: samples))
    }
    let used = reading.used(in: samples)
    return range(of: used.indices.lazy.filter { used[$0] }.map(reading.number))
  }
}
