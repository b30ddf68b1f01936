import Foundation
import Imaging
import Support
import TestSupport
import Testing

private enum FileSystem {
  #if os(Linux)
    static let takesAnyName = true
  #else
    static let takesAnyName = false
  #endif
}

/// What hostile names do to a terminal, on either stream of every command: nothing.
@Suite(.slow, .enabled(if: FileSystem.takesAnyName, "this system's names are UTF-8"))
struct HostileNameTests {
  /// ESC, line feed, tab, carriage return and what turns the direction of writing.
  private static let name = "x\u{1B}[2J\n\t\r\u{202E}y"
  private static let shown = #"x\u{1B}[2J\n\t\r\u{202E}y"#
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func picture(_ level: UInt8) throws -> Data {
    try PixelImage(width: 32, height: 32, channels: 1, repeating: level).pngData(file: "")
  }

  /// Expects that nothing but line feeds and tabs is invisible in what was written.
  private func expectHarmless(_ outcome: Executable.Outcome, _ words: [String]) {
    for text in [outcome.output, outcome.error] {
      let others = text.unicodeScalars.filter {
        $0 != "\n" && $0 != "\t" && isInvisible($0)
      }
      #expect(others.isEmpty, "\(words): \(text.debugDescription)")
    }
  }

  @Test func scoresStayOnTheirLines() throws {
    let data = folder.file("data")
    try folder.add(picture(90), as: "data/\(Self.name).png")
    try folder.add(picture(99), as: "data/z.png")
    try folder.add(Data(), as: "data/\(Self.name)-empty.png")
    // A name that is not UTF-8.
    let bytes = Array("\(data)/q".utf8) + [0xFF] + Array(".png\0".utf8)
    let descriptor = open(bytes.map { CChar(truncatingIfNeeded: $0) }, O_CREAT | O_WRONLY, 0o644)
    #expect(descriptor >= 0 && close(descriptor) == 0)

    let words = ["score", "--run", PracticeRun.path, data]
    let outcome = try Executable.run(words)
    #expect(outcome.code == 1)
    expectHarmless(outcome, words)
    #expect(
      outcome.outputLines.map { $0.split(separator: "\t").dropFirst().map(String.init) }
        == [["\(data)/\(Self.shown).png"], ["\(data)/z.png"]])
    #expect(
      outcome.errorLines == [
        #"warning: \#(data)/q\xFF.png: its name is not UTF-8 and cannot be used; rename it"#,
        "warning: \(data)/\(Self.shown)-empty.png: expected a readable image, found an empty file",
        "dcgan score: 2 of 4 images could not be read",
      ])

    let json = try Executable.run(words + ["--json"])
    expectHarmless(json, words)
    #expect(json.outputLines.count == 1)
    let items = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: any Sendable]])
    #expect(
      items.map { $0["file"] as? String } == ["\(data)/\(Self.name).png", "\(data)/z.png"])
  }

  /// Runs every command that names a folder or a file, in a folder of such a name, on a class of such
  /// a name; each result has as many lines as with plain names.
  @Test func everyCommandStaysOnItsLines() throws {
    for (index, name) in ["plain", Self.name].enumerated() {
      let place = "\(index)\(name)"
      for part in ["train", "test"] {
        for image in 0..<12 {
          try folder.add(
            picture(UInt8(20 * image)), as: "\(place)/data/\(part)/\(name)/\(image).png")
        }
      }
      try folder.add(Data(), as: "\(place)/data/train/\(name)/\(name).png")
    }
    let results = try ["plain", Self.name].enumerated().map { index, name in
      try counts(in: folder.file("\(index)\(name)"), class: name)
    }
    for (line, plain) in results[0] { #expect(results[1][line] == plain, "\(line)") }
  }

  /// Returns how many lines each command writes to either stream.
  private func counts(in place: String, class name: String) throws -> [String: [Int]] {
    let lines = [
      "train --data {p}/data --class {c} --run {p}/run --size 32 --ngf 1 --ndf 1 --batch 4 --epochs 1",
      "train --data {p}/data --class nothing --run {p}/other",
      "train --data {p}/none --run {p}/other",
      "train --run {p}/run --resume", "info {p}/run", "info {p}/none",
      "info {p}/run/checkpoints/epoch-0001.safetensors",
      "sample --run {p}/run --count 4 --out {p}/samples",
      "sample --run {p}/run --from {p}/samples/samples.csv --out {p}/again",
      "sample --run {p}/run --from {p}/run/config.json", "grid --run {p}/run --out {p}/grid.png",
      "report --run {p}/run --out {p}/report.html", "export --run {p}/run --out {p}/g.safetensors",
      "evaluate --run {p}/run --count 6", "bench --images {p}/data",
      "score --run {p}/run {p}/samples",
      "review --samples {p}/samples --data {p}/data --out {p}/review --count 2 --seed 3",
      "phantom --out {p}/phantoms --count 4", "phantom --out {p}/phantoms --count 4",
      "train --data {p}/data --run {p}/b --init-generator {p}/run/config.json",
    ]
    var counts: [String: [Int]] = [:]
    for line in lines {
      let words = Executable.words(line, ["p": place, "c": name])
      let outcome = try Executable.run(words)
      expectHarmless(outcome, words)
      counts[line] = [
        Int(outcome.code), outcome.outputLines.count, outcome.errorLines.count,
      ]
    }
    for page in ["report.html", "review/review.html"] {
      let text = try String(contentsOfFile: "\(place)/\(page)", encoding: .utf8)
      #expect(!text.unicodeScalars.contains { $0 != "\n" && isInvisible($0) }, "\(page)")
    }
    return counts
  }
}
