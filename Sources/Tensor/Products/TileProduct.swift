import KernelTable
import Support

/// The product of rows, each made of runs of contiguous floats, with packed panels.
///
/// The summed axis is cut into pieces whose panel rows stay in a cache while all rows pass by (the
/// loop order of Goto & van de Geijn 2008). The sum over k still runs in ascending order through
/// the result, so the cut does not change a bit.
struct TileProduct {
  let panels: PackedPanels
  private let pieces: [Piece]

  /// The kernel's tile.
  var tile: MatrixTile { panels.tile }

  private struct Piece {
    var aOffset: Int
    var runs: Runs
    var row: Int
  }

  /// Plans a product; traps where the runs' length is not the panels' depth.
  init(runs: Runs, panels: PackedPanels) {
    require(
      runs.count * runs.length == panels.depth,
      "\(runs) for panels of depth \(panels.depth)")
    self.panels = panels
    pieces = Self.cut(runs, limit: MatrixTile.depthLimit)
  }

  private static func cut(_ runs: Runs, limit: Int) -> [Piece] {
    var runs = runs
    if runs.stride == runs.length {
      runs = Runs(count: 1, length: runs.count * runs.length, stride: 0)
    }
    var pieces: [Piece] = []
    if runs.length <= limit {
      let group = limit / runs.length
      for first in stride(from: 0, to: runs.count, by: group) {
        let count = min(group, runs.count - first)
        pieces.append(
          Piece(
            aOffset: first * runs.stride,
            runs: Runs(count: count, length: runs.length, stride: runs.stride),
            row: first * runs.length))
      }
    } else {
      let parts = (runs.length + limit - 1) / limit
      let length = (runs.length + parts - 1) / parts
      for run in 0..<runs.count {
        for start in stride(from: 0, to: runs.length, by: length) {
          pieces.append(
            Piece(
              aOffset: run * runs.stride + start,
              runs: Runs(count: 1, length: min(length, runs.length - start), stride: 0),
              row: run * runs.length + start))
        }
      }
    }
    return pieces
  }

  /// Computes `count` rows: row r of the result starts at `c[r]`, row r of the factor at `a[r]`.
  ///
  /// Both lists have the room that `withRowPointers` gives; what lies behind is filled in here.
  func multiply(
    count: Int, a: UnsafeMutablePointer<Source>, c: UnsafeMutablePointer<Destination>
  ) {
    let (mr, nr) = (tile.mr, tile.nr)
    let padded = (count + mr - 1) / mr * mr
    let spill = panels.count * nr
    withUnsafeTemporaryAllocation(of: Float.self, capacity: spill + mr * nr) { scratch in
      guard let base = scratch.baseAddress else { return }
      base.initialize(repeating: 0, count: scratch.count)
      for row in count..<padded {
        a[row] = a[count - 1]
        c[row] = base
      }
      for row in 0..<mr { a[padded + row] = a[row] }
      let whole = panels.columns / nr
      for piece in pieces {
        let after = piece.row + piece.runs.count * piece.runs.length
        tile.multiplyRows(
          0..<count, a: a, aOffset: piece.aOffset, piece.runs,
          by: PanelRun(
            first: panels.panel(0) + piece.row * nr, count: whole, stride: panels.depth * nr,
            next: panels.panel(0) + after % panels.depth * nr), c: c, accumulate: piece.row > 0)
      }
      if whole < panels.count {
        multiplyRagged(count: count, a: a, c: c, spill: base + spill)
      }
    }
  }

  /// Computes the last panel, which is wider than the result, through memory of its own.
  private func multiplyRagged(
    count: Int, a: UnsafeMutablePointer<Source>, c: UnsafeMutablePointer<Destination>,
    spill: Destination
  ) {
    let (mr, nr) = (tile.mr, tile.nr)
    let panel = panels.count - 1
    let width = panels.columns - panel * nr
    withUnsafeTemporaryAllocation(of: Destination.self, capacity: mr) { rows in
      guard let first = rows.baseAddress else { return }
      for r in 0..<mr { (first + r).initialize(to: spill + r * nr) }
      for row in stride(from: 0, to: count, by: mr) {
        for piece in pieces {
          tile.computeTile(
            TileRows(a + row, offset: piece.aOffset), piece.runs,
            TilePanel(panels.panel(panel) + piece.row * nr, ahead: panels.panel(panel)),
            TileResult(first, offset: 0, accumulate: piece.row > 0))
        }
        for r in 0..<min(mr, count - row) {
          (c[row + r] + panel * nr).update(from: first[r], count: width)
        }
      }
    }
  }
}
