import Foundation
import Imaging
import Testing

@Suite struct IntensityWindowTests {
  @Test func windowsBeyondAllNumbersTrapNowhere() {
    for sample in [-Double.infinity, 0, .infinity] {
      let level = IntensityWindow.level(of: sample, center: 1.7e308, width: 1.7e308)
      #expect(level == (sample > 0 ? 255 : 0))
    }
  }

  /// Samples around the ends and the middle of the windows below.
  private static let samples = [
    0, 1, 39, 40, 41, 99, 100, 101, 102, 239, 240, 241, 999, 1000, 1001, 2047, 2048, 4094, 4095,
    4096, 32_767, 65_534, 65_535,
  ]

  /// What pydicom 3.0's `apply_windowing` (linear) makes of the samples, scaled to 255 and rounded.
  private static let windowed: [(center: Double, width: Double, levels: [UInt8])] = [
    (
      2048, 4096,
      [
        0, 0, 2, 2, 3, 6, 6, 6, 6, 15, 15, 15, 62, 62, 62, 127, 128, 255, 255, 255, 255, 255, 255,
      ]
    ),
    (
      40, 400,
      [
        102, 103, 127, 128, 128, 166, 166, 167, 167, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255,
      ]
    ),
    (
      100.5, 1,
      [
        0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255,
      ]
    ),
    (
      32768, 65536,
      [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 4, 4, 4, 8, 8, 16, 16, 16, 127, 255, 255]
    ),
    (
      1000, 2.5,
      [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 43, 212, 255, 255, 255, 255, 255, 255, 255, 255, 255,
      ]
    ),
  ]

  private func line(_ samples: [Int]) throws -> Data {
    try linePNG(
      bits: 16, type: 0, width: UInt8(samples.count),
      row: samples.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] })
  }

  @Test(arguments: windowed.indices)
  func aWindowShowsWhatPydicomShows(_ index: Int) throws {
    let (center, width, levels) = Self.windowed[index]
    let image = try DecodedImage(
      bytes: line(Self.samples), file: "", window: .range(center: center, width: width)
    ).image
    #expect(image.pixels == levels)
  }

  @Test func theOwnRangeGoesFromBlackToWhite() throws {
    func levels(_ samples: [Int]) throws -> [UInt8] {
      try DecodedImage(bytes: line(samples), file: "", window: .minMax).image.pixels
    }
    #expect(try levels([1000, 1000 + 51, 1000 + 255]) == [0, 51, 255])
    #expect(try levels([0, 4095, 2048, 8]) == [0, 255, 128, 0])
    #expect(try levels([0, 65_535, 32_768]) == [0, 255, 128])
    #expect(try levels([777, 777]) == [0, 0])
  }

  /// What nobody sees has no part in the range.
  @Test func hiddenSamplesDoNotCount() throws {
    let row: [UInt8] = [
      0xFF, 0xFF, 0, 0, 0x0F, 0xFF, 0xFF, 0xFF, 0x01, 0x00, 0xFF, 0xFF, 0, 0, 0, 0,
    ]
    let data = try linePNG(bits: 16, type: 4, width: 4, row: row)
    let image = try DecodedImage(bytes: data, file: "", background: 9, window: .minMax).image
    #expect(image.pixels == [9, 255, 0, 9])
  }

  @Test(arguments: ["grey4.png", "rgb16.png", "grey-alpha.png", "twelve-bits.png"])
  func coloursAndEightBitsStay(_ name: String) throws {
    let plain = try DecodedImage(contentsOf: fixture(name))
    for window in [IntensityWindow.minMax, .range(center: 5, width: 3)] {
      #expect(try DecodedImage(contentsOf: fixture(name), window: window) == plain)
    }
  }

  @Test(arguments: [
    ("minmax", IntensityWindow.minMax), ("40,400", .range(center: 40, width: 400)),
    ("-600.5,1500", .range(center: -600.5, width: 1500)), ("0,1", .range(center: 0, width: 1)),
  ])
  func textsComeBack(_ text: String, _ window: IntensityWindow) throws {
    #expect(IntensityWindow(text) == window && window.description == text)
    let data = try JSONEncoder().encode([window])
    #expect(String(decoding: data, as: UTF8.self) == "[\"\(text)\"]")
    #expect(try JSONDecoder().decode([IntensityWindow].self, from: data) == [window])
  }

  @Test func otherTextsAreNone() {
    for text in [
      "", "file", "MINMAX", "40", "40,", ",40", "40,0.5", "a,b", "nan,9", "9,inf", "0x1,9",
    ] {
      #expect(IntensityWindow(text) == nil, "\(text)")
    }
  }
}
