import Foundation
import Imaging
import Support
import TestSupport
import Testing

@Suite struct ImageMarkTests {
  private let image = pattern(width: 5, height: 3, channels: 1)
  private let mark = ImageMark(
    program: "dcgan 1.2.3", kind: .sample, details: [.init("epoch", "12"), .init("seed", "0")])

  private func gif(_ mark: ImageMark? = nil) throws -> [UInt8] {
    let animation = GIFAnimation(frames: [image, image], delayCentiseconds: 5)
    return [UInt8](try animation.data(file: "", mark: mark))
  }

  /// Lengths and checksums are Python's, `struct` and `zlib.crc32`.
  @Test func theChunksOfAPNGAreKnown() throws {
    let plain = [UInt8](try image.pngData(file: ""))
    let brief = ImageMark(
      program: "dcgan 1.2.3", kind: .sample,
      details: [.init("epoch", "12"), .init("class", "Lungenentzündung")])
    let marked = [UInt8](try image.pngData(file: "", mark: brief))
    var chunks: [UInt8] = [0, 0, 0, 20] + Array("tEXtSoftware\0dcgan 1.2.3".utf8)
    chunks += [0x13, 0xAA, 0x64, 0x52]
    chunks += [0, 0, 0, 17] + Array("tEXtdcgan:kind\0sample".utf8) + [0xFC, 0x25, 0x3A, 0x5D]
    chunks += [0, 0, 0, 77] + Array("tEXtDescription\0".utf8)
    chunks += Array("Synthetic image drawn by a generative network. Not for diagnosis.".utf8)
    chunks += [0x89, 0xED, 0xE4, 0x39]
    chunks += [0, 0, 0, 14] + Array("tEXtdcgan:epoch\u{0}12".utf8) + [0x07, 0xFB, 0xAE, 0xF5]
    chunks += [0, 0, 0, 33] + Array("iTXtdcgan:class\0\0\0\0\0Lungenentzündung".utf8)
    chunks += [0xF4, 0xE7, 0x5D, 0xC4]
    #expect(Array(marked[..<33]) == Array(plain[..<33]))
    #expect(Array(marked[33..<33 + chunks.count]) == chunks)
    #expect(Array(marked[(33 + chunks.count)...]) == Array(plain[33...]))
  }

  @Test func theCommentOfAGIFIsKnown() throws {
    let text =
      "Software: dcgan 1.2.3\ndcgan:kind: sample\n"
      + "Description: Synthetic image drawn by a generative network. Not for diagnosis.\n"
      + "dcgan:epoch: 12\ndcgan:seed: 0\n"
    let comment: [UInt8] = [0x21, 0xFE, UInt8(text.utf8.count)] + Array(text.utf8) + [0]
    // The header, 256 colours, and the request to repeat.
    let start = 13 + 768 + 19
    let (plain, marked) = (try gif(), try gif(mark))
    #expect(Array(marked[start..<start + comment.count]) == comment)
    #expect(Array(marked[..<start] + marked[(start + comment.count)...]) == plain)
  }

  @Test func aMarkComesBackFromAFile() throws {
    let long = String(repeating: "länger ", count: 200)
    let marks = ImageMark.Kind.allCases.map {
      ImageMark(
        program: "dcgan 0.1.0", kind: $0,
        details: [
          .init("run", "0123456789abcdef"), .init("class", "a: b"), .init("accent", "\u{301}: "),
          .init("empty", ""), .init("long", long),
        ])
    }
    try withTemporaryFolder { folder in
      for mark in marks + [ImageMark(program: "dcgan 9", kind: .walk)] {
        try image.writePNG(to: folder + "/a.png", mark: mark)
        try GIFAnimation(frames: [image], delayCentiseconds: 5)
          .write(to: folder + "/a.gif", mark: mark)
        #expect(ImageMark.read(at: folder + "/a.png") == mark)
        #expect(ImageMark.read(at: folder + "/a.gif") == mark)
        #expect(try PixelImage(contentsOf: folder + "/a.png") == image)
        #expect(try image.pngData(file: "", mark: mark) == image.pngData(file: "", mark: mark))
      }
      #expect(ImageMark.read(at: folder) == nil)
      #expect(ImageMark.read(at: folder + "/absent.png") == nil)
      try image.writePNG(to: folder + "/plain.png")
      #expect(ImageMark.read(at: folder + "/plain.png") == nil)
      try image.writeJPEG(to: folder + "/a.jpg")
      #expect(ImageMark.read(at: folder + "/a.jpg") == nil)
    }
  }

