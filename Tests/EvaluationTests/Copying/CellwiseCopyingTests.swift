import Evaluation
import Support
import Tensor
import Testing

@Suite struct CellwiseCopyingTests {
  private let backend = Backend(threads: 2)

  private func features(_ name: String) throws -> Tensor {
    let set = try MetricFixtures.images(name)
    return RandomFeatures(size: set.size).features(of: set, backend)
  }

  @Test func agreesWithSciPy() throws {
    let expected = try MetricFixtures.expected().copyingByCells
    let seed = try MetricFixtures.expected().seed
    let training = try features("training")
    let (generated, heldOut) = (try features("generated"), try features("held-out"))
    let partition = FeatureCells(of: training, count: expected.cells, seed: seed, backend.pool)
    #expect(partition.cells(of: training, backend.pool) == expected.training)
    #expect(partition.cells(of: generated, backend.pool) == expected.generated)
    #expect(partition.cells(of: heldOut, backend.pool) == expected.heldOut)
    let found = DataCopying(
      generated: generated, heldOut: heldOut, training: training, partition: partition,
      least: expected.least, backend.pool)
    for (cell, z) in zip(found.byCells.cells, expected.z) {
      #expect((cell.z == nil) == (z == nil))
      #expect(isClose(cell.z ?? 0, z ?? 0, relative: 1e-10))
    }
    #expect(isClose(try #require(found.byCells.statistic), expected.statistic, relative: 1e-10))
    #expect(isClose(try #require(found.floorByCells.statistic), expected.floor, relative: 1e-10))
    // One thread divides the pictures as two do.
    let alone = Backend(threads: 1)
    let again = FeatureCells(of: training, count: expected.cells, seed: seed, alone.pool)
    #expect(again.centres.values == partition.centres.values)
  }

  private func sample(_ distances: [Float], _ cells: [Int]) -> CellwiseCopying.Sample {
    CellwiseCopying.Sample(distances: distances, cells: cells)
  }

  /// Copies of one kind and failures at another cancel out in the z of all; cells of different weight
  /// tell of both.
  @Test func cellsAreWeightedByHeldOutPictures() throws {
    // Cell 0: U = 0 of 2 x 2, z = -2/√(4/12 · 5); cell 1: U = 8 of 2 x 4, z = 4/√(8/12 · 7).
    let generated = sample([1, 2, 30, 40], [0, 0, 1, 1])
    let heldOut = sample([3, 4, 5, 6, 7, 8, 99], [0, 0, 1, 1, 1, 1, 2])
    let found = CellwiseCopying(generated: generated, heldOut: heldOut, count: 3, least: 2)
    let (near, far) = (-2 / (20.0 / 12).squareRoot(), 4 / (56.0 / 12).squareRoot())
    #expect(isClose(try #require(found.cells[0].z), near, relative: 1e-12))
    #expect(isClose(try #require(found.cells[1].z), far, relative: 1e-12))
    #expect((found.cells[2].generated, found.cells[2].heldOut) == (0, 1))
    #expect(found.cells[2].z == nil)
    let expected = (2 * near + 4 * far) / 6
    #expect(isClose(try #require(found.statistic), expected, relative: 1e-12))
    let joint = (2 * near + 4 * far) / 20.0.squareRoot()
    #expect(isClose(try #require(found.cells.jointZ), joint, relative: 1e-12))
  }

  /// A tenth of the chance of -3 is that of -3.64: of ten cells one may be as low as that by chance.
  @Test func aSingleCellIsHeldToTheNumberOfCells() {
    func cells(_ z: [Double?]) -> [EvaluationResult.CopyingCell] {
      z.map { EvaluationResult.CopyingCell(generated: 8, heldOut: 8, z: $0) }
    }
    let rest = Array(repeating: 0.0 as Double?, count: 7)
    #expect(cells([-3.63, -3.65, -5] + rest).copied == [-5, -3.65])
    #expect(cells([-3.01, nil]).copied == [-3.01])
    #expect(cells([-2.99, nil]).copied.isEmpty)
    #expect(cells([nil]).copied.isEmpty && cells([nil]).jointZ == nil)
  }

  @Test func tooFewPicturesSayNothing() {
    let few = sample([1, 2, 3], [0, 0, 1])
    let found = CellwiseCopying(generated: few, heldOut: few, count: 2, least: 3)
    #expect(found.statistic == nil && found.cells.allSatisfy { $0.z == nil })
    #expect(found.cells.map(\.generated) == [2, 1])
  }

  /// Three heaps far apart are found, wherever the first centres are drawn.
  @Test(arguments: 0..<UInt64(8))
  func heapsBecomeCells(seed: UInt64) {
    let heap: [[Float]] = [[0, 0], [50, 0], [0, 90]]
    let points = (0..<30).flatMap { index -> [Float] in
      let centre = heap[index % 3]
      return [centre[0] + Float(index) / 30, centre[1] - Float(index % 7) / 7]
    }
    let features = Tensor(points, shape: Shape(30, 1, 1, 2))
    let partition = FeatureCells(of: features, count: 3, seed: seed, backend.pool)
    let cells = partition.cells(of: features, backend.pool)
    for index in 0..<30 { #expect(cells[index] == cells[index % 3]) }
    #expect(Set(cells) == [0, 1, 2])
    // Heap 0 holds the points 0, 3, ... 27: its mean abscissa is 13.5/30.
    #expect(abs(partition.centres.values[2 * cells[0]] - 0.45) < 1e-6)
  }
}
