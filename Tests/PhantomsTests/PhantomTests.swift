import Imaging
import Phantoms
import Testing

@Suite struct PhantomTests {
  @Test func theSameSeedGivesTheSameBytes() {
    for kind in PhantomKind.allCases {
      let first = Phantom.draw(seed: 7, index: 3, kind: kind)
      #expect(first == Phantom.draw(seed: 7, index: 3, kind: kind))
      #expect(first.channels == 1)
    }
  }

  @Test func seedsAndIndexesGiveDifferentChests() {
    let images = [
      Phantom.draw(seed: 7, index: 0, kind: .normal),
      Phantom.draw(seed: 7, index: 1, kind: .normal),
      Phantom.draw(seed: 8, index: 0, kind: .normal),
    ]
    for (one, other) in [(0, 1), (0, 2), (1, 2)] {
      // Not only the grain: the thumbnails of another chest are far apart.
      let pairs = zip(thumbnail(images[one]), thumbnail(images[other]))
      let distance = pairs.reduce(0) { $0 + abs($1.0 - $1.1) } / 256
      #expect(distance > 5)
    }
  }

  @Test(arguments: 0..<12)
  func pneumoniaOnlyBrightensTheLungs(index: Int) {
    let clear = Phantom.draw(seed: 7, index: index, kind: .normal)
    let filled = Phantom.draw(seed: 7, index: index, kind: .pneumonia)
    #expect(clear.width == filled.width && clear.height == filled.height)
    #expect(zip(clear.pixels, filled.pixels).allSatisfy { $0 <= $1 })
    let brightened = zip(clear.pixels, filled.pixels).filter { Int($1) - Int($0) > 20 }
    // At least a hundredth of the picture is filled, and never as much as both lungs hold.
    let share = Double(brightened.count) / Double(clear.pixels.count)
    #expect(share > 0.01 && share < 0.35)
  }

  /// The bounds hold 24 real radiographs of each class, with a little room.
  @Test(arguments: PhantomKind.allCases)
  func greysAreThoseOfRadiographs(kind: PhantomKind) {
    for index in 0..<12 {
      let image = Phantom.draw(seed: 7, index: index, kind: kind)
      let sorted = image.pixels.sorted()
      func percentile(_ share: Double) -> UInt8 { sorted[Int(share * Double(sorted.count - 1))] }
      #expect((75.0...160).contains(mean(image.pixels)))
      #expect(percentile(0.05) <= 70)
      #expect((80...180).contains(percentile(0.5)))
      #expect((137...225).contains(percentile(0.95)))
      #expect((200...272).contains(image.width) && (200...272).contains(image.height))
    }
  }

  /// Averaged over chests: lungs darker than the mediastinum between them, the heart's shadow wider
  /// at the picture's right, the abdomen bright, the upper corners dark.
  @Test func theChestHasItsStructure() {
    let images = (0..<32).map { thumbnail(Phantom.draw(seed: 11, index: $0, kind: .normal)) }
    let average = (0..<256).map { cell in images.reduce(0) { $0 + $1[cell] } / 32 }
    func grey(_ column: Int, _ row: Int) -> Double { average[row * 16 + column] }
    let middle = (grey(7, 7) + grey(8, 7)) / 2
    #expect(middle - grey(5, 7) > 40)
    #expect(middle - grey(11, 7) > 40)
    #expect(grey(9, 10) + grey(10, 10) - grey(5, 10) - grey(6, 10) > 40)
    #expect(grey(5, 15) - grey(5, 9) > 30)
    #expect(grey(0, 0) < 60 && grey(15, 0) < 60)
  }

  /// Returns the mean greys of 16 × 16 cells.
  private func thumbnail(_ image: PixelImage) -> [Double] {
    (0..<256).map { cell in
      let (row, column) = cell.quotientAndRemainder(dividingBy: 16)
      let rows = row * image.height / 16..<(row + 1) * image.height / 16
      let columns = column * image.width / 16..<(column + 1) * image.width / 16
      return mean(rows.flatMap { y in columns.map { x in image.pixels[y * image.width + x] } })
    }
  }

  private func mean(_ values: [UInt8]) -> Double {
    Double(values.reduce(0) { $0 + Int($1) }) / Double(values.count)
  }
}
