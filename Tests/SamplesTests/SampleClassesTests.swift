import Checkpoints
import DCGAN
import Foundation
import Imaging
import Samples
import Support
import Tensor
import TestSupport
import Testing

/// Samples of conditional networks: which class each has, and where that is written.
@Suite struct SampleClassesTests {
  private static let classes = ModelClasses(names: ["A", "b,c"], images: [10, 30])
  private let model = AdversarialModel(
    ModelSettings(size: 32, channels: 1, nz: 5, ngf: 3, ndf: 3, classes: classes), seed: 8)

  private func draw(_ classes: SampleClasses, count: Int) -> [Sampler.Sample] {
    var samples: [Sampler.Sample] = []
    _ = Sampler(
      model, latents: LatentSource(seed: 2, nz: 5), backend: Backend(threads: 2), classes: classes
    ).draw(count: count, maximumTries: count) { samples.append($0) }
    return samples
  }

  @Test func aCandidatesClassDoesNotDependOnTheOthers() {
    let many = draw(.drawn(seed: 2), count: 80)
    let expected = (0..<80).map { Self.classes.names[Self.classes.label(drawnFor: $0, seed: 2)] }
    #expect(many.map(\.className) == expected)
    #expect(Set(expected).count == 2)
    for count in [1, 63, 65] {
      #expect(draw(.drawn(seed: 2), count: count) == Array(many.prefix(count)))
    }
    var again: [Sampler.Sample] = []
    _ = Sampler(
      model, latents: LatentSource(seed: 2, nz: 5), backend: Backend(threads: 1),
      classes: .drawn(seed: 2)
    ).draw(candidates: [71, 3]) { again.append($0) }
    #expect(again == [many[71], many[3]])
  }

  @Test func classesThatAreNamedTakeTurns() throws {
    let chosen = try SampleClasses(named: ["b,c", "A", "A"], of: Self.classes, seed: 2)
    #expect(chosen == .inTurn([1, 0, 0]))
    let samples = draw(chosen, count: 7)
    #expect(samples.map(\.className) == ["b,c", "A", "A", "b,c", "A", "A", "b,c"])
    // The image is that of the class.
    let latents = LatentSource(seed: 2, nz: 5).batch(first: 1, count: 1)
    let backend = Backend(threads: 1)
    for (label, isEqual) in [(0, true), (1, false)] {
      let image = model.generate(latents, labels: [label], backend).pixelImages[0]
      #expect((image == samples[1].image) == isEqual)
    }
    #expect(try SampleClasses(named: [], of: Self.classes, seed: 9) == .drawn(seed: 9))
  }

  @Test func anUnknownClassIsNamedWithTheNearest() {
    let known = ModelClasses(names: ["NORMAL", "PNEUMONIA"], images: [1, 1])
    let start =
      "class 'NAME': expected one of NORMAL, PNEUMONIA, the classes that the networks were trained with"
    for (name, end) in [
      ("pneumonia", "; did you mean 'PNEUMONIA'?"), ("NORMAK", "; did you mean 'NORMAL'?"),
      ("TB", ""),
    ] {
      #expect(
        message { _ = try SampleClasses(named: [name], of: known, seed: 0) }
          == start.replacing("NAME", with: name) + end)
    }
    #expect(
      message { _ = try SampleClasses(named: ["A"], of: nil, seed: 0) }
        == "class 'A': the networks know no classes; they must be trained with classes to draw one")
  }

  @Test func tableSheetAndPicturesNameTheClasses() throws {
    let place = try TemporaryFolder()
    let folder = try SampleFolder(path: place.file("out"), classes: Self.classes.names)
    let samples = draw(.inTurn([1, 0, 1]), count: 10)
    for sample in samples { try folder.add(sample) }
    try folder.finish(tries: 10)
    let table = String(decoding: try place.read("out/samples.csv"), as: UTF8.self)
      .split(separator: "\n")
    #expect(table[0] == "file,candidate,score,calibrated,class")
    #expect(table[1].hasSuffix(#",,"b,c""#) && table[2].hasSuffix(",,A"))
    let mark = try #require(ImageMark.read(at: place.file("out/sample-0001.png")))
    #expect(mark["class"] == "b,c")
    // A row of the three images of the first class, and one of the seven of the second.
    let sheet = try PixelImage(contentsOf: place.file("out.png"))
    let expected = ContactSheet.image(
      of: Self.classes.names.map { name in
        (label: name, tiles: samples.filter { $0.className == name }.map(\.image))
      })
    #expect(sheet == expected)
    #expect(sheet.height == 2 * 32 + 2)
  }

  @Test func aGroupBeginsANewRowBesideItsLabel() {
    let tiles = [UInt8(50), 100, 150].map {
      PixelImage(width: 8, height: 8, channels: 1, repeating: $0)
    }
    let sheet = ContactSheet.image(
      of: [("x", [tiles[0], tiles[1], tiles[2]]), ("none", []), ("y", [tiles[2]])], columns: 2)
    // One letter of five pixels with a gap of two on either side, and rows of 8 pixels and gaps of 2.
    #expect((sheet.width, sheet.height) == (5 + 4 + 2 * 8 + 2, 3 * 8 + 2 * 2))
    func pixel(_ column: Int, _ row: Int) -> UInt8 {
      sheet.pixels[(row * 10 + 4) * sheet.width + 9 + column * 10 + 4]
    }
    #expect([pixel(0, 0), pixel(1, 0), pixel(0, 1), pixel(1, 1)] == [50, 100, 150, 0])
    #expect([pixel(0, 2), pixel(1, 2)] == [150, 0])
  }
}
