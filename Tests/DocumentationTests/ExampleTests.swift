import Foundation
import TestSupport
import Testing

/// Every example prints what its page says.
@Suite struct ExampleTests {
  /// An example, and the page on which it stands.
  struct Example: Sendable, CustomTestStringConvertible {
    let page: String
    let run: @Sendable ((Any...) -> Void) throws -> Void
    var testDescription: String { page }
  }

  static let examples = [
    Example(page: "Tensor/Tensor.docc/TensorsAndStorage", run: tensorExample),
    Example(page: "Tensor/Tensor.docc/Kernels", run: kernelExample),
    Example(page: "Tensor/Tensor.docc/RandomNumbersAndThreads", run: randomExample),
    Example(page: "DCGAN/DCGAN.docc/WhatATapeIs", run: tapeExample),
    Example(page: "DCGAN/DCGAN.docc/TrainANetworkByHand", run: trainingExample),
    Example(page: "DCGAN/DCGAN.docc/WriteYourOwnLayer", run: layerExample),
    Example(page: "Checkpoints/Checkpoints.docc/CheckpointsAndPyTorch") { print in
      try withTemporaryFolder {
        try checkpointExample(path: "\($0)/epoch-0001.safetensors", print: print)
      }
    },
    Example(page: "Samples/Samples.docc/FromACheckpointToImages") { print in
      try withTemporaryFolder {
        let path = "\($0)/epoch-0001.safetensors"
        try checkpointExample(path: path) { (_: Any...) in }
        try samplingExample(path: path, samples: "\($0)/samples", print: print)
      }
    },
  ]

  @Test(arguments: examples)
  func anExamplePrintsWhatItsPageSays(_ example: Example) throws {
    var lines: [String] = []
    try example.run { (items: Any...) in
      lines.append(items.map { "\($0)" }.joined(separator: " "))
    }
    let said = try Page("Sources/\(example.page).md").blocks("text")
    #expect(!said.isEmpty)
    #expect(lines.joined(separator: "\n") == said.joined(separator: "\n"))
  }

  /// The table that "What a tape is" works out by hand, once more in Double.
  @Test func theTableOfTheTapeIsRight() throws {
    let x = [-1, 0.5]
    let y = x.map { tanh($0 > 0 ? $0 : 0.2 * $0) }
    let atU = y.map { 1 - $0 * $0 }
    let atX = zip(x, atU).map { $0 > 0 ? $1 : 0.2 * $1 }
    let rows = [
      ("y = tanh u", y), ("dL/du = dL/dy · (1 − y²)", atU),
      ("dL/dx = dL/du · (x > 0 ? 1 : 0.2)", atX),
    ]
    let page = try Page("Sources/DCGAN/DCGAN.docc/WhatATapeIs.md").text
    for (name, numbers) in rows {
      let cells = numbers.map { String(format: "%.3f", $0).replacing("-", with: "−") }
      #expect(page.contains("| \(name) | \(cells.joined(separator: " | ")) |"))
    }
  }
}
