import KernelTable

/// Some packed panels, side by side in memory, that rows are multiplied with.
struct PanelRun {
  /// The first panel's first row.
  let first: UnsafePointer<Float>
  /// How many there are.
  let count: Int
  /// Floats from one panel to the next.
  let stride: Int
  /// What is read after them.
  let next: UnsafePointer<Float>
}

extension MatrixTile {
  /// The most rows of a panel that may be used at a time. With AVX2 those of two registers fill the
  /// first-level cache; those of four registers come from the second, 24 multiply-adds for each of
  /// their rows. Fewer rows cost more: every result is then read and written again.
  static let depthLimit = 512

  /// Multiplies rows `rows` of those that the lists name with panels, and fetches each panel while
  /// the one before it is used; panel i makes columns `i·nr` and on, `cOffset` floats further. Up to
  /// whole tiles of rows, the lists' rows after these are read and written too.
  func multiplyRows(
    _ rows: Range<Int>, a: UnsafePointer<Source>, aOffset: Int, _ runs: Runs,
    by panels: PanelRun, c: UnsafePointer<Destination>, cOffset: Int = 0, accumulate: Bool
  ) {
    let eighth = runs.count * runs.length * nr / 8
    for panel in 0..<panels.count {
      let b = panels.first + panel * panels.stride
      let next = panel + 1 < panels.count ? b + panels.stride : panels.next
      var row = rows.lowerBound
      var call = 0
      while row < rows.upperBound {
        let isShort = size.isShort(rows: rows.upperBound - row)
        (isShort ? computeShortTile : computeTile)(
          TileRows(a + row, offset: aOffset), runs,
          TilePanel(b, ahead: next + min(7, call) * eighth),
          TileResult(c + row, offset: cOffset + panel * nr, accumulate: accumulate))
        row += isShort ? size.shortRows : mr
        call += 1
      }
    }
  }
}