  @Test func whatPillowWritesIsRead() {
    #expect(
      ImageMark.read(at: fixture("marked.png"))
        == ImageMark(
          program: "dcgan 1.2.3", kind: .nearest,
          details: [.init("class", "Lungenentzündung"), .init("seed", "0")]))
    #expect(
      ImageMark.read(at: fixture("marked-gif.png"))
        == ImageMark(
          program: "dcgan 1.2.3", kind: .walk, details: [.init("class", "Lungenentzündung")]))
  }

  @Test func onlyTheProgramsOwnMarksCount() throws {
    let plain = [UInt8](try image.pngData(file: ""))
    func mark(_ texts: [(String, String)]) -> ImageMark? {
      let chunks = texts.flatMap { chunk("tEXt", Array("\($0)\0\($1)".utf8)) }
      return ImageMark(head: Array(plain[..<33]) + chunks + plain[33...])
    }
    #expect(mark([]) == nil)
    #expect(mark([("Software", "dcgan 1")]) == nil)
    #expect(mark([("dcgan:kind", "sample")]) == nil)
    #expect(mark([("Software", "dcganlib"), ("dcgan:kind", "sample")]) == nil)
    #expect(mark([("Software", "Pillow dcgan 1"), ("dcgan:kind", "sample")]) == nil)
    let known = mark([("dcgan:kind", "sample"), ("Software", "dcgan 1")])
    #expect(known == ImageMark(program: "dcgan 1", kind: .sample))
    let later = mark([
      ("Software", "dcgan 2"), ("dcgan:kind", "hologram"), ("dcgan:No key", "1"), ("dcgan:a", "1"),
      ("dcgan:a", "2"), ("Software", "other"),
    ])
    #expect(later == ImageMark(program: "dcgan 2", kind: .other, details: [.init("a", "1")]))
  }

  /// A mark behind the rows is no mark: only the head is read.
  @Test func aMarkBehindTheRowsIsNotLookedFor() throws {
    let plain = [UInt8](try image.pngData(file: ""))
    let marked = [UInt8](try image.pngData(file: "", mark: mark))
    let chunks = marked[33..<33 + marked.count - plain.count]
    #expect(ImageMark(head: plain.dropLast(12) + chunks + plain.suffix(12)) == nil)
  }

  @Test func damagedHeadsAreHeadsWithoutAMark() throws {
    let png = [UInt8](try image.pngData(file: "", mark: mark))
    let kind = try #require(Data(png).firstRange(of: Data("sample".utf8)))
    for place in 0..<kind.upperBound {
      var bytes = png
      bytes[place] ^= 0x20
      // A header with a wrong checksum is passed over like any other chunk.
      if (12..<33).contains(place) {
        #expect(ImageMark(head: bytes) == mark, "byte \(place)")
      } else {
        #expect(ImageMark(head: bytes) == nil, "byte \(place)")
      }
    }
    for head in [png, try gif(mark)] {
      for length in head.indices {
        let found = ImageMark(head: Array(head[..<length]))
        #expect(found == nil || found?.kind == .sample)
      }
    }
    var endless = png
    endless.replaceSubrange(33..<37, with: [0xFF, 0xFF, 0xFF, 0xFF])
    #expect(ImageMark(head: endless) == nil)
    #expect(ImageMark(head: pngSignature) == nil)
    #expect(ImageMark(head: Array("GIF89a".utf8)) == nil)
    #expect(ImageMark(head: Array("GIF89a".utf8) + [1, 0, 1, 0, 0xFF, 0, 0, 0x21, 0xFE]) == nil)
  }

  @Test func aMarkIsOneLineATextAndKnowsWhatItShows() {
    let mark = ImageMark(
      program: "dcgan 1\u{0}", kind: .nearest, details: [.init("class", "a\nb\u{1B}c")])
    #expect(mark.program == "dcgan 1\u{FFFD}")
    #expect(mark["class"] == "a\u{FFFD}b\u{FFFD}c")
    #expect(mark["seed"] == nil)
    func kinds(_ isWanted: (ImageMark) -> Bool) -> [String] {
      ImageMark.Kind.allCases.filter { isWanted(ImageMark(program: "dcgan 1", kind: $0)) }
        .map(\.rawValue)
    }
    #expect(kinds(\.showsPatients) == ["real-images", "nearest", "real-image"])
    #expect(kinds(\.isSynthetic) == ["sample", "sample-sheet", "walk", "progress", "grid"])
  }

  private let pngSignature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
}
