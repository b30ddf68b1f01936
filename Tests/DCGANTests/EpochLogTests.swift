import DCGAN
import Foundation
import TestSupport
import Testing

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

  @Test func linesAreAddedAndReplaced() throws {
    #expect(try EpochLog.read(path) == [])
    for number in 1...3 { try EpochLog.append(epoch(number), to: path) }
    #expect(try EpochLog.read(path) == (1...3).map { epoch($0) })
    try EpochLog.append(epoch(2, 0.75), to: path)
    #expect(try EpochLog.read(path) == [epoch(1), epoch(2, 0.75)])
    #expect(try folder.names() == ["epochs.jsonl"])
  }

  @Test func goingBackLeavesTheEpochsThatAreDone() throws {
    #expect(try EpochLog.goBack(path, to: 9) == [])
    #expect(try folder.names() == [])
    for number in 1...3 { try EpochLog.append(epoch(number), to: path) }
    #expect(try EpochLog.goBack(path, to: 11) == [epoch(1), epoch(2)])
    #expect(try EpochLog.read(path) == [epoch(1), epoch(2)])
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
        && shown.hasSuffix("; remove that line, or start anew with another --run"))
  }
}
