import Foundation
import Imaging
import TestSupport
import Testing

@Suite struct WritingTests {
  @Test(arguments: [(1, 1, 1), (5, 3, 3), (64, 40, 1), (300, 2, 3)])
  func pngComesBackAsItWas(_ width: Int, _ height: Int, _ channels: Int) throws {
    let image = pattern(width: width, height: height, channels: channels)
    try withTemporaryFolder { folder in
      try image.writePNG(to: folder + "/image.png")
      #expect(try PixelImage(contentsOf: folder + "/image.png") == image)
      try image.writePNG(to: folder + "/again.png")
      let first = try Data(contentsOf: URL(fileURLWithPath: folder + "/image.png"))
      let second = try Data(contentsOf: URL(fileURLWithPath: folder + "/again.png"))
      #expect(first == second)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 2)
    }
  }

  @Test(arguments: [1, 3])
  func jpegComesBackNearly(_ channels: Int) throws {
    let (width, height) = (50, 34)
    let image = PixelImage(
      width: width, height: height, channels: channels,
      pixels: (0..<width * height * channels).map {
        UInt8(2 * ($0 / channels % width) + 3 * ($0 / channels / width))
      })
    try withTemporaryFolder { folder in
      try image.writeJPEG(to: folder + "/image.jpg", quality: 95)
      let back = try PixelImage(contentsOf: folder + "/image.jpg")
      #expect(Difference(back, image).largest <= 4)
      try image.writeJPEG(to: folder + "/small.jpg", quality: 20)
      let coarse = try PixelImage(contentsOf: folder + "/small.jpg")
      #expect(Difference(coarse, image).mean > Difference(back, image).mean)
    }
  }

  /// Noise at the best quality makes the largest files.
  @Test(arguments: [1, 3])
  func jpegOfNoiseFitsItsBuffer(_ channels: Int) throws {
    var state: UInt32 = 1
    let noise = (0..<64 * 48 * channels).map { _ -> UInt8 in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(state >> 24)
    }
    let image = PixelImage(width: 64, height: 48, channels: channels, pixels: noise)
    let data = try image.jpegData(quality: 100, file: "noise.jpg")
    let back = try DecodedImage(bytes: data, file: "noise.jpg").image
    #expect(back.width == 64 && back.height == 48 && back.channels == channels)
  }

  @Test func nothingIsLeftWhereAnImageCannotBeMovedIntoPlace() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.file("image.png"), withIntermediateDirectories: false)
    let image = PixelImage(width: 2, height: 2, channels: 1, repeating: 0)
    let error = #expect(throws: ImageError.self) {
      try image.writePNG(to: folder.file("image.png"))
    }
    #expect(error?.problem == "cannot be written: it is a folder, not a file")
    #expect(try folder.names() == ["image.png"])
  }

  @Test func whatCannotBeWrittenIsNamed() throws {
    let image = PixelImage(width: 2, height: 2, channels: 1, repeating: 0)
    try withTemporaryFolder { folder in
      let path = folder + "/absent/image.png"
      let error = #expect(throws: ImageError.self) { try image.writePNG(to: path) }
      #expect(error?.kind == .unwritable)
      #expect(error?.description == "\(path): cannot be written: no such file or folder")
    }
    let wide = PixelImage(width: 65_501, height: 1, channels: 1, repeating: 0)
    let error = #expect(throws: ImageError.self) {
      try wide.jpegData(quality: 90, file: "wide.jpg")
    }
    #expect(error?.kind == .tooLarge)
  }
}
