import CGIF
import Foundation
import Support

/// Frames of equal size that a GIF file shows one after the other, over and over.
public struct GIFAnimation {
  private let frames: [PixelImage]
  private let delays: [Int]

  /// Collects frames; traps where there are none, where they differ in size or where a delay is
  /// negative.
  ///
  /// - Parameters:
  ///   - frames: The images. Where all are grey, their levels are kept exactly; colours are
  ///     brought down to 256 for the whole animation.
  ///   - delayCentiseconds: How long each frame stays, in hundredths of a second.
  ///   - lastDelayCentiseconds: How long the last frame stays; as the others where it is nil.
  public init(
    frames: [PixelImage], delayCentiseconds: Int, lastDelayCentiseconds: Int? = nil
  ) {
    require(!frames.isEmpty, "an animation needs a frame")
    require(
      frames.allSatisfy { $0.width == frames[0].width && $0.height == frames[0].height },
      "the frames of an animation differ in size")
    require(min(delayCentiseconds, lastDelayCentiseconds ?? 0) >= 0, "a delay is negative")
    self.frames = frames
    delays =
      Array(repeating: delayCentiseconds, count: frames.count - 1)
      + [lastDelayCentiseconds ?? delayCentiseconds]
  }

  /// Writes the animation as a GIF89a file that repeats without end, replacing what `path` holds
  /// only once all is written. `mark` goes into a comment before the first frame. Throws `ImageError`
  /// where a side exceeds the 65,535 pixels of the format or the file cannot be written.
  public func write(to path: String, mark: ImageMark? = nil) throws(ImageError) {
    try writeFile(try data(file: path, mark: mark), to: path)
  }

  /// Encodes as a GIF89a file; `file` is the name that errors use.
  package func data(file: String, mark: ImageMark? = nil) throws(ImageError) -> Data {
    guard max(frames[0].width, frames[0].height) <= 65_535 else {
      throw ImageError(
        .unwritable, file: file,
        problem: "GIF allows at most 65535 pixels per side, the frames are "
          + "\(frames[0].width)x\(frames[0].height)")
    }
    let encoder = try GIFEncoder(file: file)
    let palette = Palette(for: frames)
    try encoder.begin(width: frames[0].width, height: frames[0].height, palette: palette)
    if let mark { try encoder.append(comment: mark.comment) }
    for (frame, delay) in zip(frames, delays) {
      try encoder.append(
        palette.indices(of: frame), width: frame.width, height: frame.height,
        delay: min(delay, 65_535))
    }
    return try encoder.finish()
  }
}

/// giflib's encoder, writing to memory.
private final class GIFEncoder {
  /// Collects what giflib writes, until it is closed.
  private final class Sink {
    var bytes = Data()
  }

  private let sink = Sink()
  private var gif: UnsafeMutablePointer<GifFileType>?
  private let file: String

  init(file: String) throws(ImageError) {
    self.file = file
    var code: Int32 = 0
    gif = EGifOpen(
      Unmanaged.passUnretained(sink).toOpaque(),
      { gif, bytes, count in
        guard let context = gif?.pointee.UserData, let bytes else { return 0 }
        let sink = Unmanaged<Sink>.fromOpaque(context).takeUnretainedValue()
        sink.bytes.append(bytes, count: Int(count))
        return count
      }, &code)
    if gif == nil { throw failure(code) }
  }

  deinit {
    if let gif { EGifCloseFile(gif, nil) }
  }

  /// Writes the header, the colours and the request to repeat without end.
  func begin(width: Int, height: Int, palette: Palette) throws(ImageError) {
    let colours = palette.colours.map {
      GifColorType(Red: $0.red, Green: $0.green, Blue: $0.blue)
    }
    guard let map = GifMakeMapObject(Int32(colours.count), colours) else {
      throw failure(E_GIF_ERR_NOT_ENOUGH_MEM)
    }
    defer { GifFreeMapObject(map) }
    EGifSetGifVersion(gif, true)
    try check(EGifPutScreenDesc(gif, Int32(width), Int32(height), 8, 0, map))
    try check(EGifPutExtensionLeader(gif, APPLICATION_EXT_FUNC_CODE))
    try check(EGifPutExtensionBlock(gif, 11, Array("NETSCAPE2.0".utf8)))
    try check(EGifPutExtensionBlock(gif, 3, [1, 0, 0] as [UInt8]))
    try check(EGifPutExtensionTrailer(gif))
  }

  /// Writes a comment, in blocks of the 255 bytes that one holds.
  func append(comment: [UInt8]) throws(ImageError) {
    try check(EGifPutExtensionLeader(gif, COMMENT_EXT_FUNC_CODE))
    for start in stride(from: 0, to: comment.count, by: 255) {
      let block = Array(comment[start..<min(start + 255, comment.count)])
      try check(EGifPutExtensionBlock(gif, Int32(block.count), block))
    }
    try check(EGifPutExtensionTrailer(gif))
  }

  /// Writes a frame of palette places that stays for `delay` hundredths of a second.
  func append(_ indices: [UInt8], width: Int, height: Int, delay: Int) throws(ImageError) {
    var block = GraphicsControlBlock(
      DisposalMode: DISPOSE_DO_NOT, UserInputFlag: false, DelayTime: Int32(delay),
      TransparentColor: NO_TRANSPARENT_COLOR)
    var control = [UInt8](repeating: 0, count: 4)
    let length = EGifGCBToExtension(&block, &control)
    try check(EGifPutExtension(gif, GRAPHICS_EXT_FUNC_CODE, Int32(length), control))
    try check(EGifPutImageDesc(gif, 0, 0, Int32(width), Int32(height), false, nil))
    var lines = indices
    try check(EGifPutLine(gif, &lines, Int32(lines.count)))
  }

  /// Writes the end and returns the whole file.
  func finish() throws(ImageError) -> Data {
    var code: Int32 = 0
    let status = EGifCloseFile(gif, &code)
    gif = nil
    guard status == GIF_OK else { throw failure(code) }
    return sink.bytes
  }

  private func check(_ status: Int32) throws(ImageError) {
    guard status == GIF_OK else { throw failure(gif?.pointee.Error ?? 0) }
  }

  private func failure(_ code: Int32) -> ImageError {
    let words = GifErrorString(code).map { String(cString: $0) } ?? "error \(code)"
    return ImageError(.unwritable, file: file, problem: "cannot be encoded as GIF: \(words)")
  }
}
