import Foundation
import Support
import TestSupport
import Testing
import Training

@Suite struct EpochLogTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("epochs.jsonl")
  }

  private func epoch(_ number: Int, _ diversity: Double? = 0.5) -> EpochMetrics {
    EpochMetrics(epoch: number, step: 4 * number, diversity: diversity)
  }

  @Test func aLineIsOneObject() throws {
    #expect(epoch(3, 0.25).line == "{\"epoch\":3,\"step\":12,\"diversity\":0.25}\n")
    #expect(epoch(3, nil).line == "{\"epoch\":3,\"step\":12,\"diversity\":null}\n")
    for value: Double? in [nil, 0, 1 / 3, 1e-300, 1e300] {
      let one = epoch(7, value)
      #expect(try EpochMetrics(parsing: Array(one.line.utf8.dropLast())) == one)
    }
  }

  /// Appends the lines of these epochs after step `step`.
  private func write(_ epochs: [EpochMetrics], after step: Int = 0) throws {
    let log = try EpochLog(path: path, afterStep: step)
    for epoch in epochs { try log.append(epoch) }
    try log.synchronize()
  }

  @Test func linesAreAdded() throws {
    #expect(try EpochLog.read(path) == [])
    try write((1...3).map { epoch($0) })
    #expect(try EpochLog.read(path) == (1...3).map { epoch($0) })
    #expect(try folder.names() == ["epochs.jsonl"])
  }

  @Test func goingBackLeavesTheEpochsThatAreDone() throws {
    try write((1...3).map { epoch($0) })
    #expect(try EpochLog(path: path, afterStep: 11).earlierLines == 2)
    #expect(try EpochLog.read(path) == [epoch(1), epoch(2)])
    try write([epoch(2, 0.75)], after: 4)
    #expect(try EpochLog.read(path) == [epoch(1), epoch(2, 0.75)])
  }

  @Test func aLineThatWasCutShortGoes() throws {
    try folder.write(epoch(1).line + String(epoch(2).line.dropLast(7)), to: "epochs.jsonl")
    #expect(try EpochLog.read(path) == [epoch(1)])
    try write([epoch(2)], after: 4)
    #expect(try EpochLog.read(path) == [epoch(1), epoch(2)])
  }

  /// What stands in the file already is not read again, so that damage to it on the way costs no epoch.
  @Test func anOpenLogDoesNotMindWhatTheFileHolds() throws {
    let log = try EpochLog(path: path, afterStep: 0)
    try log.append(epoch(1))
    let damaged = try #require(FileHandle(forWritingAtPath: path))
    try damaged.write(contentsOf: Data("?".utf8))
    try log.append(epoch(2))
    let text = String(decoding: try folder.read("epochs.jsonl"), as: UTF8.self)
    #expect(text == "?" + String(epoch(1).line.dropFirst()) + epoch(2).line)
  }

  @Test(arguments: [
    ("{\"diversity\":1}", "epoch: expected a whole number"), ("[]", "line: expected a JSON object"),
    ("{\"epoch\":1,\"step\":-4,\"diversity\":1}", "step: expected a whole number"),
    ("{\"epoch\":1,\"step\":4}", "diversity: expected a number or null"),
    ("{\"epoch\":1", "at byte 10"),
  ])
  func aLineThatIsNoneIsNamed(_ line: String, _ problem: String) throws {
    try folder.write(epoch(1).line + line + "\n", to: "epochs.jsonl")
    let shown = try #require(message { _ = try EpochLog.read(path) })
    #expect(
      shown.hasPrefix("\(path): line 2: ") && shown.contains(problem)
        && shown.hasSuffix("; remove that line, or start a new run in another 'run' folder"))
  }
}
