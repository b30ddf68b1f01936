import Phantoms
import Testing

@Suite struct PhantomSetTests {
  @Test func aThousandImagesAreSplitByTheShares() {
    let entries = PhantomSet(count: 1_000).entries
    #expect(entries.count == 1_000)
    #expect(count(entries, in: "train/NORMAL/") == 267)
    #expect(count(entries, in: "train/PNEUMONIA/") == 533)
    #expect(count(entries, in: "test/NORMAL/") == 50)
    #expect(count(entries, in: "test/PNEUMONIA/") == 100)
    #expect(count(entries, in: "val/NORMAL/") == 17)
    #expect(count(entries, in: "val/PNEUMONIA/") == 33)
  }

  @Test(arguments: 12...60)
  func noSplitAndNoClassIsEmpty(size: Int) {
    let entries = PhantomSet(count: size).entries
    #expect(entries.count == size)
    for split in ["train", "test", "val"] {
      for kind in PhantomKind.allCases {
        #expect(count(entries, in: "\(split)/\(kind.rawValue)/") > 0)
      }
    }
  }

  @Test(arguments: 0..<12)
  func aFewImagesAllTrain(size: Int) {
    let entries = PhantomSet(count: size).entries
    #expect(entries.count == size)
    #expect(entries.allSatisfy { $0.path.hasPrefix("train/") })
  }

  @Test func pathsAreNumberedAndUnique() {
    let entries = PhantomSet(count: 12_000).entries
    #expect(entries[0].path == "train/NORMAL/phantom-0001.jpeg")
    #expect(entries[1].path == "train/PNEUMONIA/phantom-0002.jpeg")
    #expect(entries[11_999].path.hasSuffix("phantom-12000.jpeg"))
    #expect(entries.map(\.index) == Array(0..<12_000))
    #expect(entries.allSatisfy { $0.path.contains("/\($0.kind.rawValue)/") })
    #expect(Set(entries.map(\.path)).count == 12_000)
  }

  private func count(_ entries: [PhantomSet.Entry], in folder: String) -> Int {
    entries.filter { $0.path.hasPrefix(folder) }.count
  }
}
