import CGIF
import Foundation

/// giflib's decoder, reading from memory up to the first image of a file.
final class GIFDecoder {
  /// What is left to be read.
  private final class Input {
    var rest: Slice<UnsafeBufferPointer<UInt8>>

    init(_ bytes: UnsafeBufferPointer<UInt8>) { rest = bytes[...] }
  }

  /// What stands before the pixels.
  private(set) var frame = GIFFrame()
  private let input: Input
  private let file: String
  private var gif: UnsafeMutablePointer<GifFileType>?

  /// Reads all before the pixels of the first image; throws `ImageError` where that is damaged or there
  /// is no image. `bytes` must outlive the decoder.
  init(_ bytes: UnsafeBufferPointer<UInt8>, file: String) throws(ImageError) {
    input = Input(bytes)
    self.file = file
    var code: Int32 = 0
    gif = DGifOpen(
      Unmanaged.passUnretained(input).toOpaque(),
      { gif, bytes, count in
        guard let context = gif?.pointee.UserData, let bytes, count > 0 else { return 0 }
        let input = Unmanaged<Input>.fromOpaque(context).takeUnretainedValue()
        let found = input.rest.prefix(Int(count))
        for (place, byte) in found.enumerated() { bytes[place] = byte }
        input.rest = input.rest.dropFirst(found.count)
        return Int32(found.count)
      }, &code)
    guard gif != nil else { throw failure(code) }
    try findImage()
  }

  deinit {
    if let gif { DGifCloseFile(gif, nil) }
  }

  /// Decodes the pixels of the whole screen, rows from the top; nil for those that are transparent or
  /// that the image leaves out.
  func pixels() throws(ImageError) -> [UInt8?] {
    var pixels = [UInt8?](repeating: nil, count: frame.width * frame.height)
    var line = [UInt8](repeating: 0, count: frame.columns.count)
    for row in rowOrder {
      try check(DGifGetLine(gif, &line, Int32(line.count)))
      let first = (frame.rows.lowerBound + row) * frame.width + frame.columns.lowerBound
      for (place, sample) in line.enumerated() where Int(sample) != frame.transparent {
        pixels[first + place] = sample
      }
    }
    return pixels
  }

  /// The rows of the image in the order in which they are stored.
  private var rowOrder: [Int] {
    let count = frame.rows.count
    guard frame.isInterlaced else { return Array(0..<count) }
    return [(0, 8), (4, 8), (2, 4), (1, 2)].flatMap { first, step in
      Array(stride(from: first, to: count, by: step))
    }
  }

  /// Goes through the records before the first image.
  private func findImage() throws(ImageError) {
    while true {
      var record = UNDEFINED_RECORD_TYPE
      try check(DGifGetRecordType(gif, &record))
      switch record {
      case IMAGE_DESC_RECORD_TYPE:
        try check(DGifGetImageDesc(gif))
        return try describe()
      case EXTENSION_RECORD_TYPE: try readExtension()
      default: throw .damaged("GIF", file, "it holds no image")
      }
    }
  }

  /// Reads an extension and takes from it which sample is transparent.
  private func readExtension() throws(ImageError) {
    var code: Int32 = 0
    var block: UnsafeMutablePointer<GifByteType>?
    try check(DGifGetExtension(gif, &code, &block))
    if code == GRAPHICS_EXT_FUNC_CODE, let block {
      var control = GraphicsControlBlock()
      if DGifExtensionToGCB(Int(block[0]), block + 1, &control) == GIF_OK {
        let sample = Int(control.TransparentColor)
        frame.transparent = sample == Int(NO_TRANSPARENT_COLOR) ? nil : sample
      }
    }
    while block != nil { try check(DGifGetExtensionNext(gif, &block)) }
  }

  /// Takes over what the image's own header says.
  private func describe() throws(ImageError) {
    guard let gif else { return }
    let image = gif.pointee.Image
    let (left, top) = (Int(image.Left), Int(image.Top))
    guard image.Width > 0, image.Height > 0, left >= 0, top >= 0 else {
      throw .damaged("GIF", file, "its image has \(image.Width)x\(image.Height) pixels")
    }
    frame.columns = left..<left + Int(image.Width)
    frame.rows = top..<top + Int(image.Height)
    // As Pillow, which makes room for an image that leaves the screen.
    frame.width = max(Int(gif.pointee.SWidth), frame.columns.upperBound)
    frame.height = max(Int(gif.pointee.SHeight), frame.rows.upperBound)
    frame.isInterlaced = image.Interlace
    guard let map = image.ColorMap ?? gif.pointee.SColorMap, let colours = map.pointee.Colors else {
      throw .damaged("GIF", file, "it has no table of colours")
    }
    for index in 0..<Int(map.pointee.ColorCount) {
      let colour = colours[index]
      frame.colours.set(index, red: colour.Red, green: colour.Green, blue: colour.Blue)
    }
  }

  private func check(_ status: Int32) throws(ImageError) {
    guard status == GIF_OK else { throw failure(gif?.pointee.Error ?? 0) }
  }

  private func failure(_ code: Int32) -> ImageError {
    .damaged(
      "GIF", file, GifErrorString(code).map { String(cString: $0) } ?? "giflib's error \(code)")
  }
}
