import CommandTestSupport
import DCGANCommand
import Foundation
import Support
import Tensor
import TestSupport
import Testing

@Suite struct KernelReportTests {
  private let slow = ConvolutionCase(
    name: "d1", use: .speed, large: Shape(2, 8, 8, 3), filter: Shape(4, 4, 3, 16),
    geometry: .halving)
  private let fast = ConvolutionCase(
    name: "second", use: .speed, large: Shape(2, 8, 8, 32), filter: Shape(4, 4, 32, 16),
    geometry: .halving)

  private func report(errors: [Double], threads: Int = 2) -> KernelReport {
    KernelReport(
      [
        ConvolutionMeasurement(
          shape: slow, operation: .convolution, isWinograd: false, seconds: 1e-5,
          largestError: errors[0]),
        ConvolutionMeasurement(
          shape: fast, operation: .filterGradient, isWinograd: true, seconds: 1e-5,
          largestError: errors[1]),
      ], peaks: KernelReport.Peaks(oneThread: 20e9, allThreads: 40.96e9), variant: .baseline,
      threads: threads, runs: 3)
  }

  @Test func theTable() {
    #expect(
      report(errors: [0.5, 0.0014]).table == """
          kernels  baseline, 2 threads
          peak     20.0 GFLOP/s on 1 thread, 41.0 on 2
          times    shortest of 3 runs

          name    operation        method       ms  GFLOP/s  direct  of peak    error
          d1      convolution      direct    0.010      4.9     4.9   12.0 %  5.0e-01
          second  filter gradient  winograd  0.010     20.5    52.4   50.0 %  1.4e-03
        """)
  }

  @Test func whatIsRightEndsWell() {
    let recording = RecordingConsole()
    #expect(report(errors: [0, 1]).conclude(recording.console) == .done)
    #expect(recording.error.isEmpty)
  }

  @Test func whatIsWrongIsNamedAndFails() {
    let recording = RecordingConsole()
    #expect(report(errors: [3, .infinity]).conclude(recording.console) == .failed)
    #expect(
      recording.error == """
        dcgan bench: d1 [2, 8, 8, 3] [4, 4, 3, 16]: the convolution (direct, baseline) is wrong: \
        its error is 3.0 times what rounding allows
        dcgan bench: second [2, 8, 8, 32] [4, 4, 32, 16]: the filter gradient (winograd, baseline) \
        is wrong: its error is infinitely many times what rounding allows

        """)
  }

  @Test func aTableOfShapesIsMeasured() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "# comment\ntest no 1 4 1 1 4 2 1\nboth yes 2 8 16 16 4 2 1\n", to: "t.txt")
    let recording = RecordingConsole()
    let line = [
      "bench", "--kernels", "--shapes", folder.file("t.txt"), "--threads", "1", "--steps", "1",
      "--json",
    ]
    #expect(Program.dcgan.run(line, console: recording.console) == .done)
    #expect(recording.error == "measuring convolution 1/1\n")
    let value = try JSONSerialization.jsonObject(with: Data(recording.output.utf8))
    let result = try #require(value as? [String: Any])
    #expect(
      Set(result.keys) == ["kernels", "peak_gflops", "precision", "runs", "threads", "variant"])
    let peaks = try #require(result["peak_gflops"] as? [String: Double])
    #expect(Set(peaks.keys) == ["one_thread", "all_threads"])
    let kernels = try #require(result["kernels"] as? [[String: Any]])
    #expect(kernels.map { $0["name"] as? String } == ["yes", "yes", "yes"])
    #expect(
      kernels.map { $0["operation"] as? String } == [
        "convolution", "transposed", "filter gradient",
      ])
    #expect(kernels.allSatisfy { $0["is_correct"] as? Bool == true })
    #expect(
      Set(kernels.flatMap(\.keys)) == [
        "name", "operation", "method", "large", "filter", "milliseconds", "gflops",
        "direct_gflops", "share_of_peak", "error", "is_correct",
      ])
  }

  @Test func aBadTableIsAnError() throws {
    let folder = try TemporaryFolder()
    try folder.write("both a 1 8 3 4 4 2\n", to: "t.txt")
    let recording = RecordingConsole()
    let line = ["bench", "--kernels", "--shapes", folder.file("t.txt")]
    #expect(Program.dcgan.run(line, console: recording.console) == .failed)
    #expect(
      recording.error
        == "dcgan bench: \(folder.file("t.txt")), line 1: expected nine words "
        + "'use name batch large I O k s p', found 8; correct it there\n")
  }

  @Test func theLayersAreTheDefault() {
    let recording = RecordingConsole()
    let line = [
      "bench", "--kernels", "--size", "32", "--batch", "2", "--ngf", "1", "--ndf", "1",
      "--steps", "1", "--threads", "1", "--quiet",
    ]
    #expect(Program.dcgan.run(line, console: recording.console) == .done)
    let names = recording.output.split(separator: "\n").dropFirst(4).map { $0.prefix(4) }
    #expect(names.count == 30)
    #expect(names[0] == "  d1" && names[29] == "  g5")
  }
}
