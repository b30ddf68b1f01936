import Foundation
import Imaging
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

  @Test func aSyntheticFileIsToldByItsBeginning() throws {
    func isSynthetic(_ path: String) -> Bool {
      ImageOrigin.isSynthetic(head: ImageMark.head(at: path))
    }
    #expect(isSynthetic(dicomFixture("synthetic.dcm")))
    #expect(!isSynthetic(dicomFixture("explicit.dcm")))
    #expect(!isSynthetic(fixture("grey.jpg")) && !isSynthetic(fixture("absent")))
  }
}
