#if KERNELS_AVX512
  import CVector
  import KernelTable

  /// What holds eight tiles of sixteen rows of sixteen words, and multiplies them: AMX, or its definition.
  ///
  /// The tiles are the calling thread's, from `begin` to `end`.
  protocol TileUnit {
    /// Takes the tiles, all zero.
    static func begin()

    /// Gives the tiles back.
    static func end()

    /// Loads a tile's rows, `stride` words apart.
    static func load(_ tile: Int, _ p: Source, _ stride: Int)

    /// Stores a tile's rows, `stride` words apart.
    static func store(_ tile: Int, _ p: Destination, _ stride: Int)

    /// Adds the product of two tiles of words of bfloat16 to a tile of sums.
    static func multiply(_ sums: Int, _ a: Int, _ b: Int)
  }

  /// Rows of a tile, and words in a row.
  let tileEdge = 16

  /// The parts of a thread's memory for tiles.
  enum TileMemory {
    /// The tiles of the unit that computes them from their definition.
    @inline(__always)
    static func tile(_ index: Int) -> Destination {
      cvector_tile_memory() + index &* tileEdge &* tileEdge
    }

    /// A tile that is put together from rows.
    @inline(__always) static var square: Destination { tile(8) }

    /// Sixteen rows of a panel of up to four tiles.
    @inline(__always) static var panel: Destination { tile(9) }
  }

  #if KERNELS_AVX512BF16
    /// AMX's own tiles.
    enum AMXUnit: TileUnit {
      @inline(__always) static func begin() { cvector_configure_tiles() }

      @inline(__always) static func end() { cvector_release_tiles() }

      @inline(__always)
      static func load(_ tile: Int, _ p: Source, _ stride: Int) {
        cvector_load_tile(tile, p, stride)
      }

      @inline(__always)
      static func store(_ tile: Int, _ p: Destination, _ stride: Int) {
        cvector_store_tile(tile, p, stride)
      }

      @inline(__always)
      static func multiply(_ sums: Int, _ a: Int, _ b: Int) { cvector_multiply_tiles(sums, a, b) }
    }
  #endif

  /// Tiles in memory, which are multiplied as Intel's manual defines TDPBF16PS: of each pair the lower halves'
  /// products are summed for themselves and so are the upper ones', with one rounding each; then both sums are
  /// added, and that to what the tile held. What is below Float's normal range is zero, in and out.
  enum EmulatedUnit: TileUnit {
    @inline(__always)
    static func begin() {
      var tile = 0
      while tile < 4 {
        forEachRow { storeVector(Vector(repeating: 0), TileMemory.tile(tile), $0 &* tileEdge) }
        tile &+= 1
      }
    }

    @inline(__always) static func end() {}

    @inline(__always)
    static func load(_ tile: Int, _ p: Source, _ stride: Int) {
      forEachRow {
        storeVector(loadVector(p, $0 &* stride), TileMemory.tile(tile), $0 &* tileEdge)
      }
    }

    @inline(__always)
    static func store(_ tile: Int, _ p: Destination, _ stride: Int) {
      forEachRow { storeVector(loadVector(TileMemory.tile(tile), $0 &* tileEdge), p, $0 &* stride) }
    }

    static func multiply(_ sums: Int, _ a: Int, _ b: Int) {
      let (sums, a, b) = (TileMemory.tile(sums), TileMemory.tile(a), TileMemory.tile(b))
      forEachRow { row in
        var lower = Vector(repeating: 0)
        var upper = Vector(repeating: 0)
        forEachRow { word in
          let factor = withoutSubnormalHalves(Vector(repeating: a[row &* tileEdge &+ word]))
          let others = withoutSubnormalHalves(loadVector(b, word &* tileEdge))
          addLowerProducts(&lower, factor, others)
          addUpperProducts(&upper, factor, others)
        }
        let sum = loadVector(sums, row &* tileEdge)
        let both = withoutSubnormals(lower + upper)
        storeVector(withoutSubnormals(withoutSubnormals(sum) + both), sums, row &* tileEdge)
      }
    }
  }

  /// Calls the body with each row of a tile.
  @inline(__always)
  func forEachRow(_ body: (Int) -> Void) {
    var row = 0
    while row < tileEdge {
      body(row)
      row &+= 1
    }
  }
#endif
