import Foundation
import Review
import TestSupport
import Testing
import Training

/// Nothing that identifies a patient in a DICOM file leaves that file.
@Suite(.slow) struct PrivacyTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Runs the program in the folder `work` and returns all that it printed.
  private func run(_ line: String) throws -> String {
    let outcome = try Executable.run(Practice.words(line), in: folder.file("work"))
    #expect(outcome.code == 0, "\(line): \(outcome.error)")
    return outcome.output + outcome.error
  }

  /// Returns what of the marks is in bytes.
  private func marks(in bytes: Data) -> [String] {
    IdentifiedFile.marks.filter { bytes.range(of: Data($0.utf8)) != nil }
  }

  /// Returns every file below a folder.
  private func files(below path: String) throws -> [String] {
    let found = try #require(FileManager.default.enumerator(atPath: path))
    return found.compactMap { $0 as? String }.map { "\(path)/\($0)" }.filter { file in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: file, isDirectory: &isFolder)
        && !isFolder.boolValue
    }
  }

  /// Says of every image of a review that it is real.
  private func judge() throws {
    let key = try ReviewKey(contentsOf: folder.file("work/review/key.json"))
    let lines = key.images.map { "\(key.review),Anna,\($0.id),real,1\n" }
    try folder.write(
      "review,reader,image,verdict,seconds\n" + lines.joined(), to: "work/anna.csv")
  }

  @Test func `no attribute of a DICOM file is written or printed`() throws {
    for number in 0..<60 {
      let file = IdentifiedFile.data(patient: number / 2, picture: number)
      #expect(marks(in: file) == IdentifiedFile.marks)
      let part = number < 40 ? "train" : "test"
      let name = "\(number % 4 < 2 ? "A" : "B")/scan-\(number).dcm"
      try folder.add(file, as: "archive/\(name)")
      try folder.add(file, as: "parts/\(part)/\(name)")
    }
    try folder.addFiles(["work/notes.txt"])
    var printed = try run(
      "train --data ../archive --run run --size 32 --channels 1 --ngf 2 --ndf 2 --batch 8 "
        + "--epochs 1 --seed 5 --split-by-patient 0.6,0.2,0.2")
    let account = try RunFolder.open(at: folder.file("work/run")).configuration().account
    #expect(account?.patients?.reduce(0) { $0 + $1.patients } == 30)
    #expect(account?.patients?.reduce(0) { $0 + $1.images } == 60)
    #expect(account?.patients?.contains { $0.unknown > 0 } == false)
    for line in [
      "train --resume --run run --epochs 2 --json", "info run --json", "info run",
      "sample --run run --count 16", "sample --run run --count 16 --out objects --format dicom",
      "evaluate --run run --out evaluation.json --sheet nearest.png --json",
      "report --run run", "export --run run --images real",
      "score --run run ../archive", "grid --run run --out grid.png",
      "review --samples samples --out review --count 8",
    ] {
      printed += try run(line)
    }
    try judge()
    for line in [
      "review --verdicts anna.csv --out review --format dicom",
      "study --data ../parts --out study --size 32 --channels 1 --ndf 2 --ngf 2 --seeds 1 "
        + "--generator-steps 2 --ratios 1 --min-real 0 --steps 2 --shares 1",
    ] {
      printed += try run(line)
    }
    #expect(try folder.names("work/review/passed").filter { $0.hasSuffix(".dcm") }.count == 8)
    #expect(marks(in: Data(printed.utf8)).isEmpty)
    let written = try files(below: folder.file("work"))
    #expect(written.count > 60)
    for file in written {
      #expect(marks(in: try Data(contentsOf: URL(filePath: file))).isEmpty, "\(file)")
    }
  }
}
