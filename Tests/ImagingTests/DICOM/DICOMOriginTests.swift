import Foundation
import Imaging
import TestSupport
import Testing

/// What DICOM files say of where their image comes from.
struct DICOMOriginTests {
  private func origin(_ name: String) throws -> ImageOrigin {
    try ImageHeader(contentsOf: dicomFixture(name)).origin
  }

  @Test func burnedInAndSyntheticFilesAreTold() throws {
    #expect(try origin("burned-in.dcm").hasBurnedInAnnotation)
    #expect(try origin("synthetic.dcm").isSynthetic)
    let plain = try origin("explicit.dcm")
    #expect(!plain.hasBurnedInAnnotation && !plain.isSynthetic && plain.frames == 1)
    #expect(try ImageHeader(contentsOf: fixture("grey.jpg")).origin.patient == nil)
  }

  @Test func patientsAreToldApartAndNothingElse() throws {
    let patient = try #require(try origin("explicit.dcm").patient)
    #expect(try origin("implicit.dcm").patient == patient)
    var other = try dicomBytes("explicit.dcm")
    let place = try #require(other.range(of: Data("FIXTURE".utf8)))
    other.replaceSubrange(place, with: Data("Fixture".utf8))
    #expect(try ImageHeader(bytes: other, file: "other").origin.patient != patient)
    var shown = ""
    dump(patient, to: &shown)
    shown += "\(patient)" + String(reflecting: patient)
    let numbers = shown.filter(\.isNumber)
    #expect(numbers.isEmpty)
  }

  /// Without decoding, in every encoding, also behind more elements than the head that marks are sought in.
  @Test func aPatientIsToldByTheBeginningOfAFile() throws {
    let patient = try #require(try origin("explicit.dcm").patient)
    for name in ["explicit", "implicit", "big-endian", "deflated", "no-preamble", "rle"] {
      #expect(ImageOrigin.identity(at: dicomFixture("\(name).dcm")).patient == patient)
    }
    #expect(ImageOrigin.identity(at: fixture("grey.jpg")).patient == nil)
    #expect(ImageOrigin.identity(at: fixture("absent")).patient == nil)
    let folder = try TemporaryFolder()
    var file = DICOMWriter(side: 16) { _, _ in 0 }
    file.set(0x0009_0010, "LO", "MAKER")
    file.set(0x0010_0020, "LO", "FIXTURE")
    // Within the beginning that is read, and far beyond it.
    for (name, bytes) in [("a.dcm", 100_000), ("b.dcm", 300_000)] {
      file.set(0x0009_1001, "OB", [UInt8](repeating: 7, count: bytes))
      try folder.add(file.data, as: name)
      #expect(ImageOrigin.identity(at: folder.file(name)).patient == patient)
    }
  }

  @Test func aSyntheticFileIsToldByItsBeginning() throws {
    func isSynthetic(_ path: String) -> Bool {
      ImageOrigin.isSynthetic(at: path, head: ImageMark.head(at: path))
    }
    #expect(isSynthetic(dicomFixture("synthetic.dcm")))
    #expect(!isSynthetic(dicomFixture("explicit.dcm")))
    #expect(!isSynthetic(fixture("grey.jpg")) && !isSynthetic(fixture("absent")))
    let folder = try TemporaryFolder()
    var file = DICOMWriter(side: 16) { _, _ in 0 }
    file.set(0x0002_0102, "OB", [UInt8](repeating: 7, count: 20_000))
    file.set(0x0008_001C, "CS", "YES")
    try folder.add(file.data, as: "a.dcm")
    #expect(isSynthetic(folder.file("a.dcm")))
  }
}
