import Files
import Foundation
import Imaging
import Samples

/// What samples that passed become: what they are, or DICOM objects of what the pictures say of
/// themselves.
struct PassedFormat {
  private let format: SampleFormat?

  /// Names a format; nil for that of each sample.
  init(_ format: SampleFormat?) { self.format = format }

  /// Returns the bytes of a sample's file in the format, and gives the sample the name and the checksum of
  /// that file.
  ///
  /// Throws `ImageError` where the file is no picture, and `TableError` where it does not say how it was
  /// drawn, or cannot be had in the format.
  func bytes(
    of file: [UInt8], at path: String, naming sample: inout PassedSamples.Sample
  ) throws -> [UInt8] {
    let isDICOM = path.hasSuffix(".dcm")
    guard let format, isDICOM != (format == .dicom) else { return file }
    guard !isDICOM else {
      throw TableError(
        path: path, expected: "a picture, to copy it as PNG",
        found: "a DICOM object; leave the format out, or draw the samples as PNG pictures")
    }
    guard let mark = ImageMark(head: file), mark.kind == .sample else {
      throw TableError(
        path: path, expected: "a picture that says with which model and candidate dcgan drew it",
        found: "one that does not; leave the format out to copy it as it is")
    }
    let image = try DecodedImage(bytes: Data(file), file: path).image
    let object = image.dicomData(mark: mark)
    sample.file = sample.file.replacing(/\.[^.\/]*$/, with: ".dcm")
    sample.crc32 = object.withUnsafeBytes { Checksum(of: $0).digits }
    return [UInt8](object)
  }
}
