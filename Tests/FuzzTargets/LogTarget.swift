import Training

/// Repairs a log of such lines: what stays are whole lines of it in their order, no step is a later
/// one, and to repair it again changes nothing.
func checkLog<Entry: LogLine>(of _: Entry.Type, _ bytes: [UInt8]) throws {
  let step = Int(bytes.first ?? 0)
  let log = Array(bytes.dropFirst())
  let kept: [UInt8]
  do {
    kept = try RunLog<Entry>.kept(of: log, path: "file", afterStep: step)
  } catch let error as RunFolderError {
    try expect("\(error)".hasPrefix("file: line "), "an error without its line: \(error)")
    return try expectOneLine("\(error)")
  }
  let lineBreak = UInt8(ascii: "\n")
  var rest = log.split(separator: lineBreak, omittingEmptySubsequences: false).dropLast()
  let lines = kept.split(separator: lineBreak, omittingEmptySubsequences: false)
  try expect(lines.last?.isEmpty == true, "a repaired log ends within a line")
  for line in lines.dropLast() {
    while let next = rest.first, next != line { rest = rest.dropFirst() }
    try expect(rest.popFirst() != nil, "a repaired log has a line that was not there")
    try expect(try Entry(parsing: Array(line)).step <= step, "a later step was kept")
  }
  let again = try RunLog<Entry>.kept(of: kept, path: "file", afterStep: step)
  try expect(again == kept, "a second repair changes the log")
}

/// Makes logs that are whole, that go on after the step, and that are cut within a line.
func metricsSeeds() -> [[UInt8]] {
  logSeeds(
    (1...4).map { step in
      StepMetrics(
        step: step, epoch: 1, lossD: step == 2 ? .nan : 1.25, lossG: 0.5, realScore: 0.1,
        fakeScore: 1e-10,
        updatedFakeScore: 0, imagesPerSecond: 100)
    })
}

/// Makes such logs of epochs.
func epochSeeds() -> [[UInt8]] {
  logSeeds(
    (1...4).map { epoch in
      EpochMetrics(epoch: epoch, step: epoch, diversity: epoch == 2 ? nil : 1 / Double(epoch))
    })
}

private func logSeeds(_ entries: [some LogLine]) -> [[UInt8]] {
  let lines = entries.flatMap { Array($0.line.utf8) }
  return [[4] + lines, [2] + lines, [3] + lines.dropLast(30), [0]]
}
