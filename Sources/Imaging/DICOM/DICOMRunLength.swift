import Foundation

extension DICOMSamples {
  /// Decodes a frame that is compressed by run lengths: PS3.5, annex G.
  ///
  /// Each of up to fifteen segments holds one byte of all samples of one colour, the highest first,
  /// packed as in TIFF's PackBits. Throws `DICOMProblem` where a segment is missing or too short.
  init(runLength frame: Data, _ pixels: DICOMPixels) throws(DICOMProblem) {
    width = pixels.bitsAllocated / 8
    let (count, samples) = (pixels.count, pixels.samples)
    let input = DICOMBytes(frame)
    guard width >= 1, input.count >= 64, input.uint32(at: 0, .header) == samples * width else {
      throw .damaged("its run lengths have another number of segments than its samples have bytes")
    }
    let bounds = (1...samples * width).map { input.uint32(at: 4 * $0, .header) } + [input.count]
    var output = [UInt8](repeating: 0, count: count * samples * width)
    for segment in 0..<samples * width {
      guard 64 <= bounds[segment], bounds[segment] <= bounds[segment + 1],
        bounds[segment + 1] <= input.count
      else { throw .damaged("its run lengths are not where they should be") }
      let (sample, byte) = (segment / width, width - 1 - segment % width)
      let isWhole = unpack(
        frame, bounds[segment]..<bounds[segment + 1], count: count, into: &output,
        from: sample * width + byte, by: samples * width)
      guard isWhole else { throw .truncated("its run lengths") }
    }
    bytes = Data(output)
  }
}

/// Unpacks the bytes in a part of a frame to every `step`-th place of `output`, up to `count` of them.
///
/// Returns whether there were so many.
private func unpack(
  _ frame: Data, _ range: Range<Int>, count: Int, into output: inout [UInt8], from start: Int,
  by step: Int
) -> Bool {
  var done = 0
  frame.withUnsafeBytes { input in
    var place = range.lowerBound
    while done < count, place + 1 < range.upperBound {
      let head = Int(input[place])
      place += 1
      // So many bytes as they are, one byte so many times, or nothing.
      let isRun = head > 128
      let length = min(head == 128 ? 0 : isRun ? 257 - head : head + 1, count - done)
      let stored = head == 128 ? 0 : isRun ? 1 : length
      guard stored <= range.upperBound - place else { return }
      for offset in 0..<length {
        output[start + (done + offset) * step] = input[place + (isRun ? 0 : offset)]
      }
      done += length
      place += stored
    }
  }
  return done == count
}
