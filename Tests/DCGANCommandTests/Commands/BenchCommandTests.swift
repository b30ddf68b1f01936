import DCGANCommand
import Foundation
import Testing

@Suite struct BenchCommandTests {
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
        "variant", "threads", "size", "batch", "ngf", "ndf", "channels", "steps",
      ])
    let seconds = try #require(result["step_seconds"] as? [String: Double])
    #expect(Set(seconds.keys) == ["median", "min"])
    #expect(try #require(seconds["min"]) <= (try #require(seconds["median"])))
    let integers = ["threads", "size", "batch", "ngf", "ndf", "channels", "steps"].map {
      result[$0] as? Int
    }
    #expect(integers == [1, 32, 2, 2, 3, 1, 2])
    let variant = try #require(result["variant"] as? String)
    #expect(["baseline", "avx2", "avx512"].contains(variant))
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
    #expect(lines[2].contains(" s for 2 images, median of 2 (shortest "))
  }
}
