import Foundation
import TestSupport
import Testing
import Training

@Suite struct RunFolderMetricsTests {
  private func metrics(_ step: Int) -> StepMetrics {
    StepMetrics(
      step: step, epoch: 1 + step / 3, lossD: 1.25, lossG: Float(step) / 3, realScore: 0.1,
      fakeScore: 1e-10,
      updatedFakeScore: 0, imagesPerSecond: 16_777_216)
  }

  private func write(_ steps: ClosedRange<Int>, to path: String, after step: Int = 0) throws {
    let log = try MetricsLog(path: path, afterStep: step)
    for step in steps { try log.append(metrics(step)) }
    try log.synchronize()
  }

  @Test func printsALineAStep() {
    #expect(
      metrics(1).line
        == "{\"step\":1,\"epoch\":1,\"loss_d\":1.25,\"loss_g\":0.33333334,\"d_x\":0.1,"
        + "\"d_g_z1\":1e-10,\"d_g_z2\":0.0,\"images_per_second\":16777216.0}\n")
  }

  @Test func `the probability of augmentation is written where there is one, and comes back`()
    throws
  {
    var adapted = metrics(1)
    adapted.augmentationProbability = 0.25
    #expect(adapted.line.hasSuffix("\"images_per_second\":16777216.0,\"augment_p\":0.25}\n"))
    #expect(try StepMetrics(parsing: Array(adapted.line.utf8)) == adapted)
    #expect(try StepMetrics(parsing: Array(metrics(1).line.utf8)) == metrics(1))
  }

  @Test func printsNullForWhatIsNoNumber() throws {
    var odd = metrics(2)
    odd.lossD = .nan
    odd.lossG = .infinity
    odd.realScore = -.infinity
    #expect(odd.line.contains("\"loss_d\":null,\"loss_g\":null,\"d_x\":null,\"d_g_z1\":1e-10"))
    let back = try StepMetrics(parsing: Array(odd.line.utf8))
    #expect(back.lossD.isNaN && back.lossG.isNaN && back.realScore.isNaN)
    #expect(back.fakeScore == 1e-10)
  }

  @Test func everyFloatComesBack() throws {
    let values: [Float] = [
      .leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude, .pi, -0.0, 1e-5,
      1e16, 16_777_215, 0.1, 1 / 3,
    ]
    for value in values {
      var one = metrics(1)
      one.lossG = value
      #expect(try StepMetrics(parsing: Array(one.line.utf8)).lossG.bitPattern == value.bitPattern)
    }
  }

  @Test func appendsAndReads() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("metrics.jsonl")
    #expect(try MetricsLog.read(path) == [])
    let log = try MetricsLog(path: path, afterStep: 0)
    for step in 1...3 {
      try log.append(metrics(step))
      // Each line is there when `append` returns, for whoever watches the file.
      #expect(try MetricsLog.read(path) == (1...step).map(metrics))
    }
    #expect(try folder.read("metrics.jsonl") == (1...3).flatMap { metrics($0).line.utf8 })
  }

  @Test(arguments: [(0, 0), (1, 1), (4, 4), (5, 5), (9, 5)])
  func resumesAfterAStep(_ step: Int, _ kept: Int) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("metrics.jsonl")
    try write(1...5, to: path)
    try write(6...7, to: path, after: step)
    #expect(try MetricsLog.read(path).map(\.step) == Array(1...7).filter { $0 <= kept || $0 > 5 })
    #expect(try folder.names() == ["metrics.jsonl"])
  }

  @Test(.slow) func dropsALineThatWasCut() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("metrics.jsonl")
    try write(1...3, to: path)
    let whole = try folder.read("metrics.jsonl")
    let two = (1...2).flatMap { metrics($0).line.utf8 }
    for count in two.count..<whole.count {
      try Data(whole.prefix(count)).write(to: URL(filePath: path))
      #expect(try MetricsLog.read(path) == (1...2).map(metrics))
      try write(3...3, to: path, after: 2)
      #expect(try folder.read("metrics.jsonl") == whole)
    }
  }

  @Test func keptLinesStayAsTheyWere() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("metrics.jsonl")
    let line =
      #"{"note":[1], "step":1,"epoch":1,"loss_d":1e0,"loss_g":2,"d_x":null,"#
      + #""d_g_z1":0.50,"d_g_z2":0,"images_per_second":3}"# + "\n"
    try folder.write(line + metrics(2).line, to: "metrics.jsonl")
    try write(2...2, to: path, after: 1)
    #expect(try folder.read("metrics.jsonl") == Array((line + metrics(2).line).utf8))
  }

  @Test(arguments: [
    ("", "expected a JSON value, found the end of the text at byte 0"),
    ("[]", "line: expected a JSON object"),
    (#"{"epoch":1}"#, "step: expected a whole number"),
    (#"{"step":1.5}"#, "step: expected a whole number"),
    (#"{"step":1,"epoch":1}"#, "loss_d: expected a number or null"),
    (#"{"step":1,"epoch":1,"loss_d":"1"}"#, "loss_d: expected a number or null"),
  ])
  func namesTheBrokenLine(_ line: String, _ problem: String) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("metrics.jsonl")
    try folder.write("\(metrics(1).line)\(line)\n\(metrics(3).line)", to: "metrics.jsonl")
    let before = try folder.read("metrics.jsonl")
    let expected =
      "\(path): line 2: \(problem); remove that line, or start a new run in another 'run' "
      + "folder"
    #expect(message { _ = try MetricsLog.read(path) } == expected)
    #expect(message { _ = try MetricsLog(path: path, afterStep: 1) } == expected)
    #expect(try folder.read("metrics.jsonl") == before)
  }
}
