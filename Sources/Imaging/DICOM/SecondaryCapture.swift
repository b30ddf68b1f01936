import Foundation
import Support

/// An image that a generator drew as a DICOM object: Secondary Capture, PS3.3 A.8.1, which archives accept
/// and viewers show, and which says that it is synthetic wherever the standard has a place for it.
struct SecondaryCapture {
  private static let objectClass = "1.2.840.10008.5.1.4.1.1.7"
  private static let explicitLittleEndian = "1.2.840.10008.1.2.1"
  /// The most bytes of a Derivation Description.
  private static let longestDescription = 1024

  private let image: PixelImage
  private let mark: ImageMark
  /// What decides the whole drawing: all that the mark says but the candidate and its class.
  private let drawing: [UInt8]

  /// Describes an image by its mark.
  init(_ image: PixelImage, mark: ImageMark) {
    (self.image, self.mark) = (image, mark)
    drawing = Array(
      mark.details.filter { !["candidate", "class"].contains($0.key) }
        .map { "\($0.key) \($0.value)\n" }.joined().utf8)
  }

  /// The file. The same pixels and mark give the same bytes, for the identifiers are made of them.
  var data: Data {
    var file = DICOMFileWriter()
    let instance = identifier("instance", pixels + Array((mark["candidate"] ?? "").utf8))
    addHeader(to: &file, instance)
    addGeneral(to: &file, instance)
    addPatient(to: &file)
    addPlace(to: &file)
    addPixels(to: &file)
    return file.data
  }

  private var pixels: [UInt8] { image.pixels }

  /// Makes an identifier of the drawing and of what is told apart in it.
  private func identifier(_ what: String, _ parts: [UInt8] = []) -> String {
    DICOMIdentifier(of: Array("dcgan \(what)\n".utf8), drawing, parts).text
  }

  private func addHeader(to file: inout DICOMFileWriter, _ instance: String) {
    file.add(DICOMTag(rawValue: 0x0002_0001), "OB", bytes: [0, 1])
    file.add(.mediaClass, "UI", Self.objectClass)
    file.add(DICOMTag(rawValue: 0x0002_0003), "UI", instance)
    file.add(.transferSyntax, "UI", Self.explicitLittleEndian)
    file.add(
      DICOMTag(rawValue: 0x0002_0012), "UI",
      DICOMIdentifier(of: Array("dcgan implementation".utf8)).text)
    file.add(DICOMTag(rawValue: 0x0002_0013), "SH", "DCGAN")
  }

  /// What the object is. Dates, times and numbers of orders are empty: there was no examination.
  private func addGeneral(to file: inout DICOMFileWriter, _ instance: String) {
    file.add(DICOMTag(rawValue: 0x0008_0005), "CS", "ISO_IR 192")
    file.add(DICOMTag(rawValue: 0x0008_0008), "CS", #"DERIVED\SECONDARY"#)
    file.add(DICOMTag(rawValue: 0x0008_0016), "UI", Self.objectClass)
    file.add(DICOMTag(rawValue: 0x0008_0018), "UI", instance)
    file.add(.syntheticData, "CS", "YES")
    file.add(DICOMTag(rawValue: 0x0008_0020), "DA", "")
    file.add(DICOMTag(rawValue: 0x0008_0030), "TM", "")
    file.add(DICOMTag(rawValue: 0x0008_0050), "SH", "")
    file.add(DICOMTag(rawValue: 0x0008_0060), "CS", "OT")
    // "Synthetic Image", PS3.3 C.8.6.1.
    file.add(DICOMTag(rawValue: 0x0008_0064), "CS", "SYN")
    file.add(DICOMTag(rawValue: 0x0008_0090), "PN", "")
    file.add(DICOMTag(rawValue: 0x0008_103E), "LO", "Synthetic images")
    file.add(DICOMTag(rawValue: 0x0008_2111), "ST", description)
  }

  private func addPatient(to file: inout DICOMFileWriter) {
    file.add(DICOMTag(rawValue: 0x0010_0010), "PN", "SYNTHETIC^NOT A PATIENT")
    file.add(.patientID, "LO", "SYNTHETIC")
    file.add(DICOMTag(rawValue: 0x0010_0030), "DA", "")
    file.add(DICOMTag(rawValue: 0x0010_0040), "CS", "")
    file.add(DICOMTag(rawValue: 0x0018_1016), "LO", "dcgan")
    file.add(DICOMTag(rawValue: 0x0018_1019), "LO", String(mark.program.prefix(64)))
  }

  /// Where the object belongs: a study and a series for each drawing, in which images have the numbers of
  /// their candidates, so that an image drawn again is the same object.
  private func addPlace(to file: inout DICOMFileWriter) {
    file.add(DICOMTag(rawValue: 0x0020_000D), "UI", identifier("study"))
    file.add(DICOMTag(rawValue: 0x0020_000E), "UI", identifier("series"))
    file.add(DICOMTag(rawValue: 0x0020_0010), "SH", "SYNTHETIC")
    file.add(DICOMTag(rawValue: 0x0020_0011), "IS", "1")
    let number = mark["candidate"].flatMap { Int($0) }.map { "\($0 + 1)" }
    // The standard's numbers end at 2^31 - 1.
    file.add(
      DICOMTag(rawValue: 0x0020_0013), "IS", number.flatMap { Int32($0) }.map { "\($0)" } ?? "")
    file.add(DICOMTag(rawValue: 0x0020_0020), "CS", "")
    file.add(DICOMTag(rawValue: 0x0020_0060), "CS", "")
    file.add(DICOMTag(rawValue: 0x0020_4000), "LT", mark.sentence)
  }

  private func addPixels(to file: inout DICOMFileWriter) {
    let isGrey = image.channels == 1
    file.add(.samplesPerPixel, image.channels)
    file.add(.photometricInterpretation, "CS", isGrey ? "MONOCHROME2" : "RGB")
    if !isGrey { file.add(.planarConfiguration, 0) }
    file.add(.rows, image.height)
    file.add(.columns, image.width)
    file.add(.bitsAllocated, 8)
    file.add(.bitsStored, 8)
    file.add(.highBit, 7)
    file.add(.pixelRepresentation, 0)
    file.add(.burnedInAnnotation, "CS", "NO")
    if isGrey {
      // All 256 levels as they are: without a window some viewers stretch those that occur.
      file.add(.windowCenter, "DS", "128")
      file.add(.windowWidth, "DS", "256")
    }
    file.add(.pixels, "OB", bytes: pixels)
  }

  /// How the image was made, as the mark says.
  private var description: String {
    let facts = mark.details.map { "\($0.key) \($0.value)" }
    var text = ([mark.sentence] + facts).joined(separator: "; ")
    while text.utf8.count > Self.longestDescription { text.removeLast() }
    return text
  }
}

extension PixelImage {
  /// Writes a DICOM file, a Secondary Capture object of 8-bit grey or RGB that says what `mark` says,
  /// replacing what `path` holds only once all is written. The same pixels and mark give the same bytes.
  ///
  /// Throws `ImageError` where the file cannot be written. Traps where the mark is of anything but a
  /// single image that a generator drew, or a side is above 65,535.
  package func writeDICOM(to path: String, mark: ImageMark) throws(ImageError) {
    try writeFile(dicomData(mark: mark), to: path)
  }

  /// Encodes such a file.
  package func dicomData(mark: ImageMark) -> Data {
    require(
      mark.kind == .sample && max(width, height) <= 65_535,
      "\(mark.kind) of \(width)x\(height) is no object for an archive")
    return SecondaryCapture(self, mark: mark).data
  }
}
