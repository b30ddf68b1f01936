import CommandTestSupport
import DCGANCommand
import Foundation
import Support
import Tensor
import TestSupport
import Testing

@Suite(.slow) struct BenchCommandTests {
  private let arguments = [
    "bench", "--size", "32", "--batch", "2", "--ngf", "2", "--ndf", "3", "--channels", "1",
    "--steps", "2", "--threads", "1",
  ]

  @Test func jsonHasTheseKeysAndNoOthers() throws {
    let recording = RecordingConsole()
    #expect(Program.dcgan.run(arguments + ["--json"], console: recording.console) == .done)
    let value = try JSONSerialization.jsonObject(with: Data(recording.output.utf8))
    let result = try #require(value as? [String: Any])
    #expect(
      Set(result.keys) == [
        "step_seconds", "images_per_second", "sample_images_per_second", "peak_rss_bytes",
        "variant", "precision", "threads", "size", "batch", "ngf", "ndf", "channels", "steps",
      ])
    let seconds = try #require(result["step_seconds"] as? [String: Double])
    #expect(Set(seconds.keys) == ["median", "min"])
    #expect(try #require(seconds["min"]) <= (try #require(seconds["median"])))
    let integers = ["threads", "size", "batch", "ngf", "ndf", "channels", "steps"].map {
      result[$0] as? Int
    }
    #expect(integers == [1, 32, 2, 2, 3, 1, 2])
    let variant = try #require(result["variant"] as? String)
    #expect(Variant(rawValue: variant) != nil)
    #expect(result["precision"] as? String == "float32")
    #expect(recording.error == "measuring step 2/2\n")
  }

  @Test func withoutJSONItIsATable() throws {
    let recording = RecordingConsole()
    #expect(Program.dcgan.run(arguments + ["--quiet"], console: recording.console) == .done)
    #expect(recording.error.isEmpty)
    let lines = recording.output.split(separator: "\n")
    #expect(
      lines.map { String($0.prefix(12)) } == [
        "  networks  ", "  kernels   ", "  step      ", "  training  ", "  sampling  ",
        "  memory    ",
      ])
    #expect(lines[0] == "  networks  32x32 pixels, 1 channel, ngf 2, ndf 3")
    #expect(lines[1].hasSuffix(", 1 thread"))
    #expect(lines[2].contains(" s for 2 images, median of 2 (min "))
  }

  @Test func anotherMethodIsNamed() throws {
    let recording = RecordingConsole()
    let line = arguments + ["--quiet", "--method", "direct"]
    #expect(Program.dcgan.run(line, console: recording.console) == .done)
    #expect(recording.output.contains(", 1 thread, direct convolutions\n"))
  }

  @Test func bfloat16IsNamed() throws {
    let recording = RecordingConsole()
    let line = arguments + ["--quiet", "--precision", "bfloat16"]
    #expect(Program.dcgan.run(line, console: recording.console) == .done)
    #expect(recording.output.contains(", 1 thread, bfloat16\n"))
    let hasInstruction = try Variant.selected(
      environment: ProcessInfo.processInfo.environment, precision: .bfloat16
    ).multipliesBFloat16
    #expect(recording.error.contains("is emulated by the ") == !hasInstruction)
  }

  @Test func aProfileAddsUpToTheStep() throws {
    let recording = RecordingConsole()
    let line = arguments + ["--profile", "--json", "--quiet"]
    #expect(Program.dcgan.run(line, console: recording.console) == .done)
    let value = try JSONSerialization.jsonObject(with: Data(recording.output.utf8))
    let profile = try #require((value as? [String: Any])?["profile"] as? [String: Any])
    #expect(
      Set(profile.keys) == [
        "operations", "other_seconds_per_step", "other_share", "mean_step_seconds",
        "fresh_blocks",
      ])
    let operations = try #require(profile["operations"] as? [[String: Any]])
    #expect(
      Set(operations.flatMap(\.keys)) == [
        "operation", "shapes", "calls_per_step", "seconds_per_step", "share",
      ])
    let seconds = operations.compactMap { $0["seconds_per_step"] as? Double }
    let other = try #require(profile["other_seconds_per_step"] as? Double)
    let step = try #require(profile["mean_step_seconds"] as? Double)
    #expect(abs(seconds.reduce(other, +) - step) <= 1e-12)
    // Three passes through the discriminator and one through the generator, of five layers each;
    // only the generator's own way back passes the first layer of the discriminator.
    let calls = { (name: String) in
      operations.filter { $0["operation"] as? String == name }
        .compactMap { $0["calls_per_step"] as? Double }.reduce(0, +)
    }
    #expect(calls("convolution") == 15 + 4)
    #expect(calls("transposed convolution") == 5 + 4 + 4 + 5)
    #expect(calls("filter gradient") == 15)
    #expect(calls("Adam") == 2)
  }

  @Test func theProfileFollowsTheTable() {
    let recording = RecordingConsole()
    let line = arguments + ["--profile", "--quiet"]
    #expect(Program.dcgan.run(line, console: recording.console) == .done)
    let lines = recording.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[6].isEmpty)
    #expect(lines[7].hasPrefix("  operation "))
    #expect(lines[lines.count - 3].hasPrefix("  other "))
    #expect(lines[lines.count - 2].hasPrefix("  step (mean) "))
    #expect(lines[lines.count - 2].hasSuffix("  100.0 %"))
  }

  @Test func decodingSkipsWhatItCannotRead() throws {
    let folder = try TemporaryFolder()
    for name in ["grey.jpg", "rgb.jpg", "corrupt.png"] {
      try folder.add(
        Data(contentsOf: URL(filePath: Fixtures.path("images/\(name)"))), as: name)
    }
    let recording = RecordingConsole()
    let line = ["bench", "--images", folder.path, "--size", "32", "--threads", "2", "--json"]
    #expect(Program.dcgan.run(line + ["--quiet"], console: recording.console) == .done)
    let value = try JSONSerialization.jsonObject(with: Data(recording.output.utf8))
    let result = try #require(value as? [String: Any])
    #expect(
      Set(result.keys) == [
        "decode_images_per_second", "images", "skipped", "size", "channels", "threads",
      ])
    let integers = ["images", "skipped", "size", "channels", "threads"].map { result[$0] as? Int }
    #expect(integers == [2, 1, 32, 3, 2])
    #expect(recording.error.hasPrefix("warning: \(folder.path)/corrupt.png: skipped: "))
  }

  @Test func decodingInWords() {
    let report = DecodingReport(
      imagesPerSecond: 1234.56, images: 5216, skipped: 1, size: 64, channels: 1, threads: 2)
    #expect(
      report.table == """
          images    5,216 images, 1 skipped
          to        64x64 pixels, 1 channel, 2 threads
          decoding  1234.6 images/s
        """)
  }
}
