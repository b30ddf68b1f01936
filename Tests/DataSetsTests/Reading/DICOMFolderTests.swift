import DataSets
import Foundation
import Imaging
import TestSupport
import Testing

/// Which DICOM files of a folder are used, and which of their frames.
@Suite struct DICOMFolderTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func add(_ fixture: String, as name: String) throws {
    try folder.add(Data(contentsOf: URL(filePath: Fixtures.path("dicom/\(fixture)"))), as: name)
  }

  private func images(
    _ frames: FrameChoice = .middle, allowsBurnedIn: Bool = false
  ) throws -> ImageDataSet {
    try ImageDataSet(
      listing: try ImageFolder(root: folder.path),
      reading: ImageReading(
        size: 16, channels: 1, frames: frames, allowsBurnedIn: allowsBurnedIn),
      threads: 2)
  }

  @Test func `files are found by content and the directory file is none`() throws {
    try add("explicit.dcm", as: "patient/1.2.826.7")
    try add("no-header", as: "patient/IM0001")
    try add("rle.dcm", as: "patient/image.dcm")
    try add("no-picture.dcm", as: "DICOMDIR")
    try folder.write("a,b\n", to: "patient/table.csv")
    let images = try images()
    #expect(images.paths == ["patient/1.2.826.7", "patient/IM0001", "patient/image.dcm"])
    #expect(try images.image(at: 0) == images.image(at: 1) && images.tally.frames == nil)
    let contents = try FolderContents(root: folder.path)
    let kinds = contents.passedOver.map { ($0.key.noun, $0.key.isByProduct) }.sorted { $0.0 < $1.0 }
    #expect(kinds.map(\.0) == ["DICOM directory file", "text or table file"])
    #expect(kinds.allSatisfy { $0.1 })
  }

  @Test func `of several frames the middle one is used, the first or all`() throws {
    try add("frames.dcm", as: "a.dcm")
    try add("explicit.dcm", as: "b.dcm")
    let all = try images(.all)
    #expect(all.paths == ["a.dcm[0]", "a.dcm[1]", "a.dcm[2]", "a.dcm[3]", "b.dcm"])
    #expect(all.tally.frames == 4)
    let (middle, first) = (try images(), try images(.first))
    #expect(middle.paths == ["a.dcm", "b.dcm"] && first.paths == middle.paths)
    #expect(middle.tally.frames == 1)
    #expect(try middle.image(at: 0) == all.image(at: 2) && first.image(at: 0) == all.image(at: 0))
    #expect(try all.image(at: 0) != all.image(at: 2))
  }

  @Test func `burned-in data are skipped and named unless allowed`() throws {
    try add("explicit.dcm", as: "a.dcm")
    try add("burned-in.dcm", as: "b.dcm")
    let images = try images()
    #expect(images.paths == ["a.dcm"])
    #expect(images.skipped.map(\.path) == ["b.dcm"])
    #expect(
      images.skipped.first?.reason
        == "it says that a patient's data are written in its picture (Burned In Annotation)")
    #expect(images.skipped.first?.isBurnedIn == true)
    #expect(try self.images(allowsBurnedIn: true).paths == ["a.dcm", "b.dcm"])
  }

  @Test func `synthetic files count as images that a generator drew`() throws {
    try add("explicit.dcm", as: "a.dcm")
    try add("synthetic.dcm", as: "b.dcm")
    let contents = try FolderContents(root: folder.path)
    #expect(contents.passedOver[.synthetic] == ["b.dcm"])
    let selection = DataSelection(includesSynthetic: true)
    #expect(try ImageFolder(root: folder.path, selection).files.count == 2)
  }
}
