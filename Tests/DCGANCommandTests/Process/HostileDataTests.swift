import Foundation
import Imaging
import TestSupport
import Testing

/// The sanitizer that the tests are built with, if any.
private let sanitizer = ProcessInfo.processInfo.environment["DCGAN_SANITIZER"]

/// What a data folder may hold that has been through many hands.
@Suite(.slow) struct HostileDataTests {
  private func train(_ data: String, run: String) throws -> Executable.Outcome {
    try Executable.run(
      ["train", "--data", data, "--run", run]
        + Practice.words("--size 32 --ngf 1 --ndf 1 --batch 2 --steps 1 --quiet"))
  }

  private func picture(width: Int = 16, height: Int = 16) throws -> Data {
    try PixelImage(width: width, height: height, channels: 3, repeating: 77).pngData(file: "")
  }

  /// Everything at once: what can be used is, all else is named and counted.
  @Test func everyFileIsUsedOrNamed() throws {
    let folder = try TemporaryFolder()
    for name in ["good", "one pixel", "wide", "misnamed"] {
      let size =
        name == "wide" ? (20_000, 4) : name == "one pixel" ? (1, 1) : (64, 48)
      let suffix = name == "misnamed" ? "jpeg" : "png"
      try folder.add(picture(width: size.0, height: size.1), as: "data/\(name).\(suffix)")
    }
    for name in ["huge.jpg", "huge.png", "truncated.jpg", "truncated.png", "empty.jpg"] {
      try FileManager.default.copyItem(
        atPath: Fixtures.path("images/\(name)"), toPath: folder.file("data/\(name)"))
    }
    for name in ["progressive.jpg", "cmyk-adobe.jpg", "rgb16.png", "palette.png", "rgba.png"] {
      try FileManager.default.copyItem(
        atPath: Fixtures.path("images/\(name)"), toPath: folder.file("data/\(name)"))
    }
    try folder.link("data/loop.png", to: "loop.png")
    try folder.link("data/up", to: "..")
    let outcome = try train(folder.file("data"), run: folder.file("run"))
    #expect(outcome.code == 0, "\(outcome.error)")
    let data = folder.file("data")
    #expect(
      outcome.errorLines.filter { $0.contains("skipped") } == [
        "warning: \(data)/empty.jpg: skipped: expected a readable image, found an empty file",
        "warning: \(data)/huge.jpg: skipped: the picture is 64000x65000, but at most 100000000 "
          + "pixels are allowed",
        "warning: \(data)/huge.png: skipped: the picture is 60000x60000, but at most 100000000 "
          + "pixels are allowed",
        "warning: \(data)/loop.png: skipped: cannot be read: Too many levels of symbolic links",
        "warning: \(data)/one pixel.png: skipped: expected at least 16 pixels per side, found "
          + "1x1",
        "warning: \(data)/palette.png: skipped: expected at least 16 pixels per side, found "
          + "20x6",
        "warning: \(data)/rgba.png: skipped: expected at least 16 pixels per side, found 20x12",
        "warning: \(data)/truncated.jpg: skipped: expected an intact JPEG file: Premature end "
          + "of JPEG file",
        "warning: \(data)/truncated.png: skipped: expected an intact PNG file: premature end of "
          + "file",
        "warning: \(data)/wide.png: skipped: expected at least 16 pixels per side, found "
          + "20000x4",
        "warning: 10 of 15 images were skipped",
      ])
  }

  /// A name may hold a line break, or what clears a terminal's screen.
  @Test func aStrangeNameStaysOnItsLine() throws {
    let folder = try TemporaryFolder()
    try folder.add(picture(), as: "data/a.png")
    try folder.add(picture(), as: "data/b.png")
    try folder.add(Data(), as: "data/c\u{1B}[2J\n.png")
    let data = folder.file("data")
    let outcome = try train(data, run: folder.file("run"))
    #expect(outcome.code == 0)
    let name = #"c\u{1B}[2J\n.png"#
    #expect(
      outcome.errorLines == [
        "warning: \(data)/\(name): skipped: expected a readable image, found an empty file",
        "warning: 1 of 3 images was skipped",
      ])
    let strict = try Executable.run(
      ["train", "--data", data, "--run", folder.file("strict"), "--strict", "--quiet"])
    #expect(strict.code == 1)
    #expect(strict.errorLines.count == 1)
    #expect(strict.error.hasPrefix("dcgan train: \(data)/\(name): expected a readable image"))
  }

  #if os(Linux)
    /// Of sixteen pictures, each of 72 MB, that sixteen threads would decode at once, so many wait
    /// that those in flight hold at most 100 million pixels.
    @Test(.enabled(if: sanitizer == nil, "a sanitizer needs memory of its own"))
    func memoryIsBoundedWhateverTheThreads() throws {
      let folder = try TemporaryFolder()
      try folder.add(picture(width: 6_000, height: 4_000), as: "data/0.png")
      for index in 1..<16 {
        try FileManager.default.linkItem(
          atPath: folder.file("data/0.png"), toPath: folder.file("data/\(index).png"))
      }
      // One to four of them and the program itself; all sixteen would need 1,152 MB.
      let peak = try peakMemory(decoding: folder.file("data"), images: 16)
      #expect((100_000_000..<450_000_000).contains(peak), "\(peak) bytes")
    }

    /// A file of half a megabyte may hold texts that unfold to half a gigabyte.
    @Test(.enabled(if: sanitizer == nil, "a sanitizer needs memory of its own"))
    func compressedTextsOfAPNGTakeNoMemory() throws {
      let folder = try TemporaryFolder()
      let whole = try picture()
      let header = 33
      // What compresses rows compresses texts: here 7.9 million zeros, just below libpng's limit.
      let zeros = try PixelImage(width: 999, height: 7_900, channels: 1, repeating: 0)
        .pngData(file: "")
      let text = Self.chunk("zTXt", Data("k\0\0".utf8) + Self.rows(of: zeros))
      let texts = repeatElement(text, count: 60).reduce(into: Data()) { $0 += $1 }
      try folder.add(whole[..<header] + texts + whole[header...], as: "data/bomb.png")
      let peak = try peakMemory(decoding: folder.file("data"), images: 1)
      #expect(peak < 100_000_000, "\(peak) bytes")
    }

    /// Measures the most memory that `dcgan bench` takes to decode the pictures of a folder.
    private func peakMemory(decoding folder: String, images: Int) throws -> Int {
      let running = try Executable.Running(
        ["bench", "--images", folder, "--size", "32", "--threads", "16", "--json"])
      var peak = 0
      while running.process.isRunning {
        peak = max(peak, highWaterMark(of: running.process.processIdentifier))
        usleep(2_000)
      }
      let outcome = try running.outcome()
      #expect(outcome.code == 0, "\(outcome.error)")
      #expect(outcome.output.contains("\"images\":\(images),"))
      return peak
    }

    /// Joins what the chunks of a PNG file's rows hold.
    private static func rows(of file: Data) -> Data {
      var rows = Data()
      var place = 8
      while place + 12 <= file.count {
        let length = file[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
        if file[place + 4..<place + 8] == Data("IDAT".utf8) {
          rows += file[place + 8..<place + 8 + length]
        }
        place += 12 + length
      }
      return rows
    }

    /// Makes a chunk of a PNG file, with its length and its CRC-32.
    private static func chunk(_ type: String, _ content: Data) -> Data {
      let body = Data(type.utf8) + content
      let check = ~body.reduce(~UInt32(0)) { sum, byte in
        (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in
          sum >> 1 ^ (sum & 1 == 0 ? 0 : 0xEDB8_8320)
        }
      }
      func bytes(_ number: UInt32) -> Data { withUnsafeBytes(of: number.bigEndian) { Data($0) } }
      return bytes(UInt32(content.count)) + body + bytes(check)
    }

    /// Returns the most memory that a running process has had, in bytes, or 0 where it has ended.
    private func highWaterMark(of process: Int32) -> Int {
      let status = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
      let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
      return line.flatMap { $0.split(separator: " ").dropFirst().first.flatMap { Int($0) } }
        .map { $0 * 1024 } ?? 0
    }
  #endif
}
