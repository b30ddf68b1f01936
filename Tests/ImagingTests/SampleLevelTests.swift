import Foundation
import Imaging
import TestSupport
import Testing

/// The levels of many samples are looked up in tables, those of few are not: they are the same.
@Suite struct SampleLevelTests {
  private static let windows: [IntensityWindow] = [
    .ofFile, .minMax, .range(center: 30_000, width: 20_000),
  ]

  /// Decodes a picture of the samples from 0 on, 256 a row, with the smallest and the largest of all in
  /// another row below.
  private func levels(of rows: Range<Int>, _ window: IntensityWindow) throws -> [UInt8] {
    var bytes = Data("P5 256 \(rows.count + 1) 65535\n".utf8)
    for sample in 256 * rows.lowerBound..<256 * rows.upperBound {
      bytes += [UInt8(sample >> 8 & 255), UInt8(sample & 255)]
    }
    for column in 0..<256 { bytes += column == 0 ? [255, 255] : [0, 0] }
    let image = try ImageHeader(bytes: bytes, file: "file").decode(window: window).image
    return image.pixels.dropLast(256)
  }

  @Test(arguments: windows)
  func `samples of 16 bits have the levels of a picture of few`(_ window: IntensityWindow) throws {
    let whole = try levels(of: 0..<256, window)
    #expect(
      try stride(from: 0, to: 256, by: 16).flatMap { try levels(of: $0..<$0 + 16, window) } == whole
    )
    #expect(whole[30_000] == (window == .range(center: 30_000, width: 20_000) ? 128 : 117))
    #expect(whole[65_535] == 255)
  }

  @Test(arguments: [IntensityWindow.ofFile, .minMax, .range(center: 100, width: 60)])
  func `DICOM samples have the levels of a picture of few`(_ window: IntensityWindow) throws {
    func levels(side: Int) throws -> [UInt8] {
      var file = DICOMWriter(side: side) { column, row in UInt8((side * row + column) % 200) }
      file.set(0x0028_1050, "DS", "90")
      file.set(0x0028_1051, "DS", "120")
      return try ImageHeader(bytes: file.data, file: "file").decode(window: window).image.pixels
    }
    // 8 bits have 256 patterns.
    let (few, many) = (try levels(side: 15), try levels(side: 16))
    #expect(few == Array(many.prefix(225)))
    #expect(few[0] == 0 && few[199] == 255 && Set(few).count > 50)
  }
}
