import Foundation
import Imaging
import Testing

/// Compares what is read of other people's DICOM files with what pydicom makes of them.
///
/// `Scripts/check-dicom` writes the folder that `DCGAN_DICOM_CORPUS` names: files, and beside each that
/// pydicom can show `NAME.expected.png`. A line for every file goes to the file `outcomes.txt` in it.
struct DICOMCorpusTests {
  private static let folder = ProcessInfo.processInfo.environment["DCGAN_DICOM_CORPUS"]

  @Test(.enabled(if: folder != nil))
  func picturesAreWithinALevelOfPydicoms() throws {
    let folder = try #require(Self.folder)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted().filter {
      !$0.hasSuffix(".expected.png") && !$0.hasSuffix(".txt")
    }
    var lines: [String] = []
    for name in names {
      let path = "\(folder)/\(name)"
      let expected = try? PixelImage(contentsOf: "\(path).expected.png")
      lines.append("\(name)\t\(outcome(of: path, expected))")
    }
    try lines.joined(separator: "\n").write(
      toFile: "\(folder)/outcomes.txt", atomically: true, encoding: .utf8)
    #expect(lines.filter { $0.contains("\tdiffers") } == [])
  }

  private func outcome(of path: String, _ expected: PixelImage?) -> String {
    do throws(ImageError) {
      let image = try ImageHeader(contentsOf: path).decode().image
      guard let expected else { return "read, but not by pydicom" }
      let difference = Difference(image, expected)
      let words = "by at most \(difference.largest), on average \(difference.mean)"
      return difference.largest <= 1 ? "same\t\(words)" : "differs\t\(words)"
    } catch {
      return "refused\t\(error.problem)"
    }
  }
}
