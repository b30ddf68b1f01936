/// What a DICOM file says of its pixels: the image pixel module of PS3.3.
struct DICOMPixels: Equatable, Sendable {
  /// What the samples of a pixel mean.
  enum Colours: String, Sendable {
    case monochrome1 = "MONOCHROME1"
    case monochrome2 = "MONOCHROME2"
    case palette = "PALETTE COLOR"
    case rgb = "RGB"
    case ybrFull = "YBR_FULL"
    case ybrFull422 = "YBR_FULL_422"
    case ybrICT = "YBR_ICT"
    case ybrRCT = "YBR_RCT"

    /// The samples of a pixel.
    var samples: Int {
      switch self {
      case .monochrome1, .monochrome2, .palette: 1
      case .rgb, .ybrFull, .ybrFull422, .ybrICT, .ybrRCT: 3
      }
    }

    /// Whether the samples are brightness and two differences of colour.
    var isYBR: Bool {
      switch self {
      case .monochrome1, .monochrome2, .palette, .rgb: false
      case .ybrFull, .ybrFull422, .ybrICT, .ybrRCT: true
      }
    }
  }

  /// More frames than any film has; slides in a million tiles are no pictures of this kind.
  private static let mostFrames = 100_000

  let columns: Int
  let rows: Int
  let frames: Int
  let colours: Colours
  /// The bits that a sample takes up: 1, 8, 16 or 32.
  let bitsAllocated: Int
  /// The bits of them that count.
  let bitsStored: Int
  /// The bits of them below those that count.
  let bitsBelow: Int
  /// Whether the highest of the bits that count is a sign.
  let isSigned: Bool
  /// Whether all samples of one colour precede those of the next.
  let isPlanar: Bool

  /// The samples of a pixel.
  var samples: Int { colours.samples }
  /// The pixels of a frame.
  var count: Int { columns * rows }

  /// Reads the description; throws `DICOMProblem` where a part is missing, or not supported.
  init(_ dataSet: DICOMDataSet) throws(DICOMProblem) {
    func number(_ tag: DICOMTag, _ name: String) throws(DICOMProblem) -> Int {
      guard let number = dataSet.number(tag) else { throw .damaged("it does not say its \(name)") }
      return number
    }
    columns = try number(.columns, "columns")
    rows = try number(.rows, "rows")
    bitsAllocated = try number(.bitsAllocated, "bits per sample")
    bitsStored = dataSet.number(.bitsStored) ?? bitsAllocated
    let highBit = dataSet.number(.highBit) ?? bitsStored - 1
    bitsBelow = highBit + 1 - bitsStored
    isSigned = dataSet.number(.pixelRepresentation) == 1
    isPlanar = dataSet.number(.planarConfiguration) == 1
    frames = try Self.frames(dataSet)
    colours = try Self.colours(dataSet)
    guard columns >= 1, rows >= 1 else { throw .damaged("its picture has no pixels") }
    guard [1, 8, 16, 32].contains(bitsAllocated), bitsAllocated > 1 || samples == 1 else {
      throw .unsupported("its samples take up \(bitsAllocated) bits")
    }
    guard bitsStored >= 1, bitsBelow >= 0, bitsStored + bitsBelow <= bitsAllocated else {
      throw .damaged("its samples have more bits than there is room for")
    }
  }

  private static func frames(_ dataSet: DICOMDataSet) throws(DICOMProblem) -> Int {
    guard let text = dataSet.text(.numberOfFrames) else { return 1 }
    guard let frames = Int(text), frames >= 1 else {
      throw .damaged("its number of frames makes no sense")
    }
    guard frames <= mostFrames else { throw .unsupported("it has more than \(mostFrames) frames") }
    return frames
  }

  private static func colours(_ dataSet: DICOMDataSet) throws(DICOMProblem) -> Colours {
    let samples = dataSet.number(.samplesPerPixel) ?? 1
    guard let name = dataSet.text(.photometricInterpretation) else {
      // As files from before DICOM do.
      guard samples == 1 || samples == 3 else { throw .damaged("it does not say its colours") }
      return samples == 1 ? .monochrome2 : .rgb
    }
    guard let colours = Colours(rawValue: name) else {
      throw .unsupported("its colours are of an unusual kind")
    }
    guard colours.samples == samples else {
      throw .damaged("its colours do not go with \(samples) samples per pixel")
    }
    return colours
  }
}
