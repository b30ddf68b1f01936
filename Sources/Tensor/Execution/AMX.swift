#if arch(x86_64)
  import CCPU
  import KernelTable
  import KernelsAVX512
  import KernelsAVX512BF16

  /// The kernels that multiply bfloat16 in the tiles of AMX, by the instruction or by its definition.
  package enum AMX {
    /// Whether the processor has AMX, the system lets this process use it, and it makes the bits of its
    /// definition.
    static let isSupported =
      Variant.avx512bf16.isSupported && ccpu_take_amx_bf16() != 0 && agreesWithDefinition

    /// The kernels with the instruction.
    package static var kernels: KernelTable {
      KernelsAVX512BF16.kernelTable.named(
        Variant.amx.rawValue, multiplyingBFloat16By: KernelsAVX512BF16.amxTiles)
    }

    /// The kernels that compute the same numbers without it.
    package static var emulatedKernels: KernelTable {
      let (table, tiles) =
        Variant.avx512bf16.isSupported
        ? (KernelsAVX512BF16.kernelTable, KernelsAVX512BF16.emulatedAMXTiles)
        : (KernelsAVX512.kernelTable, KernelsAVX512.emulatedAMXTiles)
      return table.named(Variant.amx.rawValue, multiplyingBFloat16By: tiles)
    }

    /// Whether the instruction makes the bits of its definition in products of random numbers: in every tile,
    /// with all words and a few, with and without what was there, of rows in order and out of it.
    private static var agreesWithDefinition: Bool {
      let (found, expected) = (KernelsAVX512BF16.amxTiles, KernelsAVX512BF16.emulatedAMXTiles)
      return [16, 41].allSatisfy { depth in
        products(found, depth: depth) == products(expected, depth: depth)
      }
    }

    /// Returns the bits of products in all tiles, of words that depend on the depth alone.
    package static func products(_ tiles: ProductTiles, depth: Int) -> [UInt32] {
      var random = RandomWords(state: UInt32(depth))
      let edge = tiles.narrow.mr
      let (a, b) = (random.words(edge * depth), random.words(2 * edge * depth))
      let start = random.numbers(2 * edge * edge)
      var bits: [UInt32] = []
      a.withUnsafeBufferPointer { a in
        b.withUnsafeBufferPointer { b in
          guard let a = a.baseAddress, let b = b.baseAddress else { return }
          for accumulate in [false, true] {
            for (isShort, isScattered) in [(false, false), (true, false), (false, true)] {
              bits += after(start) { c in
                square(
                  tiles.narrow, a, b, depth, c, isShort: isShort, isScattered: isScattered,
                  accumulate: accumulate)
              }
            }
            for tile in [tiles.narrowOuterProduct, tiles.outerProductTile(columns: 2 * edge)] {
              bits += after(start) { c in row(tile, a, b, depth, c, accumulate: accumulate) }
            }
          }
        }
      }
      return bits
    }

    /// Returns the bits of numbers after the body has changed some.
    private static func after(_ start: [Float], _ body: (Destination) -> Void) -> [UInt32] {
      var numbers = start
      numbers.withUnsafeMutableBufferPointer { numbers in
        if let c = numbers.baseAddress { body(c) }
      }
      return numbers.map(\.bitPattern)
    }

    private static func square(
      _ tile: MatrixTile, _ a: Source, _ b: Source, _ depth: Int, _ c: Destination, isShort: Bool,
      isScattered: Bool, accumulate: Bool
    ) {
      let edge = tile.mr
      withRowPointers(edge, tile) { rows, results in
        for index in 0..<edge {
          let row = isScattered ? (7 * index + 3) % edge : index
          rows[index] = a + row * depth
          results[index] = c + row * edge
        }
        (isShort ? tile.computeShortTile : tile.computeTile)(
          TileRows(rows, offset: 0), Runs(count: 1, length: depth, stride: depth),
          TilePanel(b, ahead: b), TileResult(results, offset: 0, accumulate: accumulate))
      }
    }

    private static func row(
      _ tile: OuterProductTile, _ a: Source, _ b: Source, _ depth: Int, _ c: Destination,
      accumulate: Bool
    ) {
      tile.computeTile(
        GridFactor(a, strides: GridStrides(row: 0, column: tile.mr)),
        GridFactor(b, strides: GridStrides(row: 0, column: tile.nr)), GridAhead(b, stride: 0),
        GridSize(rows: 1, columns: depth),
        GridResult(c, stride: tile.nr, accumulate: accumulate))
    }
  }

  /// A source of words of bfloat16, and of Floats, of very different sizes.
  private struct RandomWords {
    var state: UInt32

    /// Returns words whose halves are numbers between 2⁻⁸ and 2⁸ of either sign, but for a few that are below the
    /// normal range or have products there.
    mutating func words(_ count: Int) -> [Float] {
      (0..<count).map { index in
        let word = half() << 16 | half()
        return Float(bitPattern: index % 97 == 0 ? word & 0x807F_83FF : word)
      }
    }

    /// Returns Floats of the same sizes.
    mutating func numbers(_ count: Int) -> [Float] {
      (0..<count).map { _ in Float(bitPattern: half() << 16 | next() >> 16) }
    }

    private mutating func half() -> UInt32 {
      let bits = next()
      return (bits >> 31) << 15 | (119 + (bits >> 12 & 15)) << 7 | bits >> 20 & 127
    }

    /// Steps a linear congruential generator (Press et al., Numerical Recipes, §7.1).
    private mutating func next() -> UInt32 {
      state = state &* 1_664_525 &+ 1_013_904_223
      return state
    }
  }
#endif
