import CGIF
import Foundation
import Imaging
import TestSupport
import Testing

@Suite struct AnimationTests {
  @Test func greysAreKeptExactly() throws {
    let frames = [
      PixelImage(width: 32, height: 8, channels: 1, pixels: (0...255).map { UInt8($0) }),
      PixelImage(width: 32, height: 8, channels: 1, pixels: (0...255).map { UInt8(255 - $0) }),
      pattern(width: 32, height: 8, channels: 1, seed: 5),
    ]
    let animation = GIFAnimation(
      frames: frames, delayCentiseconds: 20, lastDelayCentiseconds: 300)
    let file = try read(animation)
    #expect(file.frames == frames.map { $0.rgb() })
    #expect(file.delays == [20, 20, 300])
    #expect(file.repeats == 0)
  }

  @Test func fewColoursAreKeptExactly() throws {
    let frames = [0, 1].map { seed in
      PixelImage(
        width: 16, height: 8, channels: 3,
        pixels: (0..<128).flatMap { [UInt8($0), UInt8(255 - $0), UInt8(seed)] })
    }
    #expect(try read(GIFAnimation(frames: frames, delayCentiseconds: 5)).frames == frames)
  }

  /// 65,536 colours on a plane: 256 boxes of 16x16 are left, a colour is at most half of one away,
  /// and boxes need not be square.
  @Test func manyColoursStayNear() throws {
    let frame = PixelImage(
      width: 256, height: 256, channels: 3,
      pixels: (0..<65_536).flatMap { [UInt8($0 & 255), UInt8($0 >> 8), 128] })
    let back = try read(GIFAnimation(frames: [frame], delayCentiseconds: 5)).frames[0]
    #expect(Difference(back, frame).mean < 4)
    #expect(Difference(back, frame).largest <= 32)
    #expect(
      Set(
        stride(from: 0, to: back.pixels.count, by: 3).map {
          UInt32(back.pixels[$0]) << 8 | UInt32(back.pixels[$0 + 1])
        }
      ).count > 128)
  }

  /// A network that learned greys in three channels makes nearly grey colours.
  @Test func nearlyGreyStaysNearlyGrey() throws {
    let frame = PixelImage(
      width: 256, height: 16, channels: 3,
      pixels: (0..<4096).flatMap { place -> [UInt8] in
        let level = place & 255
        return [0, 1, 2].map { UInt8(min(255, level + (place >> 8 &+ $0) % 3)) }
      })
    let back = try read(GIFAnimation(frames: [frame], delayCentiseconds: 5)).frames[0]
    #expect(Difference(back, frame).largest <= 4)
  }

  @Test func greyAndColourFramesMix() throws {
    let grey = PixelImage(width: 4, height: 4, channels: 1, repeating: 90)
    let red = PixelImage(
      width: 4, height: 4, channels: 3, pixels: (0..<16).flatMap { _ in [255, 0, 0] as [UInt8] })
    let back = try read(GIFAnimation(frames: [grey, red], delayCentiseconds: 1)).frames
    #expect(back == [grey.rgb(), red])
  }

  @Test func whatTheFormatCannotHoldIsRefused() throws {
    let wide = PixelImage(width: 65_536, height: 1, channels: 1, repeating: 0)
    let error = #expect(throws: ImageError.self) {
      try GIFAnimation(frames: [wide], delayCentiseconds: 1).data(file: "wide.gif")
    }
    #expect(error?.description.contains("at most 65535 pixels per side") == true)
  }
}

/// What giflib reads from a file.
private struct GIFFile {
  var frames: [PixelImage] = []
  var delays: [Int] = []
  /// How often the file asks to be repeated, 0 for without end; nil where it does not ask.
  var repeats: Int?
}

private enum GIFProblem: Error {
  case unreadable
}

private func read(_ animation: GIFAnimation) throws -> GIFFile {
  try withTemporaryFolder { folder in
    let path = folder + "/animation.gif"
    try animation.write(to: path)
    guard let gif = DGifOpenFileName(path, nil) else { throw GIFProblem.unreadable }
    defer { DGifCloseFile(gif, nil) }
    guard DGifSlurp(gif) == GIF_OK, let map = gif.pointee.SColorMap else {
      throw GIFProblem.unreadable
    }
    var file = GIFFile()
    for index in 0..<Int(gif.pointee.ImageCount) {
      let saved = gif.pointee.SavedImages[index]
      let (width, height) = (Int(saved.ImageDesc.Width), Int(saved.ImageDesc.Height))
      let pixels = (0..<width * height).flatMap { place -> [UInt8] in
        let colour = map.pointee.Colors[Int(saved.RasterBits[place])]
        return [colour.Red, colour.Green, colour.Blue]
      }
      file.frames.append(PixelImage(width: width, height: height, channels: 3, pixels: pixels))
      var control = GraphicsControlBlock()
      guard DGifSavedExtensionToGCB(gif, Int32(index), &control) == GIF_OK else {
        throw GIFProblem.unreadable
      }
      file.delays.append(Int(control.DelayTime))
    }
    file.repeats = repeats(of: gif.pointee.SavedImages[0])
    return file
  }
}

private func repeats(of image: SavedImage) -> Int? {
  for index in 0..<Int(image.ExtensionBlockCount) {
    let block = image.ExtensionBlocks[index]
    let bytes = (0..<Int(block.ByteCount)).map { block.Bytes[$0] }
    guard block.Function == APPLICATION_EXT_FUNC_CODE, bytes == Array("NETSCAPE2.0".utf8) else {
      continue
    }
    let next = image.ExtensionBlocks[index + 1]
    return Int(next.Bytes[1]) | Int(next.Bytes[2]) << 8
  }
  return nil
}
