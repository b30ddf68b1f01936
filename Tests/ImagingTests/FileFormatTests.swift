import Foundation
import Imaging
import Testing

@Suite struct FileFormatTests {
  @Test(arguments: [
    ("jpeg2000.jpg", "a JPEG 2000 picture; convert it to JPEG or PNG"),
    ("avif.png", "an AVIF picture; convert it to JPEG or PNG"),
    ("empty.jpg", "an empty file"),
    ("text-inside.png", "a file that begins with 54 68 69 73 20 69 73 20"),
  ])
  func errorsNameWhatTheFileIs(_ name: String, _ words: String) {
    let error = #expect(throws: ImageError.self) { try PixelImage(contentsOf: fixture(name)) }
    #expect(error?.kind == .unknownFormat)
    #expect(error?.problem == "expected a readable image, found \(words)")
  }

  private static let signatures: [(FileFormat, String, [UInt8])] = [
    (.jpeg, "\u{0}", [0xFF, 0xD8, 0xFF, 0xE0]),
    (.tiff, "MM\0*\0\0\0\u{8}", []), (.tiff, "II+\0", []),
    (.heic, "\0\0\0\u{24}ftypheic\0\0\0\0heic", []),
    (.heic, "\0\0\0\u{18}ftypmif1\0\0\0\0mif1heic", []),
    (.netpbm, "P5 2 3 255\n", []), (.netpbm, "P1\n# a comment", []),
    (.avif, "\0\0\0\u{1C}ftypmif1\0\0\0\0mif1avifmiaf", []),
    (.jpegXL, "", [0xFF, 0x0A, 0xFA]),
    (.jpegXL, "\0\0\0\u{C}JXL \r\n", [0x87, 0x0A]),
    (.jpeg2000, "", [0xFF, 0x4F, 0xFF, 0x51, 0]),
    (.svg, "<svg xmlns='http://www.w3.org/2000/svg'/>", []),
    (.svg, "<?xml version='1.0'?>\n<!-- drawn --><svg/>", []),
    (.xml, "<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>", []),
    (.html, "\u{FEFF} \n<!DocType HTML>", []), (.html, "<HTML lang=en>", []),
    (.html, "<?xml version='1.0'?><!DOCTYPE html><html/>", []), (.html, "<!-- page -->", []),
    (.gzip, "", [0x1F, 0x8B, 8]), (.zip, "PK\u{3}\u{4}", []), (.zip, "PK\u{5}\u{6}", []),
    (.sevenZip, "7z", [0xBC, 0xAF, 0x27, 0x1C]), (.rar, "Rar!\u{1A}\u{7}\u{1}", []),
    (.bzip2, "BZh91AY&SY", []), (.xz, "", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]),
    (.zstandard, "", [0x28, 0xB5, 0x2F, 0xFD]),
    (.numpy, "", [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1]),
    (.hdf5, "", [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]), (.pdf, "%PDF-1.7", []),
    (.gitLFSPointer, "version https://git-lfs.github.com/spec/v1\noid sha256:0", []),
  ]

  @Test(arguments: signatures)
  func aSignatureIsEnough(_ format: FileFormat, _ text: String, _ rest: [UInt8]) {
    let head = format == .jpeg ? rest : Array(text.utf8) + rest
    #expect(FileFormat.recognize(head) == format)
    #expect(FileFormat.recognize(head + Array(repeating: 32, count: 500)) == format)
  }

  @Test func signaturesFarFromTheStartAreFound() {
    func head(_ text: String, at place: Int, _ start: [UInt8] = []) -> [UInt8] {
      start + Array(repeating: 0, count: place - start.count) + Array(text.utf8)
        + Array(repeating: 0, count: 200)
    }
    #expect(FileFormat.recognize(head("DICM", at: 128)) == .dicom)
    #expect(FileFormat.recognize(head("ustar", at: 257)) == .tar)
    #expect(FileFormat.recognize(head("n+1\0", at: 344, [0x5C, 1, 0, 0])) == .nifti)
    #expect(FileFormat.recognize(head("ni1\0", at: 344, [0, 0, 1, 0x5C])) == .nifti)
    #expect(FileFormat.recognize(head("n+1\0", at: 344, [0x5C, 2, 0, 0])) == nil)
    #expect(FileFormat.recognize(head("n+2\0\r\n\u{1A}\n", at: 4, [0x1C, 2, 0, 0])) == .nifti)
  }

  private static let beginnings: [([UInt8], Bool)] = [
    // Group and element, then letters, or a length and the next element.
    ([2, 0, 0, 0, 0x55, 0x4C, 4, 0, 1, 0, 0, 0], true),
    ([8, 0, 5, 0, 0x43, 0x53, 10, 0], true),
    ([8, 0, 5, 0, 0x44, 0x41, 10, 0], false),
    ([8, 0, 0, 0, 4, 0, 0, 0, 0x10, 1, 0, 0, 8, 0, 5, 0], true),
    ([8, 0, 0, 0, 4, 0, 0, 0, 0x10, 1, 0, 0, 8, 0, 0, 0], false),
    ([8, 0, 0, 0, 4, 0, 0, 0, 0x10, 1, 0, 0, 9, 0, 5, 0], false),
    ([8, 0, 0, 0, 5, 0, 0, 0, 0x10, 1, 0, 0, 0, 8, 0, 5, 0], false),
    ([8, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF], false), ([8, 0, 0, 0, 4, 0, 0, 0], false),
    ([8, 0, 3, 0, 0x43, 0x53, 10, 0], false), ([8, 0], false),
    ([0, 8, 0, 5, 0x43, 0x53, 0, 10], true), ([0, 8, 0, 5, 0x44, 0x41, 0, 10], false),
  ]

  @Test(arguments: beginnings)
  func dicomWithoutItsPreambleIsTakenWithCare(_ head: [UInt8], _ isDICOM: Bool) {
    #expect((FileFormat.recognize(head) == .dicom) == isDICOM)
  }

  @Test(arguments: [
    "BMI,age,sex\n24.1,61,F\n", "hello", "BZhello", "RIFF\0\0\0\0WAVEfmt ", "IIa", "<a>", "\u{0}",
  ])
  func whatOnlyBeginsLikeAFormatIsNone(_ text: String) {
    #expect(FileFormat.recognize(Array(text.utf8)) == nil)
  }

  @Test func onlyTheHeadOfAFileIsRead() throws {
    #expect(FileFormat.read(at: fixture("bmp.png")) == .bmp)
    #expect(FileFormat.read(at: fixture("jpeg-inside.png")) == .jpeg)
    #expect(FileFormat.read(at: fixture("empty.jpg")) == .empty)
    #expect(FileFormat.read(at: fixture("text-inside.png")) == nil)
    #expect(FileFormat.read(at: fixture("absent")) == nil)
    #expect(FileFormat.read(at: fixture("")) == nil)
    #expect(FileFormat.headLength <= 512)
  }

  @Test func everyFormatHasANameAndAnAdvice() {
    #expect(
      FileFormat.zip.words
        == "a zip archive; name it as the data, with the suffix .zip, or unpack it")
    #expect(
      FileFormat.gitLFSPointer.words
        == "a Git LFS pointer, not the picture itself; run 'git lfs pull'")
    #expect(FileFormat.html.words == "an HTML page; a download may have failed")
    #expect(FileFormat.allCases.allSatisfy { ($0.advice == nil) == ($0.isRead || $0 == .empty) })
    #expect(
      FileFormat.allCases.filter { $0.isRead || $0 == .webP || $0 == .tiff } == [
        .jpeg, .png, .webP, .gif, .bmp, .netpbm, .tiff, .dicom,
      ])
    // A format whose library is missing says what to install.
    for format in [FileFormat.webP, .tiff] {
      #expect(format.isRead == isRead("a.\(format.rawValue.lowercased())"))
      #expect(format.isRead == (format.advice?.contains("install lib") != true))
    }
    #expect(Set(FileFormat.allCases.map(\.name)).count == FileFormat.allCases.count)
  }
}
