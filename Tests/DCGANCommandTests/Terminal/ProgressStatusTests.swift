import DCGANCommand
import Testing

@Suite struct ProgressStatusTests {
  private let training = TrainingStatus(
    epoch: 3, epochs: 100, step: 12, steps: 81, discriminatorLoss: 0.5124, generatorLoss: 2.301,
    realScore: 0.708, fakeScore: 0.312, imagesPerSecond: 14.23, secondsLeft: 3723
  ).status

  @Test func plainLineHasEverything() {
    #expect(
      training.plainLine
        == "epoch 3/100 step 12/81 loss_d 0.512 loss_g 2.301 D(x) 0.71 D(G(z)) 0.31 "
        + "14.2 images/s 1:02:03 left")
  }

  /// Pairs a window's width with the line that must fill at most all but its last column.
  static let windows: [(Int, String)] = [
    (0, ""), (1, ""), (6, "epoch"), (12, "epoch 3/100"), (17, "epoch 3/100"),
    (18, "epoch 3/100 12/81"), (30, "epoch 3/100 12/81 [         ]"),
    (31, "epoch 3/100 12/81 1:02:03 left"),
    (60, "epoch 3/100 12/81 d 0.512 g 2.301 D(x) 0.71 1:02:03 left"),
    (72, "epoch 3/100 12/81 d 0.512 g 2.301 D(x) 0.71 D(G(z)) 0.31 1:02:03 left"),
    (80, "epoch 3/100 12/81 d 0.512 g 2.301 D(x) 0.71 D(G(z)) 0.31 14.2/s 1:02:03 left"),
    (
      103,
      "epoch 3/100 step 12/81 loss_d 0.512 loss_g 2.301 D(x) 0.71 D(G(z)) 0.31 14.2 images/s "
        + "1:02:03 left"
    ),
    (
      120,
      "epoch 3/100 step 12/81 loss_d 0.512 loss_g 2.301 D(x) 0.71 D(G(z)) 0.31 14.2 images/s "
        + "1:02:03 left [                  ]"
    ),
  ]

  @Test(arguments: windows)
  func lineFitsTheWindow(_ columns: Int, _ expected: String) {
    let line = training.line(columns: columns, colour: false)
    #expect(line == expected)
    #expect(line.count <= max(0, columns - 1))
  }

  @Test func barFillsWithTheFraction() {
    let half = ProgressStatus.counting("loading", done: 2608, of: 5216)
    #expect(half.line(columns: 29, colour: false) == "loading 2608/5216 [====    ]")
    #expect(
      half.line(columns: 200, colour: false) == "loading 2608/5216 ["
        + String(repeating: "=", count: 15) + String(repeating: " ", count: 15) + "]")
    #expect(half.line(columns: 28, colour: false) == "loading 2608/5216")
    #expect(
      half.line(columns: 29, colour: true)
        == "loading 2608/5216 [\u{1B}[36m====\u{1B}[0m    ]")
    let full = ProgressStatus.counting("loading", done: 5216, of: 5216, secondsLeft: 0)
    #expect(full.line(columns: 44, colour: false) == "loading 5216/5216 0:00:00 left [==========]")
  }

  @Test func strangeFractionsDrawNoStrangeBars() {
    func line(_ fraction: Double?) -> String {
      ProgressStatus(fields: [.init("x", rank: 0)], fraction: fraction)
        .line(columns: 13, colour: false)
    }
    #expect(line(nil) == "x")
    #expect(line(.nan) == "x")
    #expect(line(-1) == "x [        ]")
    #expect(line(7) == "x [========]")
    #expect(
      ProgressStatus.counting("loading", done: 0, of: 0).line(columns: 40, colour: false)
        == "loading 0/0 [" + String(repeating: " ", count: 25) + "]")
  }

  @Test func samplingAndEpochLines() {
    #expect(
      ProgressStatus.sampling(kept: 12, of: 64, tried: 345).plainLine
        == "sampling 12/64 kept of 345 tried")
    let left = ProgressStatus.sampling(kept: 12, of: 64, tried: 345, secondsLeft: 75)
    #expect(left.plainLine == "sampling 12/64 kept of 345 tried 0:01:15 left")
    #expect(left.line(columns: 40, colour: false) == "sampling 12/64 0:01:15 left [=        ]")
    #expect(left.line(columns: 28, colour: false) == "sampling 12/64 0:01:15 left")
    #expect(left.line(columns: 27, colour: false) == "sampling 12/64 [=        ]")
    #expect(
      EpochSummary(
        epoch: 3, epochs: 100, seconds: 751, discriminatorLoss: 0.4981, generatorLoss: 2.1139,
        diversity: 0.8349
      ).line == "epoch 3/100 done in 0:12:31, mean loss_d 0.498, loss_g 2.114, diversity 0.83")
    #expect(
      EpochSummary(
        epoch: 1, epochs: 1, seconds: 0, discriminatorLoss: 0, generatorLoss: 1, diversity: nil
      ).line == "epoch 1/1 done in 0:00:00, mean loss_d 0.000, loss_g 1.000")
  }
}
