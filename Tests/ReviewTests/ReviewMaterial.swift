import DataSets
import Foundation
import Imaging
import Review
import Samples
import TestSupport

/// Folders of samples and of real images that are told apart by their one shade, and a key.
struct ReviewMaterial {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  var samples: String { folder.file("samples") }
  var data: String { folder.file("data") }

  /// The shade of sample `index`.
  static func shade(sample index: Int) -> UInt8 { UInt8(10 + index) }
  /// The shade of real image `index`.
  static func shade(real index: Int) -> UInt8 { UInt8(130 + index) }

  /// Makes samples of which the i-th is candidate 3i with the scores i/64 and i/128.
  func makeSamples(_ count: Int, side: Int = 32, channels: Int = 1) throws {
    var table = "file,candidate,score,calibrated_score,note\n"
    for index in 0..<count {
      let name = SampleFolder.name(index)
      table += "\(name),\(3 * index),\(Double(index) / 64),\(Double(index) / 128),none\n"
      try folder.addFiles(["samples/\(name)"])
      try PixelImage(
        width: side, height: side, channels: channels, repeating: Self.shade(sample: index)
      ).writePNG(to: "\(samples)/\(name)")
    }
    try folder.write(table, to: "samples/samples.csv")
  }

  /// Makes real images of another size and layout than the samples have.
  func makeData(_ count: Int) throws {
    for index in 0..<count {
      let name = "train/NORMAL/patient-\(100 + index).png"
      try folder.addFiles(["data/\(name)"])
      try PixelImage(width: 50, height: 40, channels: 3, repeating: Self.shade(real: index))
        .writePNG(to: "\(data)/\(name)")
    }
  }

  func review(
    count: Int, seed: UInt64, split: DataSplit? = nil, onSkip: (ImageError) -> Void = { _ in }
  ) throws -> BlindReview {
    try BlindReview(
      BlindReview.Request(
        samples: samples, data: data, selection: DataSelection(split: split), count: count,
        seed: seed),
      onSkip: onSkip)
  }

  /// Writes a key of samples `bb`, `bc`, … and real images `zb`, `zc`, … and reads it.
  static func key(samples: Int, real: Int, in folder: TemporaryFolder) throws -> ReviewKey {
    let letters = Array("bcdfghjkmnpqrstvwxz")
    let synthetic = (0..<samples).map { index in
      """
      {"id":"b\(letters[index])","kind":"synthetic","file":"\(SampleFolder.name(index))",\
      "candidate":\(index),"scores":{"score":0.5},"crc32":"00000000"}
      """
    }
    let patients = (0..<real).map { index in
      """
      {"id":"z\(letters[index])","kind":"real","file":"train/\(index).png"}
      """
    }
    try folder.write(
      """
      {"version":"1","review":"kkkk","seed":1,"size":32,"samples":"s","data":"d","split":"all",
      "images":[\((synthetic + patients).joined(separator: ","))]}
      """, to: "key.json")
    return try ReviewKey(contentsOf: folder.file("key.json"))
  }
}
