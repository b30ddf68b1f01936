import DataSets
import Foundation
import Imaging
import Review
import Support
import TestSupport
import Testing

@Suite struct BlindReviewTests {
  private let material: ReviewMaterial

  init() throws { material = try ReviewMaterial() }

  @Test func `images are balanced, shuffled and listed in the key`() throws {
    try material.makeSamples(20, channels: 3)
    try material.makeData(30)
    let review = try material.review(count: 12, seed: 5)
    let key = review.key
    #expect(key.images(.real).count == 12 && key.images(.synthetic).count == 12)
    #expect(key.images.map(\.id) == review.pictures.map(\.id))
    #expect(Set(key.images.map(\.file)).count == 24)
    for (entry, picture) in zip(key.images, review.pictures) {
      let digits = try #require(entry.file.firstMatch(of: /(\d+)\.png/)?.1)
      let number = try #require(Int(digits))
      let shade =
        entry.kind == .real
        ? ReviewMaterial.shade(real: number - 100) : ReviewMaterial.shade(sample: number - 1)
      #expect(
        picture.image == PixelImage(width: 32, height: 32, channels: 1, repeating: shade))
      #expect(entry.candidate == (entry.kind == .real ? nil : 3 * (number - 1)))
      #expect(
        entry.scores
          == (entry.kind == .real
            ? nil
            : [
              "score": Double(number - 1) / 64, "calibrated_score": Double(number - 1) / 128,
            ]))
      #expect((entry.crc32 == nil) == (entry.kind == .real))
    }
    // Neither first all of one kind nor one after the other.
    let kinds = key.images.map(\.kind)
    #expect(Set(kinds.prefix(12)).count == 2)
    #expect(zip(kinds, kinds.dropFirst()).contains { $0 == $1 })
    #expect((key.size, key.seed, key.split) == (32, 5, "train"))
  }

  /// Of a run on all frames the review shows any of them, of another the one that it used.
  @Test(arguments: [(FrameChoice.all, 3), (.first, 1), (.middle, 1)])
  func oneFrameOfAFileIsShown(_ frames: FrameChoice, _ least: Int) throws {
    try material.makeSamples(30)
    for index in 0..<30 {
      var file = DICOMWriter(side: 32) { _, _ in 0 }
      file.set(0x0028_0008, "IS", "4")
      file.set(
        0x7FE0_0010, "OW",
        ([50, 51, 52, 53] as [UInt8]).flatMap { [UInt8](repeating: $0, count: 32 * 32) })
      try material.folder.add(file.data, as: "data/\(index).dcm")
    }
    let request = BlindReview.Request(
      samples: material.samples, data: material.data,
      reading: ImageReading(size: 32, channels: 1, frames: frames), count: 30, seed: 4)
    let review = try BlindReview(request)
    let shades = zip(review.key.images, review.pictures).filter { $0.0.kind == .real }
      .map { $0.1.image.pixels[0] }
    #expect(shades.count == 30 && Set(shades).count >= least)
    if frames != .all { #expect(Set(shades) == [frames == .first ? 50 : 52]) }
    #expect(try BlindReview(request).pictures == review.pictures)
  }

  @Test func namesSayNothing() throws {
    try material.makeSamples(8)
    try material.makeData(8)
    let review = try material.review(count: 8, seed: 1)
    let names = review.pictures.map(\.id)
    #expect(Set(names).count == 16)
    #expect(names.allSatisfy { $0.wholeMatch(of: /[bcdfghjkmnpqrstvwxz]{8}/) != nil })
    #expect(review.key.review.wholeMatch(of: /[bcdfghjkmnpqrstvwxz]{8}/) != nil)
    // They come from the seed and the place alone, whatever is shown there.
    try material.makeSamples(9)
    #expect(try material.review(count: 8, seed: 1).pictures.map(\.id) == names)
  }

  @Test func `a seed always gives the same review, another seed another`() throws {
    try material.makeSamples(10)
    try material.makeData(10)
    let first = try material.review(count: 10, seed: 7)
    let again = try material.review(count: 10, seed: 7)
    #expect(first.pictures == again.pictures)
    #expect(first.key == again.key)
    let other = try material.review(count: 10, seed: 8)
    #expect(Set(other.pictures.map(\.id)).isDisjoint(with: first.pictures.map(\.id)))
    #expect(other.key.images.map(\.file) != first.key.images.map(\.file))
    #expect(other.key.review != first.key.review)
  }

  @Test func everyPlaceIsAsOftenReal() throws {
    try material.makeSamples(3)
    try material.makeData(3)
    var real = Array(repeating: 0, count: 6)
    var shown: [String: Int] = [:]
    for seed in 0..<200 as Range<UInt64> {
      let review = try material.review(count: 2, seed: seed)
      for (place, entry) in review.key.images.enumerated() {
        if entry.kind == .real { real[place] += 1 }
        shown[entry.file, default: 0] += 1
      }
    }
    // 200 throws of a coin: within four standard deviations of 7.1.
    for count in real.prefix(4) { #expect(abs(count - 100) <= 28) }
    // Each of three images is drawn in two of three reviews.
    for (_, count) in shown { #expect(abs(count - 133) <= 27) }
    #expect(shown.count == 6)
  }

  @Test func theRarerKindDecidesTheNumber() throws {
    try material.makeSamples(3)
    try material.makeData(9)
    #expect(try material.review(count: 50, seed: 1).pictures.count == 6)
    try material.makeSamples(30)
    #expect(try material.review(count: 50, seed: 1).pictures.count == 18)
  }

  @Test func anImageThatCannotBeReadIsReplaced() throws {
    try material.makeSamples(6)
    try material.makeData(6)
    try material.folder.write("no picture", to: "data/train/NORMAL/patient-102.png")
    var skipped: [String] = []
    let review = try material.review(count: 5, seed: 3) { skipped.append($0.file) }
    #expect(review.key.images(.real).count == 5)
    #expect(!review.key.images.map(\.file).contains("train/NORMAL/patient-102.png"))
    let all = try material.review(count: 6, seed: 3) { skipped.append($0.file) }
    #expect(all.key.images(.real).count == 5 && all.key.images(.synthetic).count == 5)
    #expect(Set(skipped) == ["\(material.data)/train/NORMAL/patient-102.png"])
  }

  @Test func realImagesComeFromTheSplit() throws {
    try material.makeSamples(4)
    try material.makeData(4)
    try material.folder.addFiles(["data/test/a.png"])
    try PixelImage(width: 40, height: 40, channels: 1, repeating: 99)
      .writePNG(to: material.folder.file("data/test/a.png"))
    let review = try material.review(count: 4, seed: 3, split: .test)
    #expect(review.key.images(.real).map(\.file) == ["test/a.png"])
    #expect(review.key.split == "test")
  }

  @Test func samplesOfDifferentSizesAreRefused() throws {
    try material.makeSamples(2)
    try material.makeData(2)
    let path = "\(material.samples)/sample-0002.png"
    try PixelImage(width: 64, height: 64, channels: 1, repeating: 9).writePNG(to: path)
    let words = try #require(message { _ = try material.review(count: 2, seed: 1) })
    #expect(words.contains(" pixels of 1 channels, as the samples have, found "))
  }

  @Test(arguments: [
    (
      "file,score\n",
      "a column 'candidate' in the first line, as the table of dcgan sample has "
        + "it"
    ),
    ("file,candidate\n", "at least one sample, found none"),
    (
      "file,candidate\n../secret.png,1\n",
      "a file such as sample-0001.png in line 2, found '../secret.png'"
    ),
    (
      "file,candidate\nsample-0001.png,-1\n",
      "a candidate from 0 to 999999999 in line 2, found '-1'"
    ),
  ])
  func aTableThatIsNoneIsNamed(text: String, problem: String) throws {
    try material.makeData(2)
    try material.folder.write(text, to: "samples/samples.csv")
    let words = message { _ = try material.review(count: 2, seed: 1) }
    #expect(words?.hasPrefix("\(material.samples)/samples.csv: expected \(problem)") == true)
  }
}
