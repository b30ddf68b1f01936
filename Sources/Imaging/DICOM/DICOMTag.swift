/// What names an element of a DICOM file: its group in the upper 16 bits and its number in the lower.
struct DICOMTag: RawRepresentable, Hashable, Sendable {
  let rawValue: UInt32

  /// The group.
  var group: UInt32 { rawValue >> 16 }

  // What the file is.
  static let mediaClass = DICOMTag(rawValue: 0x0002_0002)
  static let transferSyntax = DICOMTag(rawValue: 0x0002_0010)
  static let syntheticData = DICOMTag(rawValue: 0x0008_001C)
  static let patientID = DICOMTag(rawValue: 0x0010_0020)
  static let studyIdentifier = DICOMTag(rawValue: 0x0020_000D)
  static let burnedInAnnotation = DICOMTag(rawValue: 0x0028_0301)

  // How the pixels lie.
  static let samplesPerPixel = DICOMTag(rawValue: 0x0028_0002)
  static let photometricInterpretation = DICOMTag(rawValue: 0x0028_0004)
  static let planarConfiguration = DICOMTag(rawValue: 0x0028_0006)
  static let numberOfFrames = DICOMTag(rawValue: 0x0028_0008)
  static let rows = DICOMTag(rawValue: 0x0028_0010)
  static let columns = DICOMTag(rawValue: 0x0028_0011)
  static let bitsAllocated = DICOMTag(rawValue: 0x0028_0100)
  static let bitsStored = DICOMTag(rawValue: 0x0028_0101)
  static let highBit = DICOMTag(rawValue: 0x0028_0102)
  static let pixelRepresentation = DICOMTag(rawValue: 0x0028_0103)
  static let floatPixels = DICOMTag(rawValue: 0x7FE0_0008)
  static let doublePixels = DICOMTag(rawValue: 0x7FE0_0009)
  static let pixels = DICOMTag(rawValue: 0x7FE0_0010)

  // How large a pixel is.
  static let imagerPixelSpacing = DICOMTag(rawValue: 0x0018_1164)
  static let scannedPixelSpacing = DICOMTag(rawValue: 0x0018_2010)
  static let pixelSpacing = DICOMTag(rawValue: 0x0028_0030)
  static let pixelAspectRatio = DICOMTag(rawValue: 0x0028_0034)
  static let pixelMeasures = DICOMTag(rawValue: 0x0028_9110)

  // How samples become grey levels.
  static let pixelPadding = DICOMTag(rawValue: 0x0028_0120)
  static let pixelPaddingLimit = DICOMTag(rawValue: 0x0028_0121)
  static let windowCenter = DICOMTag(rawValue: 0x0028_1050)
  static let windowWidth = DICOMTag(rawValue: 0x0028_1051)
  static let rescaleIntercept = DICOMTag(rawValue: 0x0028_1052)
  static let rescaleSlope = DICOMTag(rawValue: 0x0028_1053)
  static let windowFunction = DICOMTag(rawValue: 0x0028_1056)
  static let modalityTable = DICOMTag(rawValue: 0x0028_3000)
  static let tableDescriptor = DICOMTag(rawValue: 0x0028_3002)
  static let tableData = DICOMTag(rawValue: 0x0028_3006)
  static let windowTable = DICOMTag(rawValue: 0x0028_3010)
  static let frameWindow = DICOMTag(rawValue: 0x0028_9132)
  static let frameRescale = DICOMTag(rawValue: 0x0028_9145)
  static let presentationShape = DICOMTag(rawValue: 0x2050_0020)
  static let sharedGroups = DICOMTag(rawValue: 0x5200_9229)
  static let frameGroups = DICOMTag(rawValue: 0x5200_9230)

  // The colours of a palette: red, green and blue follow each other.
  static let redDescriptor = DICOMTag(rawValue: 0x0028_1101)
  static let redData = DICOMTag(rawValue: 0x0028_1201)
  static let segmentedRedData = DICOMTag(rawValue: 0x0028_1221)

  // What sequences are made of.
  static let item = DICOMTag(rawValue: 0xFFFE_E000)
  static let itemEnd = DICOMTag(rawValue: 0xFFFE_E00D)
  static let sequenceEnd = DICOMTag(rawValue: 0xFFFE_E0DD)

  /// Returns the tag so many numbers on.
  func advanced(by count: UInt32) -> DICOMTag { DICOMTag(rawValue: rawValue + count) }
}
