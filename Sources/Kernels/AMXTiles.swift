#if KERNELS_AVX512
  import KernelTable

  // Tiles 0 to 3 hold sums, 4 and 5 what comes of A, 6 and 7 what comes of B. The square of 32 rows and columns
  // loads four tiles for four products; the row of four tiles needs one of A, which has to be turned, for four.

  /// The tiles of products of bfloat16 by AMX's definition.
  public var emulatedAMXTiles: ProductTiles {
    ProductTiles(
      narrow: MatrixTile(
        size: squareSize, computeTile: computeEmulatedSquare,
        computeShortTile: computeEmulatedShortSquare),
      wide: nil,
      narrowOuterProduct: OuterProductTile(
        size: rowOfTwoSize, computeTile: computeEmulatedRowOfTwo,
        computeShortTile: computeEmulatedRowOfTwo),
      wideOuterProduct: OuterProductTile(
        size: rowOfFourSize, computeTile: computeEmulatedRowOfFour,
        computeShortTile: computeEmulatedRowOfFour))
  }

  private let squareSize = TileSize(mr: 2 &* tileEdge, nr: 2 &* tileEdge, shortRows: tileEdge)
  // Always whole: no rows are short.
  private let rowOfTwoSize = TileSize(mr: tileEdge, nr: 2 &* tileEdge)
  private let rowOfFourSize = TileSize(mr: tileEdge, nr: 4 &* tileEdge)

  @Sendable
  private func computeEmulatedSquare(
    _ rows: TileRows, _ runs: Runs, _ panel: TilePanel, _ result: TileResult
  ) {
    computeSquare(EmulatedUnit.self, rows, runs, panel, result, isShort: false)
  }

  @Sendable
  private func computeEmulatedShortSquare(
    _ rows: TileRows, _ runs: Runs, _ panel: TilePanel, _ result: TileResult
  ) {
    computeSquare(EmulatedUnit.self, rows, runs, panel, result, isShort: true)
  }

  @Sendable
  private func computeEmulatedRowOfTwo(
    _ a: GridFactor, _ b: GridFactor, _ ahead: GridAhead, _ size: GridSize, _ result: GridResult
  ) {
    computeRow(EmulatedUnit.self, a, b, size, result, isWide: false)
  }

  @Sendable
  private func computeEmulatedRowOfFour(
    _ a: GridFactor, _ b: GridFactor, _ ahead: GridAhead, _ size: GridSize, _ result: GridResult
  ) {
    computeRow(EmulatedUnit.self, a, b, size, result, isWide: true)
  }

  #if KERNELS_AVX512BF16
    /// The tiles of products of bfloat16 that AMX multiplies.
    public var amxTiles: ProductTiles {
      ProductTiles(
        narrow: MatrixTile(
          size: squareSize, computeTile: computeAMXSquare, computeShortTile: computeAMXShortSquare),
        wide: nil,
        narrowOuterProduct: OuterProductTile(
          size: rowOfTwoSize, computeTile: computeAMXRowOfTwo, computeShortTile: computeAMXRowOfTwo),
        wideOuterProduct: OuterProductTile(
          size: rowOfFourSize, computeTile: computeAMXRowOfFour,
          computeShortTile: computeAMXRowOfFour
        ))
    }

    @Sendable
    private func computeAMXSquare(
      _ rows: TileRows, _ runs: Runs, _ panel: TilePanel, _ result: TileResult
    ) {
      computeSquare(AMXUnit.self, rows, runs, panel, result, isShort: false)
    }

    @Sendable
    private func computeAMXShortSquare(
      _ rows: TileRows, _ runs: Runs, _ panel: TilePanel, _ result: TileResult
    ) {
      computeSquare(AMXUnit.self, rows, runs, panel, result, isShort: true)
    }

    @Sendable
    private func computeAMXRowOfTwo(
      _ a: GridFactor, _ b: GridFactor, _ ahead: GridAhead, _ size: GridSize, _ result: GridResult
    ) {
      computeRow(AMXUnit.self, a, b, size, result, isWide: false)
    }

    @Sendable
    private func computeAMXRowOfFour(
      _ a: GridFactor, _ b: GridFactor, _ ahead: GridAhead, _ size: GridSize, _ result: GridResult
    ) {
      computeRow(AMXUnit.self, a, b, size, result, isWide: true)
    }
  #endif

  /// See `ComputeTile`: two tiles of rows, or one, of two tiles each. The sum over sixteen words is one of the
  /// unit's; these are added in ascending order.
  @inline(__always)
  private func computeSquare<Unit: TileUnit>(
    _: Unit.Type, _ rows: TileRows, _ runs: Runs, _ panel: TilePanel, _ result: TileResult,
    isShort: Bool
  ) {
    let nr = 2 &* tileEdge
    let upper = TileOfRows<Unit>(rows.pointers)
    let lower = TileOfRows<Unit>(rows.pointers + (isShort ? 0 : tileEdge))
    Unit.begin()
    forEachSum(Unit.self, result, isShort: isShort) { tile, rows, offset in
      if result.accumulate { rows.load(tile, offset, words: tileEdge) }
    }
    var b = panel.first
    var run = 0
    while run < runs.count {
      var word = 0
      while word < runs.length {
        let words = min(tileEdge, runs.length &- word)
        let offset = rows.offset &+ run &* runs.stride &+ word
        let rowsOfB = wholePanel(b, nr, words, width: nr)
        upper.load(4, offset, words: words)
        Unit.load(6, rowsOfB.first, rowsOfB.stride)
        Unit.load(7, rowsOfB.first + tileEdge, rowsOfB.stride)
        Unit.multiply(0, 4, 6)
        Unit.multiply(1, 4, 7)
        if !isShort {
          lower.load(5, offset, words: words)
          Unit.multiply(2, 5, 6)
          Unit.multiply(3, 5, 7)
        }
        b += words &* nr
        word &+= words
      }
      run &+= 1
    }
    forEachSum(Unit.self, result, isShort: isShort) { tile, rows, offset in
      rows.store(tile, offset)
    }
    Unit.end()
  }

  /// Calls the body with each tile of sums of a square, its rows, and the floats to add to their pointers.
  @inline(__always)
  private func forEachSum<Unit: TileUnit>(
    _: Unit.Type, _ result: TileResult, isShort: Bool,
    _ body: (_ tile: Int, _ rows: TileOfRows<Unit>, _ offset: Int) -> Void
  ) {
    let pointers = UnsafeRawPointer(result.pointers).assumingMemoryBound(to: Source.self)
    let upper = TileOfRows<Unit>(pointers)
    body(0, upper, result.offset)
    body(1, upper, result.offset &+ tileEdge)
    if isShort { return }
    let lower = TileOfRows<Unit>(pointers + tileEdge)
    body(2, lower, result.offset)
    body(3, lower, result.offset &+ tileEdge)
  }

  /// See `ComputeOuterProductTile`: a row of two tiles, or of four. The sum over sixteen points of a row of the
  /// grid is one of the unit's; these are added in ascending order.
  @inline(__always)
  private func computeRow<Unit: TileUnit>(
    _: Unit.Type, _ a: GridFactor, _ b: GridFactor, _ size: GridSize, _ result: GridResult,
    isWide: Bool
  ) {
    Unit.begin()
    forEachSum(isWide: isWide) { tile in
      if result.accumulate { Unit.load(tile, result.first + tile &* tileEdge, result.stride) }
    }
    var row = 0
    while row < size.rows {
      var point = 0
      while point < size.columns {
        let points = min(tileEdge, size.columns &- point)
        loadTurned(
          Unit.self, 4, a.first + (row &* a.strides.row &+ point &* a.strides.column),
          a.strides.column, points)
        let rowsOfB = wholePanel(
          b.first + (row &* b.strides.row &+ point &* b.strides.column), b.strides.column, points,
          width: (isWide ? 4 : 2) &* tileEdge)
        forEachSum(isWide: isWide) { tile in
          Unit.load(6 &+ tile % 2, rowsOfB.first + tile &* tileEdge, rowsOfB.stride)
          Unit.multiply(tile, 4, 6 &+ tile % 2)
        }
        point &+= points
      }
      row &+= 1
    }
    forEachSum(isWide: isWide) { tile in
      Unit.store(tile, result.first + tile &* tileEdge, result.stride)
    }
    Unit.end()
  }

  /// Calls the body with each tile of sums of a row.
  @inline(__always)
  private func forEachSum(isWide: Bool, _ body: (_ tile: Int) -> Void) {
    body(0)
    body(1)
    if !isWide { return }
    body(2)
    body(3)
  }

  /// Loads a tile whose rows are the columns of the values of up to sixteen points; points beyond them are zero.
  @inline(__always)
  private func loadTurned<Unit: TileUnit>(
    _: Unit.Type, _ tile: Int, _ p: Source, _ stride: Int, _ points: Int
  ) {
    let square = TileMemory.square
    if points < tileEdge {
      forEachRow { storeVector(Vector(repeating: 0), square, $0 &* tileEdge) }
    }
    transpose(p, stride, points, tileEdge, square, tileEdge)
    Unit.load(tile, square, tileEdge)
  }

  /// Returns sixteen rows of a panel: those at p, or a copy of them with zeros below where there are fewer.
  @inline(__always)
  private func wholePanel(
    _ p: Source, _ stride: Int, _ rows: Int, width columns: Int
  ) -> (first: Source, stride: Int) {
    if rows == tileEdge { return (p, stride) }
    let copy = TileMemory.panel
    forEachRow { row in
      var column = 0
      while column < columns {
        let v = row < rows ? loadVector(p, row &* stride &+ column) : Vector(repeating: 0)
        storeVector(v, copy, row &* columns &+ column)
        column &+= tileEdge
      }
    }
    return (Source(copy), columns)
  }

  /// Sixteen rows that pointers name, and how far apart they are where that is the same for all.
  private struct TileOfRows<Unit: TileUnit> {
    private let pointers: UnsafePointer<Source>
    private let stride: Int
    private let isEven: Bool

    @inline(__always)
    init(_ pointers: UnsafePointer<Source>) {
      self.pointers = pointers
      stride = pointers[1] - pointers[0]
      var isEven = true
      var row = 2
      while row < tileEdge {
        isEven = isEven && pointers[row] - pointers[row &- 1] == stride
        row &+= 1
      }
      self.isEven = isEven
    }

    /// Loads the first words of each row; words beyond them are zero.
    @inline(__always)
    func load(_ tile: Int, _ offset: Int, words: Int) {
      if isEven && words == tileEdge {
        Unit.load(tile, pointers[0] + offset, stride)
        return
      }
      let square = TileMemory.square
      forEachRow { row in
        let v =
          words == tileEdge
          ? loadVector(pointers[row], offset) : loadPartial(pointers[row], offset, words)
        storeVector(v, square, row &* tileEdge)
      }
      Unit.load(tile, square, tileEdge)
    }

    /// Stores a tile to the rows.
    @inline(__always)
    func store(_ tile: Int, _ offset: Int) {
      if isEven {
        Unit.store(tile, Destination(mutating: pointers[0]) + offset, stride)
        return
      }
      let square = TileMemory.square
      Unit.store(tile, square, tileEdge)
      forEachRow { row in
        storeVector(
          loadVector(square, row &* tileEdge), Destination(mutating: pointers[row]), offset)
      }
    }
  }
#endif
