import Foundation

/// The places of a file's frames.
struct DICOMFrames: Sendable {
  /// Where the frames lie: one after the other from a place on, or each in fragments.
  private enum Places: Sendable {
    case even(from: Int)
    case fragments([[Range<Int>]])
  }

  private let bytes: DICOMBytes
  private let places: Places
  /// The bits of a frame that is not compressed.
  private let bits: Int
  /// So many bytes make a number whose highest byte comes first; 1 where the lowest does.
  private let unit: Int
  /// Where the pixels end.
  private let end: Int

  /// Finds the frames; throws `DICOMProblem` where one is missing, or not all there.
  init(_ contents: DICOMContents, _ pixels: DICOMPixels) throws(DICOMProblem) {
    guard let element = contents.pixels else { throw .damaged("it holds no picture") }
    bytes = contents.bytes
    // Two pixels have two samples of brightness and share those of colour.
    let samples = pixels.colours == .ybrFull422 ? 2 : pixels.samples
    bits = pixels.count * samples * pixels.bitsAllocated
    unit = Self.unit(element, pixels)
    end = element.value.upperBound
    guard element.isMarked else {
      let (all, overflow) = bits.multipliedReportingOverflow(by: pixels.frames)
      guard !overflow, (all + 7) / 8 <= element.value.count else {
        throw .truncated("its pixels")
      }
      places = .even(from: element.value.lowerBound)
      return
    }
    let fragments = try Self.fragments(bytes, element)
    places = .fragments(
      try Self.groups(fragments, frames: pixels.frames, bytes, contents.syntax?.compression))
  }

  /// Whether the frames are compressed.
  var areCompressed: Bool {
    if case .fragments = places { true } else { false }
  }

  /// The most bytes that a frame takes up in the file.
  var largest: Int {
    switch places {
    case .even: (bits + 7) / 8
    case .fragments(let frames): frames.map { $0.reduce(0) { $0 + $1.count } }.max() ?? 0
    }
  }

  /// Returns the bytes of a frame, counted from 0, and how many bits precede it in the first of them. What
  /// is not compressed comes with the lowest byte of every sample first.
  func frame(_ frame: Int) -> (bytes: Data, bitsBefore: Int) {
    switch places {
    case .even(let start):
      let first = frame * bits
      return (reordered(start, first / 8..<(first + bits + 7) / 8), first % 8)
    case .fragments(let frames):
      let fragments = frames[frame]
      if fragments.count == 1 { return (bytes[fragments[0]], 0) }
      return (fragments.reduce(into: Data()) { $0 += bytes[$1] }, 0)
    }
  }

  /// Returns how many bytes lie the other way round: those of a sample, or of the words of two bytes that
  /// samples of one lie in where they are not said to be bytes.
  private static func unit(_ element: DICOMElement, _ pixels: DICOMPixels) -> Int {
    guard element.encoding.isBigEndian else { return 1 }
    return pixels.bitsAllocated <= 8 && element.kind == "OB" ? 1 : max(2, pixels.bitsAllocated / 8)
  }

  /// Returns bytes of the pixels, which begin at `start`, with those of each unit in the opposite order.
  private func reordered(_ start: Int, _ range: Range<Int>) -> Data {
    guard unit > 1 else { return bytes[start + range.lowerBound..<start + range.upperBound] }
    // A frame of an odd number of bytes may begin or end within a unit.
    let first = range.lowerBound / unit * unit
    let last = min((range.upperBound + unit - 1) / unit * unit, end - start)
    var output = [UInt8](bytes[start + first..<start + last])
    for place in stride(from: 0, to: output.count - unit + 1, by: unit) {
      output[place..<place + unit].reverse()
    }
    return Data(output[range.lowerBound - first..<range.upperBound - first])
  }

  /// Returns the fragments of compressed pixels, the first of which is the table of the others' places.
  private static func fragments(
    _ bytes: DICOMBytes, _ element: DICOMElement
  ) throws(DICOMProblem) -> [Range<Int>] {
    let encoding = element.encoding
    var place = element.value.lowerBound
    var fragments: [Range<Int>] = []
    while element.value.upperBound - place >= 8 {
      let tag = bytes.tag(at: place, encoding)
      if tag == .sequenceEnd { return fragments }
      guard tag == .item else { throw .damaged("its pixels are not where they should be") }
      let length = bytes.uint32(at: place + 4, encoding)
      place += 8
      guard length <= element.value.upperBound - place else { throw .truncated("its pixels") }
      fragments.append(place..<place + length)
      place += length
    }
    return fragments
  }

  /// Finds out which fragments make which frame.
  private static func groups(
    _ all: [Range<Int>], frames: Int, _ bytes: DICOMBytes,
    _ compression: DICOMTransferSyntax.Compression?
  ) throws(DICOMProblem) -> [[Range<Int>]] {
    let fragments = Array(all.dropFirst())
    guard frames <= fragments.count else { throw .truncated("its pixels") }
    if frames == 1 { return [fragments] }
    if fragments.count == frames { return fragments.map { [$0] } }
    let starts = offsets(bytes, table: all[0], fragments) ?? marks(bytes, fragments, compression)
    guard starts.count == frames, starts.first == 0 else {
      throw .damaged("it does not say which pixels make which frame")
    }
    return zip(starts, starts.dropFirst() + [fragments.count]).map { Array(fragments[$0..<$1]) }
  }

  /// Reads the table of the frames' places: which fragment begins each; nil where the table is empty
  /// or does not lead to fragments.
  private static func offsets(
    _ bytes: DICOMBytes, table: Range<Int>, _ fragments: [Range<Int>]
  ) -> [Int]? {
    // Places count from the head of the first fragment, which has eight bytes.
    let starts = Dictionary(
      fragments.indices.map { (fragments[$0].lowerBound - fragments[0].lowerBound, $0) },
      uniquingKeysWith: { first, _ in first })
    let offsets = stride(from: table.lowerBound, to: table.upperBound - 3, by: 4).map {
      starts[bytes.uint32(at: $0, .header)]
    }
    let places = offsets.compactMap { $0 }
    let isSorted = zip(places, places.dropFirst()).allSatisfy { $0 < $1 }
    return places.isEmpty || places.count < offsets.count || !isSorted ? nil : places
  }

  /// Finds the fragments that begin as a compressed frame does.
  private static func marks(
    _ bytes: DICOMBytes, _ fragments: [Range<Int>],
    _ compression: DICOMTransferSyntax.Compression?
  ) -> [Int] {
    let mark = compression == .jpeg2000 ? 0xFF4F : 0xFFD8
    let encoding = DICOMEncoding(isBigEndian: true)
    return fragments.indices.filter {
      fragments[$0].count >= 2 && bytes.uint16(at: fragments[$0].lowerBound, encoding) == mark
    }
  }
}
