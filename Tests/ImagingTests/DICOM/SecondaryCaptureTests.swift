import Foundation
import Imaging
import TestSupport
import Testing

/// DICOM objects of what a generator drew.
@Suite struct SecondaryCaptureTests {
  private let mark = ImageMark(
    program: "dcgan 1.2.3", kind: .sample,
    details: [
      .init("run", "abc"), .init("epoch", "3"), .init("seed", "7"), .init("candidate", "41"),
      .init("class", "NORMAL"),
    ])
  private let grey = PixelImage(width: 2, height: 2, channels: 1, pixels: [0, 1, 2, 3])

  private func text(_ data: Data) -> String { String(decoding: data, as: UTF8.self) }

  /// Identifiers by Python's hashlib from the digests of the same bytes.
  @Test func `identifiers follow from the drawing and the pixels`() {
    let file = text(grey.dicomData(mark: mark))
    for identifier in [
      "2.25.200817658858714651948282452226096594257", "2.25.42323814493715814741811458789474298683",
      "2.25.229184569589746501585425333553270397524",
      "2.25.113041068760007026569963706958558413381",
    ] {
      #expect(file.contains(identifier))
      #expect(identifier.utf8.count <= 64)
    }
  }

  @Test func `the same image gives the same bytes, another one another object`() {
    let file = grey.dicomData(mark: mark)
    #expect(grey.dicomData(mark: mark) == file)
    let other = PixelImage(width: 2, height: 2, channels: 1, pixels: [0, 1, 2, 4])
    #expect(
      !text(other.dicomData(mark: mark)).contains("2.25.42323814493715814741811458789474298683"))
    #expect(
      text(other.dicomData(mark: mark)).contains("2.25.229184569589746501585425333553270397524"))
  }

  @Test(arguments: [1, 3])
  func `the object is read as it was drawn, and as synthetic`(channels: Int) throws {
    let folder = try TemporaryFolder()
    let image = PixelImage(
      width: 17, height: 17, channels: channels,
      pixels: (0..<289 * channels).map { UInt8($0 * 7 % 256) })
    try image.writeDICOM(to: folder.file("a.dcm"), mark: mark)
    let header = try ImageHeader(contentsOf: folder.file("a.dcm"))
    #expect(header.origin.isSynthetic && !header.origin.hasBurnedInAnnotation)
    #expect(header.origin.frames == 1)
    #expect(try header.decode().image == image)
    let path = folder.file("a.dcm")
    #expect(ImageOrigin.isSynthetic(at: path, head: ImageMark.head(at: path)))
  }

  @Test func `the object says that it is synthetic, and how it was drawn`() {
    let file = text(grey.dicomData(mark: mark))
    for words in [
      #"DERIVED\SECONDARY"#, "SYNTHETIC^NOT A PATIENT", "dcgan 1.2.3", "MONOCHROME2", "YES", "SYN",
      "Not for diagnosis.; run abc; epoch 3; seed 7; candidate 41; class NORMAL",
    ] {
      #expect(file.contains(words))
    }
    #expect(file.contains("IS\u{2}\u{0}42"))
  }

  @Test func `a description that is too long is cut`() throws {
    let long = ImageMark(
      program: "dcgan 1", kind: .sample,
      details: [.init("class", String(repeating: "ä", count: 2000))])
    let folder = try TemporaryFolder()
    try grey.writeDICOM(to: folder.file("a.dcm"), mark: long)
    #expect(try ImageHeader(contentsOf: folder.file("a.dcm")).decode().image == grey)
    #expect(try folder.read("a.dcm").count < 2500)
  }
}
