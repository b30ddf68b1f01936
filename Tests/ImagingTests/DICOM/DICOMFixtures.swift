import Foundation
import Imaging

/// Returns the path of a file in Fixtures/dicom.
func dicomFixture(_ name: String) -> String { fixture("../dicom/\(name)") }

/// Returns the bytes of a file in Fixtures/dicom.
func dicomBytes(_ name: String) throws -> Data {
  try Data(contentsOf: URL(fileURLWithPath: dicomFixture(name)))
}

/// Decodes what the formulas make of the file `name` in Fixtures/dicom.
func expectedDICOM(_ name: String) throws -> PixelImage {
  try PixelImage(contentsOf: dicomFixture("\(name).expected.png"))
}

/// Returns the error that reading and decoding a file in memory ends with; nil where there is none.
func problem(of bytes: Data) -> ImageError? {
  do {
    _ = try ImageHeader(bytes: bytes, file: "file").decode()
    return nil
  } catch {
    return error
  }
}
