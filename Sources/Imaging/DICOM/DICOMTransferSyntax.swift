/// How a DICOM file's elements and pixels are written, by the identifiers of PS3.5 and PS3.6.
enum DICOMTransferSyntax: String, CaseIterable, Sendable {
  case implicitLittleEndian = "1.2.840.10008.1.2"
  case explicitLittleEndian = "1.2.840.10008.1.2.1"
  case deflated = "1.2.840.10008.1.2.1.99"
  case explicitBigEndian = "1.2.840.10008.1.2.2"
  case runLength = "1.2.840.10008.1.2.5"
  case jpegBaseline = "1.2.840.10008.1.2.4.50"
  case jpegExtended = "1.2.840.10008.1.2.4.51"
  case jpegLossless = "1.2.840.10008.1.2.4.57"
  case jpegLosslessFirstOrder = "1.2.840.10008.1.2.4.70"
  case jpegLS = "1.2.840.10008.1.2.4.80"
  case jpegLSNearLossless = "1.2.840.10008.1.2.4.81"
  case jpeg2000Lossless = "1.2.840.10008.1.2.4.90"
  case jpeg2000 = "1.2.840.10008.1.2.4.91"

  /// How the pixels are compressed.
  enum Compression: Sendable {
    case none, runLength, jpeg, jpegLS, jpeg2000
  }

  /// How the pixels are compressed.
  var compression: Compression {
    switch self {
    case .implicitLittleEndian, .explicitLittleEndian, .deflated, .explicitBigEndian: .none
    case .runLength: .runLength
    case .jpegBaseline, .jpegExtended, .jpegLossless, .jpegLosslessFirstOrder: .jpeg
    case .jpegLS, .jpegLSNearLossless: .jpegLS
    case .jpeg2000Lossless, .jpeg2000: .jpeg2000
    }
  }

  /// Reads an identifier; throws `DICOMProblem` where it is another.
  init(identifier: String) throws(DICOMProblem) {
    if let known = DICOMTransferSyntax(rawValue: identifier) {
      self = known
      return
    }
    let family = "1.2.840.10008.1.2.4."
    let number = identifier.hasPrefix(family) ? Int(identifier.dropFirst(family.count)) : nil
    throw .unsupported("its pixels are compressed as " + Self.name(of: number))
  }

  /// Returns what compresses the pixels in one of the other ways, by the end of its identifier.
  private static func name(of number: Int?) -> String {
    switch number ?? 0 {
    case 52...56, 58...66: "progressive or hierarchical JPEG"
    case 92, 93: "JPEG 2000 of several components"
    case 94, 95: "JPIP, outside the file"
    case 100...108: "a video"
    case 110...112: "JPEG XL"
    case 201...203: "high-throughput JPEG 2000"
    default: "another program's own format"
    }
  }
}
